/*
 * Where the search page is: in a folder or on a stick it answers as it does from a server, and it asks nobody else anything.
 */
"use strict";
const assert = require("node:assert");
const {sees} = require("./browser.js");
const {serve} = require("./site.js");
const {ask, type, box, settled, seen, finds} = require("./searching.js");

const SCRIPT = "theme/search.js", SHOP = "样品村早点铺", FIRM = "样例县示例食品有限公司";

const QUERIES = ["示例", FIRM, "样例县示列食品有限公司", "樣例縣示例食品有限公司", "yangpincunzaodianpu", "EM013U", "不合格 酱油", "投诉举报", "霹雳飞天猪",
  "样市监处罚〔2025〕44号", "张村卤味"];

sees("from its folder the page finds what it finds from a server", [SCRIPT, 'location.protocol !== "file:"', "true"], async (page, site) => {
  const server = await serve(site.folder), served = await page.context().newPage();
  try {
    for (const query of QUERIES) {
      const there = await ask(page, site, query), here = await ask(served, {open: address => served.goto(server.origin + address)}, query);
      assert.deepEqual(there, here, query);
    }
    assert.ok((await ask(page, site, QUERIES[0])).hits.length > 20);
  } finally {
    await server.close();
  }
}, {isFolder: true});

sees("from its folder one types, chooses and goes back as well", [SCRIPT, "", "window.addEventListener('popstate', event => event.stopImmediatePropagation(), true);\n"],
  async (page, site) => {
    const first = await ask(page, site, {q: "有限公司", kind: "enterprises"});
    await page.locator("nav.pager a", {hasText: "下一页"}).click();
    await settled(page);
    assert.notDeepEqual((await seen(page)).hits, first.hits);
    await page.goBack();
    await settled(page);
    assert.deepEqual(await seen(page), first);
    finds(await type(page, SHOP), SHOP);
    await page.locator("#results li > a").first().click();
    await page.waitForURL(/enterprises\/.+\.html$/);
  }, {isFolder: true});

// One visit, and three things that must not happen in it.
async function visit(page, site) {
  finds(await type(page, FIRM), FIRM);
  await ask(page, site, {q: "有限公司", kind: "enterprises"});
  await page.locator("#facets summary").first().click();
  await page.locator("#facets details[open] a").first().click();
  await settled(page);
  await ask(page, site, "樣例縣示列食品有限公司");
  await ask(page, site, FIRM);
  await page.locator("#results li > a").first().click();
  await page.waitForURL(/enterprises\/.+\.html$/);
}

sees("no error stands in the console", [SCRIPT, "", "console.error('an error');\n"], visit);
sees("no other host is asked", [SCRIPT, "", "new Image().src = 'https://example.org/count.png';\n"], visit, {policy: ""});
sees("the strictest policy is kept", [SCRIPT, "", "document.documentElement.setAttribute('style', 'color: red');\n"], visit);
sees("no answer is missing", [SCRIPT, "", "fetch('search/none.js');\n"], visit);

sees("before the first query little is sent, and nothing twice", [SCRIPT, "", "fetch('search/fold.js'); fetch('data/visits.json');\n"], async (page, site) => {
  await box(page).waitFor();
  await page.waitForLoadState("networkidle");
  const before = site.server.sent();
  assert.ok(before.bytes < 40000 && before.requests < 8, JSON.stringify(before));
  await type(page, FIRM);
  const first = site.server.sent();
  assert.ok(first.bytes < 64000, JSON.stringify(first));
  await type(page, FIRM);
  assert.equal(site.server.sent().requests, 0, "asked again for what it had");
});
