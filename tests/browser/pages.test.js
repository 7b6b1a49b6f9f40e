/*
 * What pages offer beyond reading: the elder mode, the call at the first glance, reading aloud, the policy.
 *
 * Not here: how pages look in all their ways (`matrix`), on paper (`paper`), without scripts and server (`bare`), the search page.
 */
"use strict";
const assert = require("node:assert");
const {sees} = require("./browser.js");
const {turn} = require("./kinds.js");

const FIRM = "enterprises/91990101MA0GA4RF10.html", ARTICLE = "articles/notices/2026-01.html", PENALTY = "penalties/pen-2026-0018.html", STALL = "enterprises/xsz-990101-0002.html";

const sizeOf = page => page.evaluate(() => parseFloat(getComputedStyle(document.querySelector("main")).fontSize));

sees("who answers stands on the first screen of a phone, without scripts", ["theme/style.css", "", "main{padding-top:200px!important}"], async page => {
  const bottoms = await page.evaluate(() => Array.from(document.querySelectorAll(".answer dt, .answer dd .tel")).map(one => one.getBoundingClientRect().bottom));
  assert.ok(bottoms.length > 4, "nobody answers");
  assert.ok(Math.max(...bottoms) < 640, String(Math.max(...bottoms)));
}, {start: FIRM, context: {viewport: {width: 360, height: 640}, javaScriptEnabled: false}});

sees("what the letter of a level means stands beside it on the first screen of a phone", ["theme/style.css", "", ".scale{display:none}"], async page => {
  const [level, means] = [await page.locator(".tags .tag").first().boundingBox(), await page.locator(".tags .scale").boundingBox()];
  assert.match(await page.locator(".scale").innerText(), /^由.级干部包保/);
  assert.ok(means.x >= level.x + level.width && means.y < level.y + level.height && means.x + means.width <= 344, JSON.stringify([level, means]));
}, {start: FIRM, context: {viewport: {width: 360, height: 640}}});

sees("what 未公布 means is told where it is said, and nowhere else", [PENALTY, "</main>", "<p>“未公布”：</p></main>"], async (page, site) => {
  const said = async address => {
    await site.open(address);
    const text = await page.locator("main").innerText();
    return [text.includes("“未公布”："), text.replace("“未公布”：", "").includes("未公布")];
  };
  assert.deepEqual(await said(STALL), [true, true]);
  assert.deepEqual(await said(FIRM), [false, false]);
  assert.deepEqual(await said(PENALTY), [false, false]);
}, {start: null});

sees("the header of a phone has a search box, without scripts, where the page has no large one", ["theme/style.css", ".top .find{flex:1 1 8em}", ".top .find{display:none}"], async (page, site) => {
  const box = page.getByRole("searchbox", {name: "搜索", exact: true}), button = page.locator("header .find button");
  for (const [width, size] of [[320, 100], [360, 100], [320, 200]]) {
    await turn(page, {width, size});
    const [{height, width: room}, pressed] = [await box.boundingBox(), await button.boundingBox()];
    assert.ok(height >= 43.5 && room > 120 && pressed.height >= 43.5 && pressed.width >= 43.5, [width, size, height, room].join());
  }
  await turn(page, {width: 360});
  await box.fill("示例");
  await button.click();
  await page.waitForURL(/\/search\.html\?q=/);
  for (const address of ["index.html", "search.html"]) {
    await site.open(address);
    assert.equal(await page.locator("input[type=search]:visible").count(), 1, address);
  }
}, {start: FIRM, context: {viewport: {width: 360, height: 640}, javaScriptEnabled: false}});

sees("the elder mode needs no script: it enlarges, folds away what is secondary, and is left again",
  ["theme/style.css", "#elder:target,", "#younger:target,"], async page => {
    assert.equal(await sizeOf(page), 18);
    assert.ok(await page.locator("#visits").isVisible());
    await page.locator(".mode a:visible").click();
    assert.ok(await sizeOf(page) >= 24);
    const most = await page.evaluate(() => Math.max(...Array.from(document.querySelectorAll("main *")).map(one => parseFloat(getComputedStyle(one).fontSize))));
    assert.ok(most >= 30, String(most));
    assert.ok(!await page.locator("#visits").isVisible());
    assert.ok((await page.locator("main .call").boundingBox()).height >= 60);
    await page.locator(".mode a:visible").click();
    assert.equal(await sizeOf(page), 18);
  }, {start: FIRM, context: {viewport: {width: 360, height: 640}, javaScriptEnabled: false}});

