/*
 * A headless Chromium over its debugging pipe, and a server of a folder that zips texts, for tests of the search page.
 *
 * In: a folder with a site. Out: pages to which tests speak. Node alone is needed, and Chromium. Not here: what is tested.
 */
"use strict";
const {spawn, execFileSync} = require("node:child_process");
const fs = require("node:fs");
const http = require("node:http");
const os = require("node:os");
const path = require("node:path");
const zlib = require("node:zlib");

// The command of Chromium, or null.
function chromium() {
  for (const name of [process.env.GONGSHI_CHROMIUM, "chromium", "chromium-browser", "google-chrome"].filter(Boolean)) {
    try {
      return execFileSync("sh", ["-c", "command -v \"$0\"", name], {encoding: "utf8"}).trim();
    } catch (_) { /* the next one */ }
  }
  return null;
}

// Starts Chromium; `page()` opens a page, `close()` ends all.
async function launch() {
  const profile = fs.mkdtempSync(path.join(os.tmpdir(), "gongshi-browser-"));
  const browser = spawn(chromium(), ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
    "--remote-debugging-pipe", "--user-data-dir=" + profile, "about:blank"], {stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"]});
  const waiting = new Map(), listeners = new Set();
  let last = 0, rest = "";
  browser.stdio[4].setEncoding("utf8").on("data", data => {
    const messages = (rest + data).split("\0");
    rest = messages.pop();
    for (const message of messages.map(text => JSON.parse(text))) {
      if (!message.id) listeners.forEach(listener => listener(message));
      else if (message.error) waiting.get(message.id)[1](new Error(message.error.message));
      else waiting.get(message.id)[0](message.result);
    }
  });
  const call = (method, params = {}, sessionId) => new Promise((resolve, reject) => {
    waiting.set(++last, [resolve, reject]);
    browser.stdio[3].write(JSON.stringify({id: last, method, params, sessionId}) + "\0");
  });

  async function page() {
    const {targetId} = await call("Target.createTarget", {url: "about:blank"});
    const {sessionId} = await call("Target.attachToTarget", {targetId, flatten: true});
    const ask = (method, params) => call(method, params, sessionId);
    const errors = [], once = [];
    listeners.add(message => {
      if (message.sessionId !== sessionId) return;
      if (message.method === "Runtime.exceptionThrown") errors.push(message.params.exceptionDetails.exception.description);
      if (message.method === "Page.javascriptDialogOpening") errors.push("a dialog: " + message.params.message);
      if (message.method === "Page.loadEventFired") once.splice(0).forEach(resolve => resolve());
    });
    await Promise.all(["Page.enable", "Runtime.enable", "Network.enable"].map(method => ask(method)));
    const loaded = () => new Promise(resolve => once.push(resolve));
    // The value of an expression in the page.
    async function value(expression) {
      const {result, exceptionDetails} = await ask("Runtime.evaluate", {expression, awaitPromise: true, returnByValue: true});
      if (exceptionDetails) throw new Error(expression + ": " + (exceptionDetails.exception || exceptionDetails).description);
      return result.value;
    }
    return {
      ask, errors, loaded, value,
      async open(address) {
        const done = loaded();
        await ask("Page.navigate", {url: address});
        await done;
      },
      // Waits until an expression is true.
      async until(expression) {
        for (let i = 0; i < 200; i++) {
          if (await value(expression).catch(() => false)) return;
          await new Promise(resolve => setTimeout(resolve, 25));
        }
        throw new Error("this did not come true: " + expression);
      },
      type: text => ask("Input.insertText", {text}),
      async press(key, code) {
        for (const type of ["keyDown", "keyUp"]) {
          await ask("Input.dispatchKeyEvent", {type, key, code: key, windowsVirtualKeyCode: code, text: type === "keyDown" && key === "Enter" ? "\r" : undefined});
        }
      },
      close: () => call("Target.closeTarget", {targetId}),
    };
  }

  async function close() {
    const ended = new Promise(resolve => browser.on("exit", resolve));
    await call("Browser.close").catch(() => {});
    await ended;
    fs.rmSync(profile, {recursive: true, force: true, maxRetries: 5});
  }
  return {page, close};
}

const TYPES = {html: "text/html; charset=utf-8", js: "text/javascript; charset=utf-8", css: "text/css", svg: "image/svg+xml", json: "application/json"};

// Serves a folder on loopback under a policy that allows no script but files of the site; `sent` takes [path, bytes as sent].
async function serve(folder) {
  const sent = [];
  const server = http.createServer((request, response) => {
    const name = decodeURIComponent(new URL(request.url, "http://localhost").pathname), file = path.join(folder, path.normalize(name));
    fs.readFile(file, (error, bytes) => {
      if (error) {
        response.writeHead(404).end();
        return;
      }
      const body = zlib.gzipSync(bytes);
      sent.push([name, body.length]);
      response.writeHead(200, {"content-type": TYPES[name.split(".").pop()] || "application/octet-stream", "content-encoding": "gzip",
        "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'"});
      response.end(body);
    });
  });
  await new Promise(resolve => server.listen(0, "127.0.0.1", resolve));
  return {address: "http://127.0.0.1:" + server.address().port + "/", sent, close: () => server.close()};
}

module.exports = {chromium, launch, serve};
