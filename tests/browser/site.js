/*
 * Sites for the browser tests: builds portals with the program, and serves a folder on loopback as a web server would.
 *
 * In: GONGSHI (the program; else the newest of target/), GONGSHI_SITE (a demo site that is there; else one is built).
 * Out: folders, and servers that gzip texts, count what they send and can put a fault into a file. Not here: the browser.
 */
"use strict";
const {spawnSync} = require("node:child_process");
const fs = require("node:fs");
const http = require("node:http");
const os = require("node:os");
const path = require("node:path");
const zlib = require("node:zlib");

const ROOT = path.join(__dirname, "../..");
const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'";
const TYPES = {".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml", ".json": "application/json", ".jsonld": "application/ld+json", ".xml": "text/xml", ".csv": "text/csv",
  ".txt": "text/plain; charset=utf-8", ".wasm": "application/wasm", ".png": "image/png"};
const TEXT = /\.(html|js|css|svg|json|jsonld|xml|csv|txt|jsonl)$/;

function program() {
  if (process.env.GONGSHI) return path.resolve(process.env.GONGSHI);
  const made = ["release", "debug"].map(way => path.join(ROOT, "target", way, "gongshi")).filter(file => fs.existsSync(file));
  if (!made.length) throw new Error("no program: cargo build, or GONGSHI=PATH");
  return made.sort((a, b) => fs.statSync(b).mtimeMs - fs.statSync(a).mtimeMs)[0];
}

// A folder that is gone when the process ends.
function scratch() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "gongshi-browser-"));
  process.on("exit", () => fs.rmSync(folder, {recursive: true, force: true}));
  return folder;
}

// Builds the portal in `project` and returns the folder of its site.
function build(project, ...options) {
  const out = path.join(scratch(), "site");
  const made = spawnSync(program(), ["build", project, "--no-cache", "--out", out, "--lang", "en", ...options], {encoding: "utf8"});
  if (made.status !== 0) throw new Error("no site: " + (made.stderr || String(made.error)).slice(0, 2000));
  return out;
}

let demo = null;

function demoSite() {
  demo = demo || (process.env.GONGSHI_SITE ? path.resolve(process.env.GONGSHI_SITE) : build(ROOT));
  return demo;
}

// Every row of a data file of a site, by the plural of its kind.
const rowsOf = (site, plural) => JSON.parse(fs.readFileSync(path.join(site, "data", plural + ".json"), "utf8"));

// The name under which a file of the theme is published: style.css is style.0123abcd.css.
function published(folder, file) {
  const {dir, name, ext} = path.parse(file);
  if (fs.existsSync(path.join(folder, file)) || !fs.existsSync(path.join(folder, dir))) return file;
  const found = fs.readdirSync(path.join(folder, dir)).find(one => one.startsWith(name + ".") && one.endsWith(ext) && one.length === name.length + ext.length + 9);
  return found ? dir + "/" + found : file;
}

// Serves `folder`. `faults` put [file, good, bad] into what is sent; the good "" is the beginning of the file. `policy` ""
// sends none. `sent()` tells the bytes on the wire and the requests since it was last asked.
async function serve(folder, {faults = [], policy = POLICY} = {}) {
  const packed = new Map(), sockets = new Set();
  let requests = 0, before = 0, gone = 0;
  const written = () => Array.from(sockets).reduce((sum, socket) => sum + socket.bytesWritten, gone);
  const bodyOf = name => {
    if (packed.has(name)) return packed.get(name);
    let body = null;
    try { body = fs.readFileSync(path.join(folder, name)); } catch (_) { return null; }
    for (const [file, good, bad] of faults) {
      if (published(folder, file) === name) body = spoil(body.toString("utf8"), good, bad);
    }
    if (TEXT.test(name)) body = zlib.gzipSync(body, {level: 6});
    packed.set(name, body);
    return body;
  };
  const server = http.createServer((request, answer) => {
    requests++;
    let name = decodeURIComponent(request.url.replace(/[?#].*/, "")).slice(1);
    if (!name || name.endsWith("/")) name += "index.html";
    const body = name.includes("..") ? null : bodyOf(name), type = TYPES[path.extname(name)] || "application/octet-stream";
    const headers = {"Content-Type": type, "Content-Length": body ? body.length : 0, "Cache-Control": "max-age=600"};
    if (policy) headers["Content-Security-Policy"] = policy;
    if (body && TEXT.test(name)) headers["Content-Encoding"] = "gzip";
    answer.writeHead(body ? 200 : 404, headers);
    answer.end(body || "");
  });
  server.on("connection", socket => {
    sockets.add(socket);
    socket.on("close", () => {
      gone += socket.bytesWritten;
      sockets.delete(socket);
    });
  });
  await new Promise(resolve => server.listen(0, "127.0.0.1", resolve));
  return {
    origin: "http://127.0.0.1:" + server.address().port + "/",
    sent() {
      const now = {bytes: written() - before, requests};
      before = written();
      requests = 0;
      return now;
    },
    close: () => new Promise(resolve => {
      server.close(resolve);
      server.closeAllConnections();
    }),
  };
}

// A text with a fault in it. What cannot be put in is a mistake of the test.
function spoil(text, good, bad) {
  if (!text.includes(good)) throw new Error("no place for the fault: " + good);
  return good ? text.replace(good, () => bad) : bad + text;
}

// A copy of a site with faults in it, to be opened from its folder.
function copyWith(folder, faults) {
  if (!faults.length) return folder;
  const copy = path.join(scratch(), "site");
  fs.cpSync(folder, copy, {recursive: true});
  for (const [file, good, bad] of faults) {
    const place = path.join(copy, published(copy, file));
    fs.writeFileSync(place, spoil(fs.readFileSync(place, "utf8"), good, bad));
  }
  return copy;
}

module.exports = {ROOT, scratch, build, demoSite, rowsOf, serve, copyWith};
