/*
 * What can be measured on a page as it lies on the screen: what scrolls sideways, text that is cut off, sticks out or lies on
 * other text, targets that a thumb misses, headings beside their column; and what axe finds.
 *
 * In: a page of the browser. Out: lists of what is wrong, empty when nothing is. Not here: which pages, how they are turned.
 */
"use strict";
const fs = require("node:fs");

const AXE = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
// What can differ where the same page only has other sizes and colours.
const RULES = ["color-contrast", "target-size", "link-in-text-block", "heading-order", "scrollable-region-focusable"];

// Runs inside the page.
function lying() {
  const isSeen = one => one.getClientRects().length > 0 && one.checkVisibility({visibilityProperty: true});
  const name = one => one.outerHTML.slice(0, 100);
  const {scrollWidth, clientWidth} = document.documentElement;
  const elements = Array.from(document.querySelectorAll("body *")).filter(one => !one.closest("svg, .skip, .vh") && isSeen(one));

  // A box that hides what does not fit into it must have nothing that does not fit. What scrolls hides nothing.
  const cut = elements.filter(one => {
    const {overflowX, overflowY} = getComputedStyle(one), hides = overflow => overflow === "hidden" || overflow === "clip";
    return hides(overflowX) && one.scrollWidth > one.clientWidth + 1 || hides(overflowY) && one.scrollHeight > one.clientHeight + 1;
  });

  // Each line of text is a box. A wide blank at the end of a line may reach over the edge.
  const lines = [], out = [], over = [], range = document.createRange(), walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const within = node.parentElement;
    if (!node.data.trim() || within.closest("noscript, .skip, .vh, .cards thead, .crumbs li:last-child, .table, pre, #facets nav") || !isSeen(within)) continue;
    const blank = node.data.includes("\u3000") ? parseFloat(getComputedStyle(within).fontSize) : 1;
    range.selectNodeContents(node);
    for (const {left, right, top, bottom} of range.getClientRects()) {
      if (right - left < 2) continue;
      lines.push({left, right, top, bottom, node});
      if (right > clientWidth + blank || left < -1) out.push(name(within));
    }
  }
  lines.sort((a, b) => a.top - b.top);
  lines.forEach((a, i) => {
    for (let j = i + 1; j < lines.length && lines[j].top < a.bottom; j++) {
      const b = lines[j], width = Math.min(a.right, b.right) - Math.max(a.left, b.left), height = Math.min(a.bottom, b.bottom) - b.top;
      if (a.node !== b.node && width > 2 && height > 0.35 * Math.min(a.bottom - a.top, b.bottom - b.top)) over.push(a.node.data.trim() + " | " + b.node.data.trim());
    }
  });

  // Links inside a sentence are as high as its lines; all else is to be hit by a thumb.
  const low = elements.filter(one => one.matches("a[href], button, summary, input, select")).filter(one => {
    const {width, height} = one.getBoundingClientRect(), block = one.parentElement.closest("p, li, td, dd, blockquote, small");
    const isInSentence = getComputedStyle(one).display === "inline" && block && block.textContent.trim().length > one.textContent.trim().length + (one.closest(".prose") ? 1 : 8);
    return Math.min(width, height) < 43.5 && !isInSentence;
  });

  // A heading stands on the side where the values below it stand.
  const side = cell => getComputedStyle(cell).textAlign.replace("end", "right").replace("start", "left");
  const askew = Array.from(document.querySelectorAll("thead th")).filter(isSeen).filter(head => {
    const row = Array.from(head.closest("table").querySelectorAll("tbody tr")).find(row => row.cells.length > head.cellIndex);
    return row && isSeen(row) && getComputedStyle(row).display === "table-row" && side(row.cells[head.cellIndex]) !== side(head);
  });
  return {wide: Math.max(0, scrollWidth - clientWidth), cut: cut.slice(0, 3).map(name), out: out.slice(0, 3), over: over.slice(0, 3), low: low.slice(0, 3).map(name), askew: askew.slice(0, 3).map(name)};
}

const NOTHING = {wide: 0, cut: [], out: [], over: [], low: [], askew: []};

// What axe finds: everything, or by the few rules that can differ.
async function axe(page, isWhole = true) {
  if (!await page.evaluate(() => Boolean(window.axe))) await page.evaluate(AXE);
  const {violations, passes} = await page.evaluate(runOnly => window.axe.run({runOnly, resultTypes: ["violations"]}),
    isWhole ? {type: "tag", values: TAGS} : {type: "rule", values: RULES});
  return {passes: passes.length, violations: violations.map(({id, help, nodes}) => [id, help, nodes.slice(0, 3).map(({html}) => html)])};
}

module.exports = {lying, NOTHING, axe};
