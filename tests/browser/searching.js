/*
 * What a visitor does on the search page and what stands there then, in the words of docs/search.md, section 8.
 */
"use strict";
const assert = require("node:assert");

const settled = page => page.waitForSelector("#status[data-exact]", {state: "attached"});
const box = page => page.locator("#q");

// Opens search.html with what stands behind the question mark.
async function ask(page, site, asked) {
  await site.open("search.html?" + new URLSearchParams(typeof asked === "string" ? {q: asked} : asked));
  await settled(page);
  return seen(page);
}

// Types into the box as one types, and waits for the results of it.
async function type(page, text) {
  await box(page).fill("");
  await box(page).pressSequentially(text, {delay: 30});
  await page.waitForFunction(() => !document.querySelector("#status[data-exact]"));
  await settled(page);
  return seen(page);
}

// What stands on the page: whether exact, what is said, the hits by kind, the address.
const seen = page => page.evaluate(() => {
  const all = (root, selector) => Array.from(root.querySelectorAll(selector)), status = document.getElementById("status");
  const hit = line => ({href: line.querySelector("a").getAttribute("href"), title: line.querySelector("a").textContent, text: line.textContent});
  return {
    exact: status.dataset.exact, said: status.textContent, address: location.search, value: document.getElementById("q").value,
    kinds: all(document, "#results section[data-kind]").map(section => section.dataset.kind),
    hits: all(document, "#results li > a[href]").map(link => hit(link.parentElement)),
    facets: all(document, "#facets nav a, #facets details summary").map(link => link.textContent),
    browse: !document.getElementById("browse").hidden,
  };
});

// The link of a facet: opens the facet if it is closed, then presses the value.
async function choose(page, facet, value) {
  const details = page.locator("#facets details", {has: page.locator("summary", {hasText: facet})});
  await details.locator("summary").click();
  await details.locator("a", {hasText: value}).first().click();
  await settled(page);
  return seen(page);
}

const titles = ({hits}) => hits.map(({title}) => title);

function finds(found, title, exact = "true") {
  assert.equal(found.exact, exact, found.said);
  assert.ok(titles(found).includes(title), title + " is not among " + titles(found).join(", "));
}

module.exports = {settled, box, ask, type, seen, choose, titles, finds};
