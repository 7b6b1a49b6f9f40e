/*
 * For whom every page must work: in large letters, on a narrow screen, at night, without scripts, from a folder, read aloud.
 *
 * One page of each template stands for all of its kind. Not here: the search page with its results (`access`, `offline`).
 */
"use strict";
const assert = require("node:assert");
const fs = require("node:fs");
const {sees, FAULTY} = require("./browser.js");

const AXE = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const FIRM = "enterprises/91990101MA0GA4RF10.html", ARTICLE = "articles/notices/2026-01.html";

const PAGES = ["index.html", FIRM, "enterprises/92990102MA0TE5T24W.html", "enterprises/index.html", "enterprises/level/B.html", "cadres/yangli-0012.html",
  "regions/990101.html", "sampling/2026-07.html", "sampling/2026-07/XBJ26990101000000701.html", "blacklist/blk-2026-0003.html", "penalties/pen-2026-0018.html",
  "recalls/rec-2026-0001.html", "books/2026-township.html", "books/2026-township/checklist.html", "books/2026-township/letter.html", "plans/demo-city-2026.html",
  "progress.html", ARTICLE, "articles/notices/index.html", "pages/about.html", "questions/index.html", "data/index.html", "corrections.html", "lists.html",
  "sitemap.html", "feeds/index.html", "leaving/4f2f562b2ebb.html"];

// The ways to look at a page: width, colours, what is added to the address.
const WAYS = {"320 px": {width: 320}, "360 px, elder mode": {width: 360, hash: "#elder"}, "1366 px, at night": {width: 1366, colorScheme: "dark"}};

const sizeOf = page => page.evaluate(() => parseFloat(getComputedStyle(document.querySelector("main")).fontSize));

// What is wrong with a page as it lies on the screen: what makes it scroll sideways, what a thumb misses.
const wrongs = (page, least) => page.evaluate(height => {
  const {scrollWidth, clientWidth} = document.documentElement;
  const aims = Array.from(document.querySelectorAll("header a, header summary, main button, main summary, .call, .doors a, .index a, .news a, .facts a, .pager a, .turn a, footer a"));
  const low = aims.filter(aim => aim.getClientRects().length && aim.getBoundingClientRect().height < height - 0.5);
  return {wide: scrollWidth - clientWidth, low: low.slice(0, 5).map(aim => aim.outerHTML.slice(0, 120))};
}, least);

for (const [way, {width, colorScheme = "light", hash = ""}] of Object.entries(WAYS)) {
  sees("every kind of page holds at " + way, ["theme/style.css", "", "main{min-width:1500px!important}"], async (page, site) => {
    for (const address of PAGES) {
      await site.open(address + hash);
      assert.deepEqual(await wrongs(page, 44), {wide: 0, low: []}, address);
      await page.evaluate(AXE);
      const {violations, passes} = await page.evaluate(() => window.axe.run({resultTypes: ["violations"]}));
      assert.ok(passes.length > 10, "nothing was judged");
      assert.deepEqual(violations.map(({id, help, nodes}) => [address, id, help, nodes.slice(0, 3).map(({html}) => html)]), []);
      if (FAULTY) break;
    }
  }, {start: null, context: {viewport: {width, height: 800}, colorScheme}});
}

sees("200 % text on a narrow phone makes nothing scroll", ["theme/style.css", "", "main{min-width:400px!important}"], async (page, site) => {
  for (const address of PAGES) {
    await site.open(address);
    await page.evaluate(() => { document.documentElement.style.fontSize = "225%"; });
    assert.equal((await wrongs(page, 0)).wide, 0, address);
  }
}, {start: null, context: {viewport: {width: 320, height: 640}}});

sees("the elder mode makes nothing scroll on a desk", ["theme/style.css", "", "main{min-width:1500px!important}"], async (page, site) => {
  for (const address of PAGES) {
    await site.open(address + "#elder");
    assert.equal((await wrongs(page, 0)).wide, 0, address);
  }
}, {start: null, context: {viewport: {width: 1366, height: 800}}});

