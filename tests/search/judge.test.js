/*
 * The judge of the search: what it reads of a site, which pages it calls right, and that the committed sets hold what they must.
 */
"use strict";
const test = require("node:test");
const assert = require("node:assert");
const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");
const {readSite, readQueries, rightPages, isNowhere, plain, toTraditional} = require("./judged/site.js");

const BASE = "https://spaq.example.gov.cn/gongshi/";

// A site of three pages, as small as one can be.
function smallSite(run) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "judge-"));
  const write = (name, text) => {
    fs.mkdirSync(path.dirname(path.join(folder, name)), {recursive: true});
    fs.writeFileSync(path.join(folder, name), text);
  };
  write("index.html", `<link rel="canonical" href="${BASE}">`);
  write("data/regions.json", JSON.stringify([{id: "9901", code: "9901", name: "示范市"}]));
  write("data/enterprises.json", JSON.stringify([{id: "E1", url: BASE + "enterprises/E1.html", name: "示范市乐味面馆", uscc: "92990101MA0GBP974J",
    region: "9901", address: "示范路1号", legal_rep: "曾示例", sector: "catering"}]));
  write("data/samples.json", JSON.stringify([{id: "S1", url: BASE + "sampling/S1.html", name: "鲫鱼", food_name: "鲫鱼", enterprise: "E1", items: [{item: "镉"}]},
    {id: "S2", food_name: "韭菜", enterprise: "E1"}]));
  write("articles/a.html", "<h1>铝从哪里来</h1><article><p class=\"meta\">发布</p><p>油条里的铝。</p><nav>目录</nav><p>膨松剂&amp;明矾</p></article>");
  write("articles/index.html", "<h1>文章</h1>");
  try {
    run(readSite(folder));
  } finally {
    fs.rmSync(folder, {recursive: true});
  }
}

const paths = (site, right) => rightPages(site, right).map(page => page.path);

test("a record without a page, and a list of pages, are no pages", () => smallSite(site =>
  assert.deepStrictEqual(site.pages.map(page => page.path), ["articles/a.html", "enterprises/E1.html", "sampling/S1.html"])));

test("a page is right when its texts of the scopes have every word", () => smallSite(site => {
  assert.deepStrictEqual(paths(site, {have: ["鲫鱼", "乐味"]}), ["sampling/S1.html"]);
  assert.deepStrictEqual(paths(site, {have: ["示范路"], in: ["title"]}), []);
  assert.deepStrictEqual(paths(site, {have: ["示范路"], in: ["address"]}), ["enterprises/E1.html"]);
  assert.deepStrictEqual(paths(site, {have: ["面馆"], in: ["title"], how: "whole"}), []);
  assert.deepStrictEqual(paths(site, {have: ["bp974j"], in: ["code"], how: "end"}), ["enterprises/E1.html"]);
  assert.deepStrictEqual(paths(site, {have: ["油条里的铝"]}), ["articles/a.html"]);
  assert.deepStrictEqual(paths(site, {have: ["目录"]}), []);
}));

test("a page is right when its title sounds so, by any reading, one character after another", () => smallSite(site => {
  assert.deepStrictEqual(paths(site, {sounds: "leweimianguan"}), ["enterprises/E1.html"]);
  assert.deepStrictEqual(paths(site, {sounds: "yuewei"}), ["enterprises/E1.html"]);
  assert.deepStrictEqual(paths(site, {sounds: "shishi"}), []);
  assert.deepStrictEqual(paths(site, {initials: "lwmg"}), ["enterprises/E1.html"]);
}));

test("nowhere is what no page answers, in letters too", () => smallSite(site => {
  for (const query of ["味面", "鲫鱼 镉", "jiyu", "sfslw", "膨松剂 油条"]) assert.ok(!isNowhere(site, query), query);
  for (const query of ["味馆", "鲫鱼 铝", "jiyue", "lwsf", "92990101MA0GBP974K"]) assert.ok(isNowhere(site, query), query);
}));

test("texts are compared in one width, one case and simplified", () => {
  assert.strictEqual(plain("樣市監罰〔２０２６〕Ａ號"), "样市监罚2026a号");
  assert.strictEqual(toTraditional("样板镇面馆"), "樣板鎮麵館");
});

test("both sets have queries enough of every kind, none twice in a kind, and names that are nowhere", () => {
  for (const set of ["demo", "prefecture"]) {
    const kinds = new Map();
    for (const {kind, query, right} of readQueries(set)) {
      const queries = kinds.get(kind) || kinds.set(kind, new Set()).get(kind);
      assert.ok(!queries.has(query), kind + ": " + query);
      assert.strictEqual(right === null, kind.startsWith("nowhere"), query);
      queries.add(query);
    }
    assert.ok(kinds.size > 25, set);
    kinds.forEach((queries, kind) => assert.ok(queries.size >= 12, set + " " + kind));
  }
});
