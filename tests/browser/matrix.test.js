/*
 * Every kind of page in every way to look at it: typical pages of the demo portal, pages at their edges, an office that has
 * published nothing yet. What the browser says of them (errors, breaches of the policy, requests elsewhere) fails a test too.
 *
 * One visit serves all measures of a page. With faults, each measure is put to the proof by itself.
 */
"use strict";
const {test} = require("node:test");
const assert = require("node:assert");
const fs = require("node:fs");
const path = require("node:path");
const {sees, FAULTY} = require("./browser.js");
const {ROOT} = require("./site.js");
const {KINDS, PAGES, WAYS, NIGHT, turn} = require("./kinds.js");
const {edgeSite, emptySite, EDGES, EMPTY} = require("./edges.js");
const {lying, NOTHING, axe} = require("./measures.js");

const STYLE = "theme/style.css", SCRIPT = "theme/portal.js";

// A fault for each measure; none else sees it.
const FAULTS = {
  "nothing scrolls sideways": [STYLE, "", "main{min-width:1500px!important}"],
  "no text is cut off": [STYLE, "", "h1{height:.5em!important;overflow:hidden}"],
  "no text sticks out": [STYLE, "", "h1{margin-left:-4em!important}"],
  "no text lies on another": [STYLE, "", "h1{margin-bottom:-1.5em!important}"],
  "no target is too small": [STYLE, "", ".mode a{min-height:30px!important}"],
  "each heading stands over its column": [STYLE, "", "thead th{text-align:right!important}"],
  "contrast by day": [STYLE, "--soft:#4f5f5c", "--soft:#aabbbb"],
  "contrast by night": [STYLE, "--soft:#a6b4b1", "--soft:#444444"],
  "contrast in the elder mode": [STYLE, "#elder:target,", "#elder:target{color:#bbbbbb}#elder:target,"],
  "what axe finds": ["index.html", '<html lang="zh-CN">', "<html>"],
  "errors in the console": [SCRIPT, "", "console.error('an error');\n"],
  "breaches of the policy": [SCRIPT, "", "document.documentElement.setAttribute('style', 'color: red');\n"],
  "requests elsewhere": [["index.html", "img-src 'self'", "img-src *"], [SCRIPT, "", "new Image().src = 'https://example.org/count.png';\n"]],
};

const isClean = (found, what) => {
  assert.ok(found.passes > 2, "nothing was judged: " + what);
  assert.deepEqual(found.violations, [], what);
};

// `shades` says how axe looks at a page, by its place in the list.
async function walk(page, site, pages, shades) {
  for (const [place, address] of pages.entries()) {
    await site.open(address);
    for (const [way, turned] of Object.entries(WAYS)) {
      await turn(page, turned);
      assert.deepEqual(await page.evaluate(lying), NOTHING, address + " at " + way);
    }
    for (const [shade, isWhole] of shades(place)) {
      await turn(page, shade);
      isClean(await axe(page, isWhole), address + " " + JSON.stringify(shade));
    }
    if (FAULTY && place > 1) break;
  }
}

const DAY = [WAYS["360 px"], true], ALL = [DAY, [NIGHT, false], [WAYS["320 px, elder mode"], false]];
const CSP = {start: null, policy: ""};

for (const [what, fault] of FAULTY ? Object.entries(FAULTS) : [["every kind of page is right in every way to look at it", []]]) {
  sees(what, fault, (page, site) => walk(page, site, PAGES, () => ALL), CSP);
}

// Axe is slow: it sees each of these in one of the three ways.
for (const [state, names] of Object.entries(EDGES)) {
  sees("pages hold at their edge: " + state, [STYLE, "", "main{min-width:1500px!important}"],
    (page, site) => walk(page, site, names.map(name => name + ".html"), place => [ALL[place % 3]]), {...CSP, site: edgeSite});
}

sees("an office that has published nothing has whole pages", [STYLE, "", "main{min-width:1500px!important}"],
  (page, site) => walk(page, site, EMPTY.map(name => name + ".html"), () => [DAY]), {...CSP, site: emptySite});

// Served at any depth: `bare` opens it there.
const NOT_HERE = ["404"];

test("every template that makes a page has one here", {skip: FAULTY}, () => {
  const folder = path.join(ROOT, "themes/default/templates");
  const pages = fs.readdirSync(folder).filter(file => fs.readFileSync(path.join(folder, file), "utf8").startsWith('{% extends "base.html"'));
  assert.deepEqual(Object.keys(KINDS).concat(NOT_HERE).sort(), pages.map(file => file.replace(".html", "")).sort());
});
