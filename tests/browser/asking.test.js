/*
 * Asking on the search page: by typing, Enter, other pages and addresses; facets, pages, the way back; every kind of query.
 */
"use strict";
const assert = require("node:assert");
const fs = require("node:fs");
const path = require("node:path");
const {sees} = require("./browser.js");
const {demoSite, rowsOf} = require("./site.js");
const {settled, box, ask, type, seen, choose, titles, finds} = require("./searching.js");

const SCRIPT = "theme/search.js", SHOP = "样品村早点铺", FIRM = "样例县示例食品有限公司";
const firms = () => rowsOf(demoSite(), "enterprises").filter(({name}) => name.includes("有限公司"));

// The enterprises that should be on a page of results and are not, and those that are and should not.
function unlike(found, isRight) {
  const right = rowsOf(demoSite(), "enterprises").filter(isRight).map(({name}) => name), wanted = firms().filter(isRight).map(({name}) => name);
  assert.ok(wanted.length > 2, "too few to tell");
  return wanted.filter(name => !titles(found).includes(name)).concat(titles(found).filter(name => !right.includes(name)));
}

sees("results come as one types, once the typing rests", [SCRIPT, "", "{const wait = window.setTimeout; window.setTimeout = run => wait(run, 0);}\n"],
  async (page, site) => {
    // The clock stands still between the keys, so that no slow machine makes a pause of its own.
    await page.clock.install();
    await site.open("search.html");
    await page.clock.pauseAt(Date.now() + 3600000);
    // A query begins by setting the time after which it says that it is busy.
    await page.evaluate(() => {
      const wait = window.setTimeout;
      window.asked = 0;
      window.setTimeout = (run, time) => {
        window.asked += time === 400;
        return wait(run, time);
      };
    });
    const asked = () => page.evaluate(() => window.asked);
    for (const letter of SHOP) {
      await box(page).pressSequentially(letter);
      await page.clock.runFor(30);
    }
    assert.equal(await asked(), 0, "asked while one typed");
    await page.clock.runFor(200);
    assert.equal(await asked(), 1, "queries for six characters");
    await page.clock.resume();
    await settled(page);
    finds(await seen(page), SHOP);
  }, {start: null});

sees("a query that is overtaken by the next one is not shown", [SCRIPT, "if (mine !== ticket) return;", ""], async page => {
  // The answer to the first query is kept back until that to the second is there.
  let first = true;
  await page.route(/search\/t\//, async route => {
    if (first) {
      first = false;
      await new Promise(resolve => setTimeout(resolve, 1500));
    }
    await route.continue();
  });
  await box(page).fill("面粉");
  await box(page).press("Enter");
  await page.waitForTimeout(100);
  await box(page).fill("豆制品");
  await box(page).press("Enter");
  await settled(page);
  await page.waitForTimeout(2000);
  const found = await seen(page);
  assert.match(found.said, /豆制品/);
  finds(found, "样例县试点豆制品专业合作社");
});

sees("Enter asks at once and is a step of the way back", [SCRIPT, "", "History.prototype.pushState = () => {};\n"], async page => {
  const before = await page.evaluate(() => history.length);
  await box(page).fill(FIRM);
  await box(page).press("Enter");
  await settled(page);
  const found = await seen(page);
  finds(found, FIRM);
  assert.equal(new URLSearchParams(found.address).get("q"), FIRM);
  assert.equal(await page.evaluate(() => history.length), before + 1);
});

sees("the form in the header of another page leads here", ["enterprises/index.html", 'name="q"', 'name="x"'], async page => {
  await page.locator("header input[name=q]").fill(FIRM);
  await page.locator("header input[name=q]").press("Enter");
  await page.waitForURL(/search\.html\?q=/);
  await settled(page);
  const found = await seen(page);
  finds(found, FIRM);
  assert.equal(found.value, FIRM);
}, {start: "enterprises/index.html"});

sees("the words by which people ask for the elder mode lead to the page that tells of it", ["pages/accessibility.html", "长辈版</h2>", "大字版</h2>"], async (page, site) => {
  for (const word of ["长辈版", "亲情版", "关爱版", "关怀版", "长者模式"]) {
    finds(await ask(page, site, word), "无障碍与适老声明");
    await page.locator("#results a", {hasText: "无障碍"}).first().click();
    await page.locator("main h2", {hasText: "长辈版"}).waitFor();
    assert.ok((await page.locator("main").innerText()).includes(word), word);
  }
});

