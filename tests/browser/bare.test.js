/*
 * Pages without what they could have: without scripts every text and every link is there; from a folder they open as from a
 * server, and every link leads to a file; the page for what is not found is whole at any depth.
 */
"use strict";
const assert = require("node:assert");
const fs = require("node:fs");
const path = require("node:path");
const {fileURLToPath} = require("node:url");
const {sees, FAULTY} = require("./browser.js");
const {PAGES} = require("./kinds.js");
const {edgeSite, EDGES} = require("./edges.js");

const FIRM = "enterprises/91990101MA0GA4RF10.html", BASE = "https://spaq.example.gov.cn/gongshi/";
const LONGEST = EDGES.longest.concat(EDGES.gone).map(name => name + ".html");

// The text that stands on a page, and where its links lead. The button that reads aloud is all that a script adds.
const said = page => page.evaluate(() => {
  document.querySelectorAll("details").forEach(one => { one.open = true; });
  document.querySelectorAll(".read, noscript").forEach(one => one.remove());
  const links = Array.from(document.links).filter(one => one.checkVisibility());
  return {text: document.body.innerText.replace(/\s+/g, " "), links: links.map(({href}) => href)};
});

sees("without scripts every text and link of every page is there", [["theme/portal.js", "", "document.querySelector('main').append('only by script');\n"]], async (page, site) => {
  const bare = await page.context().browser().newContext({javaScriptEnabled: false, locale: "zh-CN", viewport: {width: 1000, height: 800}});
  const still = await bare.newPage();
  for (const address of PAGES) {
    await site.open(address);
    await still.goto(site.origin + address);
    const scripted = await said(page), without = await said(still);
    assert.deepEqual(without, scripted, address);
    assert.ok(without.text.length > 200 && without.links.length > 15, address);
    if (FAULTY) break;
  }
  await bare.close();
}, {start: null});

// The links of a page that lead to no file, or to a place that is not on its page.
function dead(folder, links) {
  return links.filter(href => href.startsWith("file:")).filter(href => {
    const url = new URL(href), place = decodeURIComponent(url.hash.slice(1));
    url.hash = url.search = "";
    const file = fileURLToPath(url);
    if (!file.startsWith(folder + path.sep) || !fs.existsSync(file) || !fs.statSync(file).isFile()) return true;
    return place !== "" && !fs.readFileSync(file, "utf8").includes(`id="${place}"`);
  });
}

const opens = addresses => async (page, site) => {
  for (const address of addresses) {
    await site.open(address);
    const {found, links} = await page.evaluate(() => ({
      found: [getComputedStyle(document.querySelector(".brand")).fontWeight, Array.from(document.images).filter(one => one.complete && !one.naturalWidth).length],
      links: Array.from(document.links).map(({href}) => href).concat(Array.from(document.querySelectorAll("form"), ({action}) => action)),
    }));
    assert.deepEqual(found, ["700", 0], address);
    assert.ok(links.length > 15, address);
    assert.deepEqual(dead(fileURLToPath(site.origin).replace(/\/$/, ""), links), [], address);
    if (FAULTY) break;
  }
};

for (const [what, fault] of [["each link to a file", ["index.html", 'href="enterprises/index.html"', 'href="enterprises/"']], ["each link to its place", ["index.html", 'href="#elder"', 'href="#old"']]]) {
  sees("from its folder every kind of page opens, " + what, fault, opens(FAULTY ? ["index.html"] : PAGES), {start: null, isFolder: true});
  if (!FAULTY) break;
}
sees("from its folder the longest pages open too", ["index.html", 'href="enterprises/index.html"', 'href="/enterprises/index.html"'], opens(LONGEST), {start: null, isFolder: true, site: edgeSite});

// Stands in for the server of the portal's own address: what is not there is answered with 404.html.
async function stand(page, folder, spoil = text => text) {
  await page.route("**/*", async route => {
    const url = new URL(route.request().url()), file = path.join(folder, decodeURIComponent(url.pathname).replace("/gongshi/", "/"));
    const isThere = url.href.startsWith(BASE) && fs.existsSync(file) && fs.statSync(file).isFile();
    await route.fulfill(isThere ? {path: file} : {status: 404, contentType: "text/html; charset=utf-8", body: spoil(fs.readFileSync(path.join(folder, "404.html"), "utf8"))});
  });
}

sees("the page for what is not found is whole at any depth, and its links lead on", [], async (page, site) => {
  await stand(page, site.folder, text => FAULTY ? text.replaceAll('"/gongshi/', '"') : text);
  for (const address of ["gone.html", "a/b/c/gone.html", "enterprises/gone.html?q=1"]) {
    page.wrongs.length = 0;
    await page.goto(BASE + address);
    assert.equal(await page.evaluate(() => getComputedStyle(document.querySelector(".brand")).fontWeight), "700", address);
    assert.deepEqual(page.wrongs.filter(wrong => !wrong.startsWith("foreign: " + BASE) && !wrong.includes("404")), []);
    const links = await page.evaluate(() => Array.from(document.links).map(({href}) => href).filter(href => href.startsWith("https://spaq.")));
    const missing = links.filter(href => href.replace(/#.*/, "") !== BASE + address && !fs.existsSync(path.join(site.folder, decodeURIComponent(href.slice(BASE.length)).replace(/#.*/, ""))));
    assert.ok(links.length > 15);
    assert.deepEqual(missing, []);
  }
  page.wrongs.length = 0;
}, {start: null});
