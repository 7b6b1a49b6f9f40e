/*
 * One page of the demo portal for each template of the theme, and the ways to look at a page.
 *
 * Not here: pages at their edges, which are in edges.js.
 */
"use strict";

// By the name of the template. The page for what is not found has a test of its own, since it names its site.
const KINDS = {
  "home": ["index.html"],
  "enterprise": ["enterprises/91990101MA0GA4RF10.html", "enterprises/92990102MA0TE5T24W.html"],
  "list": ["enterprises/index.html", "enterprises/level/B.html"],
  "cadre": ["cadres/yangli-0012.html"],
  "region": ["regions/990101.html"],
  "sampling-notice": ["sampling/2026-07.html"],
  "sample": ["sampling/2026-07/XBJ26990101000000701.html"],
  "blacklist-entry": ["blacklist/blk-2026-0003.html"],
  "penalty": ["penalties/pen-2026-0018.html"],
  "record": ["recalls/rec-2026-0001.html", "indicators/ind-2026-13.html"],
  "self-check": ["self-checks/sc-2026-0002.html"],
  "plan": ["plans/demo-city-2026.html"],
  "progress": ["progress.html", "progress/990101.html"],
  "book": ["books/2026-township.html"],
  "chapter": ["books/2026-township/checklist.html"],
  "letter": ["books/2026-township/letter.html"],
  "question-list": ["questions/index.html"],
  "question": ["questions/q-0016.html"],
  "article": ["articles/notices/2026-01.html"],
  "column": ["articles/notices/index.html"],
  "page": ["pages/about.html"],
  "search": ["search.html"],
  "data": ["data/index.html"],
  "feeds": ["feeds/index.html"],
  "leaving": ["leaving/4f2f562b2ebb.html"],
  "lists": ["lists.html"],
  "corrections": ["corrections.html"],
  "tombstone": ["penalties/pen-2025-0036.html", "penalties/pen-2023-0009.html"],
  "sitemap": ["sitemap.html"],
};

const PAGES = Object.values(KINDS).flat();

// Width of the window, size of the text, colours, elder mode.
const WAYS = {
  "320 px": {width: 320},
  "360 px": {width: 360},
  "1366 px": {width: 1366},
  "320 px, 200 % text": {width: 320, size: 200},
  "1366 px, 200 % text": {width: 1366, size: 200},
  "320 px, elder mode": {width: 320, isElder: true},
  "1366 px, elder mode": {width: 1366, isElder: true},
};
const NIGHT = {width: 1366, colorScheme: "dark"};

// Turns an open page so that it is seen in one of the ways.
async function turn(page, {width, size = 100, isElder = false, colorScheme = "light"}) {
  await page.setViewportSize({width, height: 800});
  await page.emulateMedia({colorScheme});
  await page.evaluate(([size, hash]) => {
    document.documentElement.style.fontSize = size === 100 ? "" : 1.125 * size + "%";
    if (location.hash !== hash) location.hash = hash;
  }, [size, isElder ? "#elder" : "#top"]);
}

module.exports = {KINDS, PAGES, WAYS, NIGHT, turn};