sees("a facet narrows the results to what it says and can be taken back", ["search/a/0-0.js", ",[", ",[0,0,0,0,0,0,0,0,0,0,0,0,"], async (page, site) => {
  const all = await ask(page, site, {q: "有限公司", kind: "enterprises"});
  const found = await choose(page, "包保等级", "包保A级");
  assert.deepEqual(unlike(found, firm => firm.coverage_level === "A"), []);
  assert.equal(new URLSearchParams(found.address).get("level"), "A");
  // What is chosen is marked, and given up by choosing it again.
  await page.locator("#facets details[open] a[aria-current]", {hasText: "包保A级"}).click();
  await settled(page);
  assert.deepEqual(titles(await seen(page)), titles(all));
});

const shownOf = found => rowsOf(demoSite(), "enterprises").filter(({name}) => titles(found).includes(name));

// The counts beside the values of a facet, by value.
const countsOf = async (page, facet) => {
  const links = page.locator("#facets details", {has: page.locator("summary", {hasText: facet})}).locator("a");
  const all = (await links.allTextContents()).map(text => text.match(/^(.*?)(?: (\d+\+?)条)?$/));
  return new Map(all.map(([, value, count]) => [value, count]));
};

sees("a value of a facet tells how many of the results have it", [SCRIPT, "n + more", "n + 1 + more"], async (page, site) => {
  const found = await ask(page, site, {q: "有限公司", kind: "enterprises", region: "990102", sector: "catering"});
  assert.ok(found.hits.length > 2 && found.hits.length < 20, found.hits.length + " are not a page that holds all");
  const shown = shownOf(found), counts = await countsOf(page, "包保等级");
  for (const level of ["A", "B", "C", "D"]) {
    const right = shown.filter(firm => firm.coverage_level === level).length;
    if (counts.has(`包保${level}级`)) assert.equal(counts.get(`包保${level}级`), right ? String(right) : undefined, level);
  }
  assert.deepEqual(Array.from((await countsOf(page, "地区")).values()).filter(Boolean), [String(found.hits.length)]);
});

sees("where more is found than is shown, a count of a facet says that it is not all", [SCRIPT, "hits.length < count) ? \"+\"", "hits.length < count) ? \"\""], async (page, site) => {
  const found = await ask(page, site, {q: "有限公司", kind: "enterprises"}), shown = shownOf(found);
  const counts = await countsOf(page, "包保等级"), ofA = shown.filter(firm => firm.coverage_level === "A").length;
  assert.equal(counts.get("包保A级"), ofA ? ofA + "+" : undefined);
  assert.ok(Array.from(counts.values()).filter(Boolean).every(count => count.endsWith("+")), Array.from(counts.values()).join());
});

sees("what was chosen of several facets is given up at once", [SCRIPT, "linkTo({q}, ", "linkTo(state, "], async (page, site) => {
  await ask(page, site, {q: "有限公司", kind: "enterprises", level: "B", region: "990102"});
  assert.equal(await page.locator("#facets details a[aria-current]").count(), 2);
  await page.locator("#facets nav a", {hasText: "全部"}).click();
  await settled(page);
  const found = await seen(page);
  assert.deepEqual(Array.from(new URLSearchParams(found.address)), [["q", "有限公司"]]);
  assert.ok(found.kinds.length > 3);
});

sees("a kind is chosen by its name, with its count", [SCRIPT, "{kind: result.about.key}", "{kind: ''}"], async (page, site) => {
  const all = await ask(page, site, "示例");
  assert.ok(all.kinds.length > 3, all.kinds.join());
  await page.locator("#facets a", {hasText: "食品生产经营主体"}).first().click();
  await settled(page);
  const found = await seen(page);
  assert.deepEqual(found.kinds, ["enterprises"]);
  assert.equal(new URLSearchParams(found.address).get("kind"), "enterprises");
});

sees("where another kind is chosen no more chapters are counted than the book has", [SCRIPT, "Math.min(result.count, about.pages)", "result.count"], async (page, site) => {
  const found = await ask(page, site, {q: "食品", kind: "articles"}), said = found.facets.find(text => text.startsWith("章节"));
  const all = fs.readdirSync(path.join(site.folder, "books/2026-township")).filter(file => /^[a-z-]+\.html$/.test(file)).length;
  assert.ok(all > 5 && Number(said.match(/\d+/)[0]) <= all, said + " of " + all);
});

sees("pages follow each other without a gap", [SCRIPT, "page: page + 1", "page: page"], async (page, site) => {
  const first = await ask(page, site, {q: "有限公司", kind: "enterprises"});
  assert.equal(first.hits.length, 20);
  await page.locator("nav.pager a", {hasText: "下一页"}).click();
  await settled(page);
  const second = await seen(page);
  assert.equal(new URLSearchParams(second.address).get("page"), "2");
  const both = first.hits.concat(second.hits).map(({href}) => href);
  assert.equal(new Set(both).size, both.length, "some stand on both pages");
  const missing = firms().filter(({name}) => !first.hits.concat(second.hits).some(hit => hit.title === name)).map(({name}) => name);
  assert.deepEqual(missing, []);
  assert.equal(await page.locator("#results ol").getAttribute("start"), "21");
});

