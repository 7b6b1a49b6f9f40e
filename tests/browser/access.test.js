/*
 * For whom the search page must work too: without a mouse, with a screen reader, in large letters, on a narrow screen, at
 * night, and without scripts.
 */
"use strict";
const assert = require("node:assert");
const fs = require("node:fs");
const path = require("node:path");
const {sees, FAULTY} = require("./browser.js");
const {settled, box, ask, type, seen, finds} = require("./searching.js");
const {axe} = require("./measures.js");

const SCRIPT = "theme/search.js", SHOP = "样品村早点铺", FIRM = "样例县示例食品有限公司";

// The states of the page: before anything is asked, hits of many kinds, one kind with its pages, near ones, none.
const STATES = {before: {}, many: {q: "示例"}, kind: {q: "有限公司", kind: "enterprises"}, chosen: {q: "有限公司", kind: "enterprises", level: "B"},
  prose: {q: "投诉举报"}, near: {q: "样例县示列食品有限公司"}, none: {q: "霹雳飞天猪"}};

async function bring(page, site, asked) {
  if (asked.q) await ask(page, site, asked);
  else await site.open("search.html");
  await page.evaluate(() => document.querySelectorAll("#facets details").forEach(facet => { facet.open = true; }));
}

sees("with the keyboard alone one asks, reaches the first hit and opens it",
  [SCRIPT, "", "document.addEventListener('keydown', event => event.key === 'Tab' && event.target.id === 'q' && event.preventDefault());\n"],
  async page => {
    const focused = () => page.evaluate(() => {
      const {activeElement: at} = document, look = getComputedStyle(at);
      return {id: at.id, isHit: at.matches("#results li > a"), text: at.textContent, isSeen: at.matches(":focus-visible") && look.outlineStyle !== "none" && parseFloat(look.outlineWidth) > 1};
    });
    const tabTo = async isThere => {
      for (let presses = 1; presses < 60; presses++) {
        await page.keyboard.press("Tab");
        const at = await focused();
        assert.ok(at.isSeen, "no outline around " + at.text);
        if (isThere(at)) return presses;
      }
      return assert.fail("not reached by 60 presses");
    };
    await tabTo(({id}) => id === "q");
    await page.keyboard.type(SHOP, {delay: 20});
    await settled(page);
    assert.ok((await focused()).id === "q", "typing loses the box");
    const presses = await tabTo(({isHit}) => isHit);
    assert.ok(presses < 10, presses + " presses from the box to the first hit");
    assert.equal((await focused()).text, SHOP);
    await page.keyboard.press("Enter");
    await page.waitForURL(/enterprises\/.+\.html/);
  });

sees("a facet is opened and chosen with the keyboard, and the focus goes to what is said of it", [SCRIPT, "status.focus()", "null"], async (page, site) => {
  await ask(page, site, {q: "有限公司", kind: "enterprises"});
  await page.locator("#facets summary", {hasText: "包保等级"}).focus();
  await page.keyboard.press("Enter");
  await page.locator("#facets details[open] a").first().waitFor();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement.id === "status");
  await settled(page);
  assert.match((await seen(page)).address, /level=A/);
});

sees("what is found is announced once it is there", ["search.html", 'role="status"', 'role="note"'], async page => {
  await page.evaluate(() => {
    const status = document.querySelector("[role=status]");
    window.heard = [];
    new MutationObserver(changes => changes.forEach(change => window.heard.push({
      text: status.textContent, exact: status.getAttribute("data-exact"), hits: document.querySelectorAll("#results li").length,
    }))).observe(status, {childList: true, characterData: true, subtree: true, attributes: true});
  });
  finds(await type(page, SHOP), SHOP);
  finds(await type(page, FIRM), FIRM);
  const heard = await page.evaluate(() => window.heard);
  assert.ok(heard.some(({text}) => text.includes(SHOP)) && heard.some(({text}) => text.includes(FIRM)), JSON.stringify(heard));
  assert.ok(heard.every(({exact, hits}) => exact === null || hits > 0), "said to be there before it was: " + JSON.stringify(heard));
  assert.equal(await page.locator("[role=status]").count(), 1);
});

sees("while something is typed the old answer is not taken for the new one", [SCRIPT, "", "Element.prototype.removeAttribute = () => {};\n"], async (page, site) => {
  await ask(page, site, SHOP);
  await box(page).press("x");
  assert.equal((await seen(page)).exact, undefined);
});

sees("a search that takes long says that it is on its way", ["search.html", 'data-busy="', 'data-busy-not="'], async page => {
  await page.route(/search\/t\//, async route => {
    await new Promise(resolve => setTimeout(resolve, 1500));
    await route.continue();
  });
  await box(page).fill(SHOP);
  await box(page).press("Enter");
  await page.waitForFunction(() => /正在查找/.test(document.querySelector("#status").textContent));
  assert.equal((await seen(page)).exact, undefined);
  await settled(page);
  finds(await seen(page), SHOP);
});

