/*
 * The search page of the finished demo portal in a real browser, from a server and from a folder: what a person does there.
 * GONGSHI_SITE says where the site is (site/ when it is not set), GONGSHI_AXE where axe.min.js is, if that shall run.
 */
"use strict";
const test = require("node:test");
const assert = require("node:assert");
const fs = require("node:fs");
const path = require("node:path");
const {pathToFileURL} = require("node:url");
const {chromium, launch, serve} = require("./chromium.js");

const site = path.resolve(process.env.GONGSHI_SITE || path.join(__dirname, "../../site"));
const skip = !fs.existsSync(path.join(site, "search/index.js")) ? "no site; cargo run -- build" : chromium() ? false : "no Chromium";

const HITS = "Array.from(document.querySelectorAll('#results li > a[href]'), link => link.textContent)";
const DONE = "document.querySelector('#status[data-exact]') !== null";
const EXACT = "document.querySelector('#status').getAttribute('data-exact')";
const SAID = "document.querySelector('#status').textContent";

for (const way of ["http", "file"]) {
  test("the search page works over " + way, {skip}, async t => {
    const server = way === "http" ? await serve(site) : null, browser = await launch();
    t.after(async () => {
      await browser.close();
      if (server) server.close();
    });
    const root = server ? server.address : pathToFileURL(site).href + "/";
    const pages = [];
    // One page at a time: what lies in the background is slowed down.
    const opened = async address => {
      await Promise.all(pages.splice(0).map(page => page.close()));
      const page = await browser.page();
      pages.push(page);
      await page.ask("Emulation.setDeviceMetricsOverride", {width: 320, height: 640, deviceScaleFactor: 1, mobile: true});
      await page.open(root + address);
      return page;
    };
    const asked = async query => {
      const page = await opened("search.html?" + new URLSearchParams(query));
      await page.until(DONE);
      return page;
    };
    const click = (page, selector) => page.value(`document.querySelector(${JSON.stringify(selector)}).click()`);

    await t.test("the box in the header leads there", async () => {
      const page = await opened("index.html"), done = page.loaded();
      await page.value("document.querySelector('header form').elements.q.value = '示例'; document.querySelector('header form button').click()");
      await done;
      await page.until(DONE);
      assert.ok((await page.value(HITS)).length >= 10);
      assert.deepEqual(page.errors, []);
    });

    await t.test("results come as one types, and the focus stays in the box", async () => {
      const page = await opened("search.html");
      await page.value("document.querySelector('#q').focus()");
      await page.type("示");
      await page.type("例");
      await page.until(DONE);
      assert.equal(await page.value("document.activeElement.id"), "q");
      assert.equal(await page.value("new URLSearchParams(location.search).get('q')"), "示例");
      assert.ok((await page.value(HITS)).some(title => title.includes("示例")));
      assert.equal(await page.value("document.querySelectorAll('#results mark').length > 0"), true);
      await page.value("document.querySelector('#q').value = ''");
      await page.type("不存在的名称");
      await page.until(`${DONE} && ${EXACT} === 'false'`);
      assert.ok((await page.value(SAID)).includes("不存在的名称"));
      assert.equal(await page.value("document.querySelector('#browse').hidden"), false);
      assert.deepEqual(page.errors, []);
    });

    await t.test("nothing is asked while characters are being composed", async () => {
      const page = await opened("search.html");
      await page.value("document.querySelector('#q').focus()");
      await page.ask("Input.imeSetComposition", {text: "shili", selectionStart: 5, selectionEnd: 5});
      await new Promise(resolve => setTimeout(resolve, 500));
      assert.equal(await page.value(SAID), "");
      await page.type("示例");
      await page.until(DONE);
      assert.equal(await page.value(EXACT), "true");
    });

    await t.test("facet, kind, page, back, and a result", async () => {
      const page = await asked({q: "示例"}), all = await page.value(HITS);
      await click(page, "#facets details summary");
      await page.until("document.querySelector('#facets details ul a') !== null");
      await click(page, "#facets details ul a");
      await page.until(`${DONE} && new URLSearchParams(location.search).has('region')`);
      assert.equal(await page.value("document.activeElement.id"), "status");
      assert.ok((await page.value(HITS)).length > 0);
      await page.value("history.back()");
      await page.until(`${DONE} && !new URLSearchParams(location.search).has('region')`);
      assert.deepEqual(await page.value(HITS), all);
      await click(page, "#results .more a");
      await page.until(`${DONE} && new URLSearchParams(location.search).has('kind')`);
      const first = await page.value(HITS);
      assert.equal(first.length, 20);
      await click(page, ".pager a");
      await page.until(`${DONE} && new URLSearchParams(location.search).get('page') === '2'`);
      const second = await page.value("Array.from(document.querySelectorAll('#results li > a'), link => link.href)");
      assert.ok(second.length > 0);
      await page.value("history.back()");
      await page.until(`${DONE} && !new URLSearchParams(location.search).has('page')`);
      assert.deepEqual(await page.value(HITS), first);
      const done = page.loaded();
      await click(page, "#results li > a");
      await done;
      assert.equal(await page.value("document.querySelector('h1').textContent.length > 0"), true);
      assert.deepEqual(page.errors, []);
    });

    await t.test("Enter goes into the history", async () => {
      const page = await opened("search.html");
      await page.value("document.querySelector('#q').focus()");
      await page.type("示例");
      await page.press("Enter", 13);
      await page.until(DONE);
      assert.equal(await page.value("history.length > 2"), true);
    });

    await t.test("no text of a query runs or becomes markup", async () => {
      for (const text of ["<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "javascript:alert(1)", "<svg onload=alert(1)>", "'-alert(1)-'"]) {
        const page = await asked({q: text, kind: text, region: text, level: text, page: text, [text]: text});
        assert.equal(await page.value("document.querySelectorAll('main script, main img, main svg').length"), 0);
        assert.equal(await page.value("document.querySelector('#q').value"), text);
        assert.deepEqual(page.errors, []);
      }
    });

    await t.test("nothing is wider than a small phone, and every target is large enough", async () => {
      for (const query of [{q: "示例"}, {q: "示例", kind: "enterprises"}, {q: "示列区"}, {q: "无".repeat(60)}]) {
        const page = await asked(query);
        await page.value("document.querySelectorAll('details').forEach(details => { details.open = true; })");
        assert.equal(await page.value("document.documentElement.scrollWidth <= innerWidth"), true, JSON.stringify(query));
        const small = await page.value("Array.from(document.querySelectorAll('main a, main button, main summary')).filter(one => one.getClientRects().length && one.getBoundingClientRect().height < 43.5).map(one => one.outerHTML)");
        assert.deepEqual(small.filter(one => !one.includes("crumbs")), []);
      }
    });

    await t.test("without scripts the page offers its indexes", async () => {
      const page = await browser.page();
      await page.ask("Emulation.setScriptExecutionDisabled", {value: true});
      await page.open(root + "search.html?q=" + encodeURIComponent("示例"));
      assert.ok(await page.value("document.querySelectorAll('#browse a').length") > 5);
      assert.ok(await page.value("document.querySelector('noscript') !== null"));
    });

    const axe = process.env.GONGSHI_AXE;
    await t.test("axe finds nothing", {skip: axe ? false : "GONGSHI_AXE is not set"}, async () => {
      for (const query of [{q: "示例"}, {q: "示例", kind: "enterprises"}, {q: "示列区"}, {q: "不存在的名称"}, {}]) {
        const page = await opened("search.html?" + new URLSearchParams(query));
        if (query.q) await page.until(DONE);
        await page.value(fs.readFileSync(axe, "utf8") + ";0");
        const found = await page.value("axe.run(document, {resultTypes: ['violations'], preload: false}).then(({violations}) => violations.map(one => one.id + ': ' + one.nodes[0].html))");
        assert.deepEqual(found, [], JSON.stringify(query));
      }
    });

    if (server) {
      await t.test("little is sent, and what fails can be tried again", async () => {
        server.sent.length = 0;
        const page = await opened("search.html");
        await page.ask("Network.setCacheDisabled", {cacheDisabled: true});
        await page.until("performance.getEntriesByType('resource').some(one => one.name.includes('search/index.js'))");
        const before = server.sent.reduce((sum, [, bytes]) => sum + bytes, 0);
        assert.ok(before < 40 * 1024, before + " bytes before the first query");
        await page.ask("Network.emulateNetworkConditions", {offline: true, latency: 0, downloadThroughput: 0, uploadThroughput: 0});
        await page.value("document.querySelector('#q').focus()");
        await page.type("示例");
        await page.until("document.querySelector('#results .more a') !== null");
        assert.equal(await page.value(DONE), false);
        assert.equal(await page.value("document.querySelector('#browse').hidden"), false);
        await page.ask("Network.emulateNetworkConditions", {offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: -1});
        await click(page, "#results .more a");
        await page.until(DONE);
        assert.equal(await page.value(EXACT), "true");
      });
    }
  });
}