sees("back and forward bring back address, box and results", [SCRIPT, "", "window.addEventListener('popstate', event => event.stopImmediatePropagation(), true);\n"],
  async (page, site) => {
    const steps = [await ask(page, site, "有限公司")];
    await page.locator("p.more a").first().click();
    await settled(page);
    steps.push(await seen(page));
    steps.push(await choose(page, "环节", "食品生产"));
    await box(page).fill(SHOP);
    await box(page).press("Enter");
    await page.waitForFunction(name => document.querySelector("#status[data-exact]") && document.getElementById("status").textContent.includes(name), SHOP);
    steps.push(await seen(page));
    assert.equal(new Set(steps.map(step => step.address)).size, 4);
    const is = async (go, wanted) => {
      await page.evaluate(() => document.getElementById("status").removeAttribute("data-exact"));
      await go();
      await settled(page);
      assert.deepEqual(await seen(page), wanted);
    };
    for (const place of [2, 1, 0]) await is(() => page.goBack(), steps[place]);
    for (const place of [1, 2, 3]) await is(() => page.goForward(), steps[place]);
  });

sees("a result leads to its page, and back to the results", ["enterprises/91990101MA0DEM013U.html", "<h1", "<h2"], async (page, site) => {
  const before = await ask(page, site, FIRM);
  await page.locator("#results li > a", {hasText: FIRM}).first().click();
  await page.waitForURL(/enterprises\/91990101MA0DEM013U\.html/);
  assert.match(await page.locator("h1").textContent(), new RegExp(FIRM));
  await page.goBack();
  await settled(page);
  assert.deepEqual(await seen(page), before);
});