sees("without scripts the form leads to the indexes", ["search.html", '<div id="browse">', '<div id="browse" hidden>'], async (page, site) => {
  await page.locator("header input[name=q]").fill(SHOP);
  await page.locator("header input[name=q]").press("Enter");
  await page.waitForURL(/search\.html\?q=/);
  assert.ok(await page.locator("main noscript").isVisible());
  const links = await page.locator("#browse a").all();
  assert.ok(links.length > 10, links.length + " links");
  for (const link of links) {
    assert.ok(await link.isVisible());
    const href = await link.getAttribute("href");
    assert.ok(fs.existsSync(path.join(site.folder, decodeURIComponent(href).replace(/#.*/, ""))), href + " is not there");
  }
}, {start: "enterprises/index.html", context: {javaScriptEnabled: false}});

// What sticks out to the right of the screen.
const sticking = page => page.evaluate(() => {
  const {scrollWidth, clientWidth} = document.documentElement;
  const out = Array.from(document.querySelectorAll("body *")).filter(element => {
    const {right, width} = element.getBoundingClientRect();
    return width && right > clientWidth + 1 && !element.closest(".table");
  });
  return {wide: scrollWidth - clientWidth, out: out.slice(0, 5).map(element => element.tagName + " " + element.className + " " + element.textContent.slice(0, 20))};
});

for (const [state, asked] of Object.entries(STATES)) {
  for (const size of [100, 200]) {
    sees("320 px are enough at " + size + " % text: " + state, ["theme/style.css", "", "main{min-width:400px!important}"], async (page, site) => {
      await bring(page, site, asked);
      await page.evaluate(percent => { document.documentElement.style.fontSize = 1.125 * percent + "%"; }, size);
      const found = await sticking(page);
      // Words of letters and digits without a place to break may reach over their own line, but never make the page scroll.
      assert.equal(found.wide, 0, JSON.stringify(found));
    }, {context: {viewport: {width: 320, height: 640}}});
  }
}

// WeChat makes letters larger without any media query taking notice, so a tablet keeps the layout of a desk.
sees("large letters make no page scroll sideways, in the elder mode too", ["theme/style.css", ".top>.wrap{display:flex;flex-wrap:wrap;", ".top>.wrap{display:flex;"], async (page, site) => {
  const wrong = [];
  for (const address of ["index.html", "enterprises/91990101MA0GA4RF10.html", "plans/demo-city-2026.html", "articles/policy/index.html"]) {
    for (const mode of ["", "#elder"]) {
      await page.goto("about:blank");
      await site.open(address + mode);
      for (const [width, size] of [[320, 175], [320, 200], [360, 200], [768, 130], [768, 200], [844, 150], [1024, 200]]) {
        await page.setViewportSize({width, height: 800});
        await page.evaluate(percent => { document.documentElement.style.fontSize = 1.125 * percent + "%"; }, size);
        const found = await sticking(page);
        if (found.wide) wrong.push([address + mode, width, size, JSON.stringify(found)].join(" "));
      }
    }
  }
  assert.deepEqual(wrong, []);
}, {start: null});

sees("what one must hit with a finger is 44 px high on a phone", ["theme/style.css", "", "#results li>a{display:inline!important;min-height:0!important;padding:0!important;line-height:1!important}"],
  async (page, site) => {
    await bring(page, site, STATES.kind);
    const low = await page.evaluate(() => Array.from(document.querySelectorAll("main form *, #facets a, #facets summary, #results li > a, #results .pager a"))
      .map(element => [element.textContent || element.id, element.getBoundingClientRect()])
      .filter(([, {height, width}]) => height < 43.5 || width < 43.5).map(([text, {width, height}]) => `${text} ${Math.round(width)}x${Math.round(height)}`));
    assert.deepEqual(low, []);
  }, {context: {viewport: {width: 390, height: 800}, hasTouch: true}});

for (const colorScheme of ["light", "dark"]) {
  for (const width of [1000, 320]) {
    sees("axe finds nothing, " + colorScheme + ", " + width + " px", ["search.html", '<html lang="zh-CN">', "<html>"], async (page, site) => {
      for (const [state, asked] of Object.entries(STATES)) {
        await bring(page, site, asked);
        const {violations, passes} = await axe(page);
        assert.ok(passes > 10, "nothing was judged");
        assert.deepEqual(violations, [], state);
        if (FAULTY) break;
      }
    }, {context: {viewport: {width, height: 800}, colorScheme}});
  }
}
