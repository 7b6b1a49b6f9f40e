/*
 * The markup of one page of every template, judged by the Nu HTML checker (npm vnu-jar, needs java): no error.
 *
 * One JVM judges all pages, since its start costs more than they do.
 */
"use strict";
const {test} = require("node:test");
const assert = require("node:assert");
const {spawnSync} = require("node:child_process");
const path = require("node:path");
const {FAULTY} = require("./browser.js");
const {demoSite, copyWith} = require("./site.js");
const {PAGES} = require("./kinds.js");
const {edgeSite, emptySite, EDGES, EMPTY} = require("./edges.js");

const JAR = path.join(path.dirname(require.resolve("vnu-jar/package.json")), "build/dist/vnu.jar");
const FAULTS = {
  "an id that is there twice": ["index.html", '<main id="main"', '<main id="top"'],
  "an element where none may be": ["index.html", "<h1>", "<ul><h1>"],
  "an attribute that does not exist": ["penalties/pen-2025-0036.html", "<h1", '<h1 colour="red"'],
};

const pages = (site, names) => names.map(name => path.join(site, name.replace(/(\.html)?$/, ".html")));

// What the checker says: one line for each error.
function judged(files) {
  const {stderr, error, status} = spawnSync("java", ["-jar", JAR, "--errors-only", "--format", "json", ...files], {encoding: "utf8", maxBuffer: 1 << 26});
  if (error || ![0, 1].includes(status)) throw new Error("java (package default-jre-headless): " + (error || stderr));
  return JSON.parse(stderr).messages.map(({url, lastLine, message, extract}) => `${url}:${lastLine}: ${message} ${extract}`);
}

for (const [what, fault] of FAULTY ? Object.entries(FAULTS) : [["no page of any template has an error in its markup", null]]) {
  test(what, {timeout: 300000}, () => {
    const errors = judged(fault ? pages(copyWith(demoSite(), [fault]), [fault[0]]) : pages(demoSite(), PAGES.concat("404"))
      .concat(pages(edgeSite(), Object.values(EDGES).flat()), pages(emptySite(), EMPTY)));
    if (fault) assert.ok(errors.length, "did not see its fault");
    else assert.deepEqual(errors, []);
  });
}