for (const [how, javaScriptEnabled, fault] of [["and without scripts ends it, as the page says", false, ["books/2026-township/what.html", "<noscript>", "<noscript hidden>"]], ["and with scripts keeps it", true, ["theme/portal.js", "kept(on ?", "page.classList.remove('elder'); kept(on ?"]]]) {
  sees("a link to a heading in the elder mode leads there, " + how, fault, async page => {
    await page.locator(".mode a:visible").click();
    const said = await page.locator(".elder-note").innerText();
    assert.equal(said.includes("没有运行脚本，长者模式只在这一页有效"), !javaScriptEnabled, said);
    await page.locator(".toc:visible a[href^='#']").nth(1).click();
    assert.equal(await sizeOf(page) >= 24, javaScriptEnabled);
  }, {start: "books/2026-township/what.html", context: {viewport: {width: 360, height: 640}, javaScriptEnabled}});
}

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

sees("the letters of a picture grow with the text, and where there is no room for that its numbers stand below it", ["theme/style.css", "display:block;width:100%", "display:block;width:344px"],
  async page => {
    const look = (width, size) => turn(page, {width, size}).then(() => page.evaluate(() => document.querySelector(".chart svg").getBoundingClientRect().width));
    const usual = await look(1366, 100);
    assert.ok(Math.abs(usual - 344) < 1, String(usual));
    assert.ok(Math.abs(await look(1366, 200) - 2 * usual) < 2);
    const numbers = page.locator(".chart details .table").first();
    await look(360, 100);
    assert.ok(!await numbers.isVisible());
    await look(360, 200);
    assert.ok(await numbers.isVisible());
  }, {start: "progress.html"});

sees("beside a long text its contents stay in sight", ["theme/style.css", "position:sticky;top:16px", "position:static"], async page => {
  const top = () => page.locator(".toc:visible").evaluate(one => one.getBoundingClientRect().top);
  await page.setViewportSize({width: 1366, height: 700});
  assert.ok(await top() > 100);
  await page.locator("article > h2[id]").nth(1).evaluate(one => one.scrollIntoView());
  assert.ok(Math.abs(await top() - 16) < 1, String(await top()));
  // The chapters of the book are among them where there is room, on a phone only the headings of this one.
  const other = page.locator(".toc:visible a[href='checklist.html']");
  assert.equal(await other.count(), 1);
  await page.setViewportSize({width: 360, height: 640});
  assert.equal(await other.count(), 0);
  assert.ok(await page.locator(".toc:visible a").count() > 2);
}, {start: "books/2026-township/what.html"});

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

sees("how far a recall has come is a list of days, and its telephone has a label", ["recalls/rec-2026-0001.html", '<ul class="dated"><li>', '<ul class="dated"><li><br>'], async page => {
  const steps = await page.evaluate(() => Array.from(document.querySelectorAll(".dated li"), one => {
    const [day, text] = Array.from(one.children, part => part.getBoundingClientRect());
    return {day: one.firstChild.dateTime, text: one.querySelector("span").innerText, top: day.top, isApart: text.left >= day.right || text.top >= day.bottom};
  }));
  assert.deepEqual(steps.map(({day}) => day), ["2026-06-05", "2026-06-12"]);
  assert.ok(steps.every(({text, isApart}) => text && !text.includes("：") && isApart) && steps[0].top < steps[1].top, JSON.stringify(steps));
  assert.match(await page.locator(".todo p:has(.tel)").innerText(), /^联系电话：0000-2345601$/);
}, {start: "recalls/rec-2026-0001.html", context: {viewport: {width: 360, height: 640}}});

sees("the tables of the dashboards stay low on a phone", ["theme/style.css", "padding-block:6px", "padding-block:20px"], async page => {
  const rows = await page.evaluate(() => Array.from(document.querySelectorAll(".tables .table:not(.cards) tbody tr")).map(one => one.getBoundingClientRect().height));
  assert.ok(rows.length > 20, "no tables");
  // Those of many columns are cards, of which nothing is cut.
  const ends = await page.evaluate(() => Array.from(document.querySelectorAll(".tables .cards td")).map(one => one.getBoundingClientRect().right));
  assert.ok(ends.length > 20 && Math.max(...ends) <= 360, String(Math.max(...ends)));
  assert.ok(Math.max(...rows) <= 90, String(Math.max(...rows)));
  assert.ok(rows.filter(height => height <= 64).length >= rows.length * .9, rows.join());
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 360);
}, {start: "progress.html", context: {viewport: {width: 360, height: 640}}});
