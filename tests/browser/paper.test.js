/*
 * What comes out of the printer: the page without its navigation, with its address and date, on a sensible number of sheets.
 *
 * The browser makes the PDF, pdftotext reads it (package poppler-utils).
 */
"use strict";
const assert = require("node:assert");
const {spawnSync} = require("node:child_process");
const {sees, FAULTY} = require("./browser.js");
const {PAGES, turn, WAYS} = require("./kinds.js");
const {edgeSite, EDGES} = require("./edges.js");

const STYLE = "theme/style.css", FIRM = "enterprises/91990101MA0GA4RF10.html";

// What is of use with a finger or a mouse only.
const IDLE = ".skip, .mainnav, .menu, .find, .mode, .crumbs, .pager, .turn, .links, .facets, .read, .toc, button, input";

// Most sheets of A4 that a page may take.
const SHEETS = {[FIRM]: 3, "sampling/2026-07.html": 2, "sampling/2026-07/XBJ26990101000000701.html": 2, "penalties/pen-2026-0018.html": 2,
  "books/2026-township/letter.html": 1, "books/2026-township.html": 8, "plans/demo-city-2026.html": 4, "articles/notices/2026-01.html": 2, "progress.html": 9};

function read(pdf) {
  const {status, stdout, error} = spawnSync("pdftotext", ["-layout", "-", "-"], {input: pdf, encoding: "utf8"});
  if (status !== 0) throw new Error("pdftotext (package poppler-utils): " + error);
  return {text: stdout.replace(/[ \n]+/g, ""), sheets: stdout.split("\f").length - 1};
}

const left = page => page.evaluate(idle => {
  const {scrollWidth, clientWidth} = document.documentElement;
  const shown = Array.from(document.querySelectorAll(idle)).filter(one => one.checkVisibility()).map(one => one.outerHTML.slice(0, 100));
  return {wide: Math.max(0, scrollWidth - clientWidth), shown};
}, IDLE);

async function isFit(page, site, addresses) {
  for (const address of addresses) {
    await site.open(address);
    await turn(page, WAYS["360 px"]);
    await page.emulateMedia({media: "print"});
    await page.setViewportSize({width: 672, height: 1000});
    assert.deepEqual(await left(page), {wide: 0, shown: []}, address);
    if (FAULTY) break;
  }
}

sees("no page is printed with its navigation, or wider than the sheet", [STYLE, ".pager,.turn,.links,.facets", ".pager,.turn,.facets"],
  (page, site) => isFit(page, site, PAGES), {start: null});
sees("what is as long as it can be fits on the sheet too", [STYLE, "@media print{", "@media print{main{min-width:900px}"],
  (page, site) => isFit(page, site, EDGES.longest.map(name => name + ".html")), {start: null, site: edgeSite});

const whole = async (page, site) => {
  for (const [address, most] of Object.entries(SHEETS)) {
    await site.open(address);
    const {text, sheets} = read(await page.pdf({preferCSSPageSize: true}));
    const said = await page.evaluate(() => ({source: document.querySelector("link[rel=canonical]").href, day: document.querySelector("meta[name=PubDate]") && document.querySelector("meta[name=PubDate]").content,
      title: document.querySelector("h1").textContent}));
    assert.ok(sheets <= most, address + " takes " + sheets + " sheets");
    for (const words of Object.values(said).filter(Boolean)) assert.ok(text.includes(words.replace(/\s+/g, "")), address + " does not say " + words);
    assert.ok(text.includes("1/" + sheets), "no number on the sheet");
    if (FAULTY) break;
  }
};
for (const [what, fault] of FAULTY ? [[": address", [FIRM, '<p class="print">https', '<p class="print">ftp']], [": day", [STYLE, "@media print{", "@media print{.meta{display:none}"]],
  [": sheets", [STYLE, "@media print{", "@media print{section{break-before:page}"]], [": number", [STYLE, "counter(page)", "'x'"]]] : [["", []]]) {
  sees("a printed page tells its title, its address, its day and its number, on few sheets" + what, fault, whole, {start: null});
}

// Days and months that are parted at the end of a line.
const parted = page => page.evaluate(() => {
  const wrong = [], range = document.createRange(), walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    if (!node.parentElement.checkVisibility()) continue;
    for (const {0: day, index} of node.data.matchAll(/\d{4}年\d+月(\d+日)?/g)) {
      range.setStart(node, index);
      range.setEnd(node, index + day.length);
      if (new Set(Array.from(range.getClientRects(), ({top}) => Math.round(top))).size > 1) wrong.push(node.parentElement.outerHTML.slice(0, 100));
    }
  }
  return wrong;
});
for (const [what, fault] of [["on paper", ".chart:has(.c-trend)"], ["on a phone", "td .tel,time{white-space:nowrap}"]]) {
  sees("no day of a dashboard is parted " + what, [STYLE, fault, what === "on paper" ? ".chart:has(.none)" : "i{white-space:nowrap}"], async (page, site) => {
    const media = what === "on paper" ? "print" : "screen";
    for (const address of ["progress.html", "progress/990101.html"]) {
      for (const width of media === "print" ? [640, 672, 718] : [320, 360]) {
        await page.setViewportSize({width, height: 1000});
        await page.emulateMedia({media});
        await site.open(address);
        assert.deepEqual(await parted(page), [], [address, width].join(" "));
      }
    }
  }, {start: null});
}

sees("what is folded away on the screen stands on paper", [STYLE, "details::details-content{content-visibility:visible;display:block}", ""], async (page, site) => {
  await site.open("sampling/2026-07.html");
  assert.ok(!await page.locator("details .table").isVisible());
  const inside = await page.locator("details .table tbody th").first().evaluate(one => one.firstChild.data.trim());
  assert.ok(read(await page.pdf({preferCSSPageSize: true})).text.includes(inside.replace(/\s+/g, "")), inside);
}, {start: null});

sees("what the elder mode leaves out on the screen stands on paper", [STYLE, "#elder:target,.elder #elder{--extra:initial}", ""], async (page, site) => {
  await site.open(FIRM + "#elder");
  assert.ok(!await page.locator("#visits").isVisible());
  const words = await page.locator("#visits + .table caption").textContent();
  assert.ok(read(await page.pdf({preferCSSPageSize: true})).text.includes(words.trim()), words);
}, {start: null});

// Chromium knows the style, so it is told that it does not.
sees("a browser without the style for what is folded opens it for the printer, and folds it again", ["theme/portal.js", '"beforeprint"', '"afterprint"'], async (page, site) => {
  await page.addInitScript(() => { CSS.supports = () => false; });
  await site.open("sampling/2026-07.html");
  const isOpen = event => page.evaluate(event => {
    dispatchEvent(new Event(event));
    return document.querySelector("main details").open;
  }, event);
  assert.ok(await isOpen("beforeprint"), "folded on paper");
  assert.ok(!await isOpen("afterprint"), "open on the screen");
}, {start: null});

sees("the letter is black on white on one sheet, in the dark too", [STYLE, ":root{--paper:#fff", ":root{--paper:#000"], async page => {
  await page.emulateMedia({media: "print", colorScheme: "dark"});
  const look = await page.evaluate(() => [getComputedStyle(document.documentElement).backgroundColor, getComputedStyle(document.querySelector("h1")).color]);
  assert.deepEqual(look, ["rgb(255, 255, 255)", "rgb(0, 0, 0)"]);
}, {start: "books/2026-township/letter.html"});
