/*
 * The browser of the tests: launched once for a file of tests, a fresh context for each of them.
 *
 * In: GONGSHI_FAULTS (each test is run with the fault that it names, and
 * must fail). Out: `sees`, which declares a test, and pages that remember every error, every foreign request and every breach
 * of the policy. Not here: what is tested.
 */
"use strict";
const {test, after} = require("node:test");
const assert = require("node:assert");
const {pathToFileURL} = require("node:url");
const {launch} = require("./chromium.js");
const {demoSite, serve, copyWith} = require("./site.js");

const FAULTY = Boolean(process.env.GONGSHI_FAULTS);
const PATIENCE = 20000;

let launched = null;

function browser() {
  launched = launched || launch();
  return launched;
}

after(async () => { if (launched) await (await launched).close(); });

// A page whose faults are collected in `page.wrongs`: errors in the console, exceptions, dialogs, answers that are none, and
// requests that leave `home`.
async function pageAt(home, options) {
  const context = await (await browser()).newContext(Object.assign({locale: "zh-CN", viewport: {width: 1000, height: 800}}, options));
  const page = await context.newPage(), wrongs = [];
  context.setDefaultTimeout(PATIENCE);
  page.wrongs = wrongs;
  page.on("console", message => { if (["error", "warning"].includes(message.type())) wrongs.push(message.type() + ": " + message.text()); });
  page.on("pageerror", error => wrongs.push("exception: " + error.message));
  page.on("dialog", dialog => {
    wrongs.push("dialog: " + dialog.message());
    dialog.dismiss();
  });
  page.on("request", request => { if (!request.url().startsWith(home)) wrongs.push("foreign: " + request.url()); });
  page.on("response", answer => { if (answer.status() > 399) wrongs.push(answer.status() + ": " + answer.url()); });
  return page;
}

// Declares a test. `fault` is [file, good, bad] or a list of them (see `serve`), with which the test must fail. `from` says which
// site (the demo), by what policy, and whether it is opened from its folder. The body is given a page at search.html,
// and the site: its address, its server, its folder.
function sees(name, fault, body, from = {}) {
  const faults = !FAULTY ? [] : Array.isArray(fault[0]) ? fault : [fault];
  const title = FAULTY ? "with its fault: " + name : name;
  test(title, {timeout: 300000}, async () => {
    const folder = (from.site || demoSite)(), isFolder = from.isFolder && copyWith(folder, faults);
    const server = isFolder ? null : await serve(folder, {faults, policy: from.policy});
    const origin = isFolder ? pathToFileURL(isFolder).href + "/" : server.origin, page = await pageAt(origin, from.context);
    const run = async () => {
      if (from.start !== null) await page.goto(origin + (from.start || "search.html"));
      await body(page, {origin, server, folder, open: address => page.goto(origin + address)});
      assert.deepEqual(page.wrongs, []);
    };
    // With its fault a test waits in vain for what will not come: not for long.
    if (FAULTY) page.context().setDefaultTimeout(4000);
    try {
      await (FAULTY ? assert.rejects(run, "did not see its fault") : run());
    } finally {
      await page.context().close();
      if (server) await server.close();
    }
  });
}

module.exports = {FAULTY, sees};
