/*
 * What Lighthouse says of the five pages that most readers see, on a slow phone as it simulates one: 100 for access, best
 * practices and search engines, and for speed at least 95 in the median of three.
 *
 * Takes minutes, so only with GONGSHI_SLOW. Not here: other pages, which `matrix` measures.
 */
"use strict";
const {test, before, after} = require("node:test");
const assert = require("node:assert");
const net = require("node:net");
const {FAULTY} = require("./browser.js");
const {launch} = require("./chromium.js");
const {demoSite, serve} = require("./site.js");

const SEARCH = "search.html", PAGES = ["index.html", "enterprises/91990101MA0GA4RF10.html", "sampling/2026-07.html", "books/2026-township/checklist.html", SEARCH];
const RUNS = 3, SPEED = 0.95, isSkipped = !process.env.GONGSHI_SLOW && !FAULTY && "takes minutes";

const FAULTS = {
  "performance": ["theme/portal.js", "", "for (var begin = Date.now(); Date.now() - begin < 1500;);\n"],
  "accessibility": ["index.html", '<html lang="zh-CN">', "<html>"],
  "best-practices": ["theme/portal.js", "", "console.error('an error');\n"],
  "seo": ["index.html", '<meta name="description"', '<meta name="nothing"'],
};

let browser = null, port = 0, lighthouse = null;

const freePort = () => new Promise(resolve => {
  const server = net.createServer().listen(0, "127.0.0.1", () => {
    const {port} = server.address();
    server.close(() => resolve(port));
  });
});

before(async () => {
  if (isSkipped) return;
  port = await freePort();
  browser = await launch("--remote-debugging-port=" + port);
  lighthouse = (await import("lighthouse")).default;
});
after(async () => { if (browser) await browser.close(); });

const median = numbers => numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

// The score of each category, the median of so many runs, and which audits cost points in the last.
//
// The search page asks not to be indexed, and rightly so: what it shows are answers to questions, and every record has a page
// of its own that is indexed. That one audit is left out there and only there; all others of its category count.
async function scores(server, address, runs, onlyCategories = Object.keys(FAULTS)) {
  const all = {}, lost = [];
  for (let run = 0; run < runs; run++) {
    const {lhr} = await lighthouse(server.origin + address, {port, logLevel: "error", output: "json", onlyCategories, skipAudits: address === SEARCH ? ["is-crawlable"] : []});
    assert.ok(!lhr.runtimeError, JSON.stringify(lhr.runtimeError));
    for (const {id, score, auditRefs} of Object.values(lhr.categories)) {
      (all[id] = all[id] || []).push(score);
      lost.push(...auditRefs.filter(({id, weight}) => weight && lhr.audits[id] && lhr.audits[id].score !== null && lhr.audits[id].score < 0.9).map(ref => ref.id));
    }
  }
  return {scores: Object.fromEntries(Object.entries(all).map(([id, found]) => [id, median(found)])), lost: Array.from(new Set(lost))};
}

for (const [category, fault] of FAULTY ? Object.entries(FAULTS) : []) {
  test("with its fault: " + category, {timeout: 120000}, async () => {
    const server = await serve(demoSite(), {faults: [fault]});
    const found = await scores(server, "index.html", 1, [category]);
    await server.close();
    assert.ok(found.scores[category] < (category === "performance" ? SPEED : 1), "did not see its fault");
  });
}

for (const address of FAULTY ? [] : PAGES) {
  test("Lighthouse gives full marks to " + address, {timeout: 240000, skip: isSkipped}, async t => {
    const server = await serve(demoSite());
    const found = await scores(server, address, RUNS);
    await server.close();
    t.diagnostic(JSON.stringify(found.scores));
    const {performance, ...others} = found.scores;
    assert.deepEqual(others, {"accessibility": 1, "best-practices": 1, "seo": 1}, found.lost.join());
    assert.ok(performance >= SPEED, "speed " + performance + ": " + found.lost.join());
  });
}