sees("every hit leads to a page that is there", [SCRIPT, "{href: path}", '{href: path + "x"}'], async (page, site) => {
  const hrefs = new Set();
  for (const query of ["示例", "有限公司", "抽检", "投诉举报", "2026", "不合格", "镇"]) {
    (await ask(page, site, query)).hits.forEach(({href}) => hrefs.add(href));
  }
  assert.ok(hrefs.size > 60, hrefs.size + " addresses");
  const missing = Array.from(hrefs).filter(href => !fs.existsSync(path.join(site.folder, decodeURIComponent(href.replace(/#.*/, "")))));
  assert.deepEqual(missing, []);
});

sees("an address says all that was chosen", ["search/index.js", '["990102"', '["990109"'], async (page, site) => {
  const found = await ask(page, site, {q: "有限公司", kind: "enterprises", region: "990102", level: "B", status: "active", page: "1"});
  assert.deepEqual(unlike(found, firm => firm.region && firm.region.startsWith("990102") && firm.coverage_level === "B" && firm.status === "active"), []);
  assert.equal(found.value, "有限公司");
  assert.equal(found.exact, "true");
});

sees("an address that means nothing does no harm", [SCRIPT, "asked.page | 0", "(asked.page > 99 ? undefinedPage : asked.page)"], async (page, site) => {
  for (const odd of [{kind: "nothing"}, {page: "999"}, {page: "-3"}, {page: "two"}, {colour: "red"}, {kind: "enterprises", page: "999"}]) {
    const found = await ask(page, site, Object.assign({q: FIRM}, odd));
    assert.equal(titles(found)[0], FIRM, JSON.stringify(odd) + " " + found.said);
  }
  for (const odd of [{level: "Z"}, {region: "nowhere"}, {status: "gone"}]) {
    const found = await ask(page, site, Object.assign({q: FIRM}, odd));
    assert.deepEqual([found.exact, found.hits.length], ["false", 0], JSON.stringify(odd));
    assert.match(found.said, /所选范围内没有结果/);
    await page.locator("#facets a", {hasText: "全部"}).click();
    await page.waitForFunction(() => document.querySelector("#results li"));
    assert.equal(titles(await seen(page))[0], FIRM);
  }
});

sees("what is nowhere is said to be nowhere, with the ways on", [SCRIPT, "", "Object.defineProperty(HTMLElement.prototype, 'hidden', {set() { this.setAttribute('hidden', ''); }});\n"],
  async (page, site) => {
    for (const query of ["霹雳飞天猪", "zzqxkw", "龘", "91999999MA9ZZZZZ9Z", "火星饭庄"]) {
      const found = await ask(page, site, query);
      assert.deepEqual([found.exact, found.hits.length], ["false", 0], query);
      assert.match(found.said, new RegExp("没有找到“" + query + "”"));
      assert.ok(await page.locator("#browse a").first().isVisible(), "no index");
      assert.ok(await page.locator("main a[href='tel:12315']").isVisible(), "no 12315");
    }
  });

sees("help for a search without a result stands there after one only", ["theme/style.css", ".miss{display:none}", ""], async (page, site) => {
  const help = page.locator(".miss");
  await site.open("search.html");
  assert.ok(!await help.isVisible(), "before anything was asked");
  await ask(page, site, FIRM);
  assert.ok(!await help.isVisible(), "beside results");
  await ask(page, site, "霹雳飞天猪");
  assert.ok(await help.isVisible() && await help.locator("a[href='tel:12315']").isVisible());
});

sees("with one wrong character a name is found as a near one, and marked so", ["search.html", 'data-tag="近似结果"', 'data-tag=""'], async (page, site) => {
  for (const query of ["样例县示列食品有限公司", "样例示例食品有限公司", "样例县县示例食品有限公司", "样例县例示食品有限公司"]) {
    const found = await ask(page, site, query);
    assert.equal(found.exact, "false", query);
    assert.equal(titles(found)[0], FIRM, query);
    assert.match(found.hits[0].text, /近似结果/);
    assert.match(found.said, /近似结果/);
  }
});

// What else one may know of a shop or firm, and a fault for each way.
const KNOWN = [
  ["traditional characters", "樣例縣示例食品有限公司", FIRM, ["search/fold.js", "縣", "龘"]],
  ["the sounds of its name", "yangpincunzaodianpu", SHOP, ["search/sounds.js", "zao", "zzz"]],
  ["the initials of its name", "ypczdp", SHOP, [SCRIPT, '"^" + initials', '"^0" + initials']],
  ["the last six characters of its code", "EM013U", FIRM, [[SCRIPT, '"$" + bare.slice(-6)', '"$" + bare.slice(-5)'], [SCRIPT, "windows(chars, 3)", "[]"]]],
  ["its whole code in small letters", "91990101ma0dem013u", FIRM, [SCRIPT, "char.toLowerCase()", "char"]],
  ["full-width letters and digits", "９１９９０１０１ＭＡ０ＤＥＭ０１３Ｕ", FIRM, [SCRIPT, 'normalize("NFKC")', 'normalize("NFC")']],
  ["the middle of its name", "例食品有", FIRM, [SCRIPT, "0x01000193", "0x01000195"]],
  ["two words of its name", "早点铺 样品村", SHOP, [SCRIPT, "split(/\\s+/)", "split(/\\n+/)"]],
];

for (const [what, query, title, fault] of KNOWN) {
  sees("found by " + what, fault, async (page, site) => {
    const found = await ask(page, site, query);
    finds(found, title);
    assert.ok(titles(found).indexOf(title) < 10);
  });
}

sees("what is being composed with an input method is not asked yet", [SCRIPT, "", "Object.defineProperty(InputEvent.prototype, 'isComposing', {get: () => false});\nwindow.addEventListener('compositionstart', event => event.stopImmediatePropagation(), true);\n"],
  async page => {
    const keys = await page.context().newCDPSession(page);
    await box(page).focus();
    for (const text of ["z", "za", "zao", "zao d", "zao dian"]) {
      await keys.send("Input.imeSetComposition", {text, selectionStart: text.length, selectionEnd: text.length});
      await page.waitForTimeout(80);
    }
    await page.waitForTimeout(700);
    const during = await seen(page);
    assert.deepEqual([during.value, during.address, during.exact, during.hits.length], ["zao dian", "", undefined, 0]);
    await keys.send("Input.insertText", {text: "早点铺"});
    await settled(page);
    finds(await seen(page), SHOP);
  });

sees("an emptied box takes the results away", [SCRIPT, 'show("", [], [])', "null"], async (page, site) => {
  await ask(page, site, FIRM);
  await box(page).fill("");
  await page.waitForFunction(() => !document.querySelector("#results li"));
  const found = await seen(page);
  assert.deepEqual([found.hits.length, found.said, found.browse, found.exact], [0, "", true, undefined]);
});

sees("when the index does not come, the page says so and can try again", [SCRIPT, 'show(say("failed")', 'show(""'], async page => {
  await page.route(/search\/t\//, route => route.abort());
  await box(page).fill(SHOP);
  await box(page).press("Enter");
  await page.locator("#results a", {hasText: "重试"}).waitFor();
  assert.match((await seen(page)).said, /没有取到/);
  await page.unroute(/search\/t\//);
  await page.locator("#results a", {hasText: "重试"}).click();
  await settled(page);
  finds(await seen(page), SHOP);
  // The browser itself reports what it could not fetch.
  page.wrongs.splice(0, page.wrongs.length, ...page.wrongs.filter(wrong => !/ERR_FAILED|Failed to fetch/.test(wrong)));
});