sees("who answers stands on the first screen of a phone, without scripts", ["theme/style.css", "", "main{padding-top:200px!important}"], async page => {
  const bottoms = await page.evaluate(() => Array.from(document.querySelectorAll(".answer dt, .answer dd .tel")).map(one => one.getBoundingClientRect().bottom));
  assert.ok(bottoms.length > 4, "nobody answers");
  assert.ok(Math.max(...bottoms) < 640, String(Math.max(...bottoms)));
}, {start: FIRM, context: {viewport: {width: 360, height: 640}, javaScriptEnabled: false}});

sees("the elder mode needs no script: it enlarges, folds away what is secondary, and is left again",
  ["theme/style.css", "#elder:target,", "#younger:target,"], async page => {
    assert.equal(await sizeOf(page), 18);
    assert.ok(await page.locator("#licences").isVisible());
    await page.locator(".mode a:visible").click();
    assert.ok(await sizeOf(page) >= 24);
    const most = await page.evaluate(() => Math.max(...Array.from(document.querySelectorAll("main *")).map(one => parseFloat(getComputedStyle(one).fontSize))));
    assert.ok(most >= 30, String(most));
    assert.ok(!await page.locator("#licences").isVisible());
    assert.ok((await page.locator("main .call").boundingBox()).height >= 60);
    await page.locator(".mode a:visible").click();
    assert.equal(await sizeOf(page), 18);
  }, {start: FIRM, context: {viewport: {width: 360, height: 640}, javaScriptEnabled: false}});

sees("the elder mode goes along from page to page until it is left", ["theme/portal.js", 'localStorage.setItem("elder", value)', "0"], async (page, site) => {
  await page.locator(".mode a:visible").click();
  await page.locator("nav.crumbs a").last().click();
  await page.waitForURL(/enterprises\/index\.html/);
  assert.ok(await sizeOf(page) >= 24);
  assert.equal(await page.evaluate(() => document.cookie + Object.keys(localStorage)), "elder");
  await page.locator(".mode a:visible").click();
  await site.open(FIRM);
  assert.equal(await sizeOf(page), 18);
}, {start: FIRM});

sees("a text is read aloud, sentence by sentence, and falls silent when asked", ["theme/portal.js", "button.hidden = false", "button.hidden = true"], async page => {
  await page.evaluate(() => {
    window.said = [];
    speechSynthesis.speak = voice => {
      window.said.push(voice.text);
      if (window.said.length < 5) setTimeout(() => voice.onend(), 0);
    };
  });
  const button = page.locator(".read");
  await button.click();
  await page.waitForFunction(() => window.said.length === 5);
  const said = await page.evaluate(() => window.said);
  assert.equal(said[0].trim(), await page.locator("h1").textContent());
  assert.ok(said.every(words => !words.includes("朗读")), JSON.stringify(said));
  assert.equal(await button.textContent(), "停止朗读");
  await button.click();
  assert.equal(await button.textContent(), "朗读");
}, {start: ARTICLE});

sees("where no browser speaks there is no button", ["theme/style.css", "[hidden]{display:none!important}", ""], async (page, site) => {
  await page.addInitScript(() => { Object.defineProperty(window, "SpeechSynthesisUtterance", {value: undefined}); });
  await page.addInitScript(() => { Object.defineProperty(window, "speechSynthesis", {value: undefined}); });
  await site.open(ARTICLE);
  await page.evaluate(() => document.querySelector(".read").click());
  assert.ok(!await page.locator(".read").isVisible());
}, {start: null});

for (const isFolder of [false, true]) {
  const from = isFolder ? "its folder" : "a server";
  sees("the policy of the pages lets through what they need, from " + from, [FIRM, "style-src 'self'", "style-src 'none'"], async (page, site) => {
    for (const address of [FIRM, "index.html", "search.html", ARTICLE, "books/2026-township.html"]) {
      await site.open(address);
      assert.notEqual(await page.evaluate(() => getComputedStyle(document.querySelector(".brand")).fontWeight), "400", address);
    }
  }, {start: null, policy: "", isFolder});
}

sees("a page lets nothing from elsewhere or inline through", ["index.html", "default-src 'none';script-src 'self'", "script-src 'self' 'unsafe-inline'"], async page => {
  const isRun = await page.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "window.wasRun = true";
    document.body.append(script);
    return Boolean(window.wasRun);
  });
  assert.ok(!isRun);
  // What the browser says of it is no wrong of the page.
  page.wrongs.length = 0;
}, {start: "index.html", policy: ""});
