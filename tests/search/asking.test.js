/*
 * Asking, docs/search.md, section 7: records made up here are written as an index in memory and searched.
 * Not here: the page, and the index that the program writes.
 */
"use strict";
const test = require("node:test");
const assert = require("node:assert");
const core = require("./script.js");
const {writeIndex} = require("./write-index.js");

const READINGS = {"老": ["lao"], "王": ["wang"], "豆": ["dou"], "腐": ["fu"], "店": ["dian"], "张": ["zhang"], "三": ["san"],
  "重": ["zhong", "chong"], "庆": ["qing"], "小": ["xiao"], "面": ["mian"], "女": ["nv"], "儿": ["er"], "红": ["hong"]};
const LEVELS = [["A", "包保A级"], ["B", "包保B级"], ["C", "包保C级"], ["D", "包保D级"]];
const REGIONS = [["990101", "样例县"], ["990102", "示范区"]];

// Many like ones, and some that the tests look for.
function enterprises(many) {
  const all = [];
  for (let i = 0; i < many; i++) {
    const name = "示例" + "赵钱孙李周吴郑冯陈楚"[i % 10] + "家" + "甲乙丙丁戊己庚辛"[i % 8] + ["包子", "面条", "酱油"][i % 3] + "店";
    all.push({path: "enterprises/" + i + ".html", title: name, place: REGIONS[i % 2][1], region: REGIONS[i % 2][0],
      facets: {level: "ABCD"[i % 4]}, values: [["统一社会信用代码", "91990100MA" + String(100000 + i) + "XX"], ["法定代表人", "冯" + "甲乙丙"[i % 3]]]});
  }
  const one = (id, title, code, person) => all.push({path: "enterprises/" + id + ".html", title, place: "样例县", region: "990101",
    facets: {level: "A"}, values: [["统一社会信用代码", code], ["法定代表人", person]]});
  one("tofu", "老王豆腐店", "92990101MA0000AAA1", "王小二");
  one("noodles", "重庆小面（样板）ABC店", "92990101MA0000AAA2", "李女儿");
  one("wine", "女儿红酒坊", "92990101MA0000AAA3", "张三");
  return all;
}

function portal(many = 60) {
  return writeIndex({regions: REGIONS, readings: READINGS, table: new Map([["麵", "面"], ["慶", "庆"], ["縣", "县"]]), kinds: [
    {key: "enterprises", name: "食品生产经营主体", fields: ["统一社会信用代码", "法定代表人"], codes: ["统一社会信用代码"],
      facets: [{key: "level", name: "包保等级", values: LEVELS}], records: enterprises(many)},
    {key: "cadres", name: "包保干部", fields: ["单位"], records: [
      {path: "cadres/1.html", title: "张三", values: [["单位", "样例县老王村"]]},
      {path: "cadres/2.html", title: "张三丰", values: []}]},
    {key: "articles", name: "文章", fields: ["正文"], sounded: false, records: [
      {path: "articles/1.html", title: "口袋书怎么用", prose: ["随身带好口袋书，先看职责再看流程。", "第二节讲豆腐坊的检查。口袋书附有清单。"]}]},
  ]});
}

async function ask(query, state = {}, index = portal()) {
  const searcher = core.createSearcher(index.load), answer = await searcher.search(query, state);
  const found = {};
  answer.results.forEach(({about, hits}) => { found[about.key] = hits.map(({record}) => record[1]); });
  return Object.assign(answer, {found, searcher, index});
}

const first = answer => answer.results.length ? answer.results[0].hits[0].record[1] : null;

test("what a query means is found, whichever way it is written", async () => {
  const tofu = "老王豆腐店", noodles = "重庆小面（样板）ABC店";
  const cases = [
    [tofu, tofu], ["王豆", tofu], ["老王豆腐", tofu], [" 老王　豆腐 ", tofu], ["豆腐 王小二", tofu], ["样例县 豆腐店", tofu],
    ["laowangdoufudian", tofu], ["laowang", tofu], ["LAO WANG", tofu], ["lwdf", tofu], ["wdf", tofu],
    ["92990101MA0000AAA1", tofu], ["92990101ma0000aaa1", tofu], ["00AAA1", tofu], ["９２９９０１０１ＭＡ００００ＡＡＡ１", tofu], ["MA0000AAA1", tofu],
    ["小面样板", noodles], ["abc", noodles], ["ABC店", noodles], ["chongqing", noodles], ["zhongqing", noodles], ["重慶小麵", noodles], ["樣", null],
    ["lao wang dou fu dian", tofu], ["nverhong", "女儿红酒坊"], ["nüerhong", "女儿红酒坊"], ["口袋书", "口袋书怎么用"], ["职责再看", "口袋书怎么用"], ["坊", "女儿红酒坊"],
  ];
  for (const [query, title] of cases) {
    const answer = await ask(query);
    assert.equal(first(answer), title, query);
    assert.equal(answer.exact, title !== null, query);
    assert.equal(answer.near, false, query);
  }
});

test("one character wrong, missing, too many or exchanged still finds, and is not called exact", async () => {
  for (const query of ["老网豆腐店", "老豆腐店", "老王小豆腐店", "老豆王腐店", "老王都腐", "92990101MA0000ABA1", "样例县老王豆腐", "laowang豆腐", "豆腐店老王", "豆腐样例县", "老王豆腐dian"]) {
    const answer = await ask(query);
    assert.equal(first(answer), "老王豆腐店", query);
    assert.deepEqual([answer.exact, answer.near], [false, true], query);
    assert.ok(answer.results.every(({hits}) => hits.every(({rank}) => rank > 4)), query);
  }
});

test("a name that is nowhere never looks found", async () => {
  const queries = ["不存在", "火星食品研究所", "13800001111", "zzz", "qqqqqq", "王豆老", "😀", "ab", "龘", "甲乙丙丁戊", "老王豆腐店长", "xyzzy店", "wanglaodou", "lao wang wang", "wldf", "lao dou"];
  for (const query of queries) {
    const answer = await ask(query);
    assert.equal(answer.exact, false, query);
    if (!answer.near) assert.deepEqual(answer.results, [], query);
  }
});

test("an empty query asks for nothing", async () => {
  for (const query of ["", "   ", "……", "（）"]) {
    const answer = await ask(query);
    assert.deepEqual([answer.words, answer.results, answer.exact], [[], [], false]);
    assert.deepEqual(answer.index.asked, ["index"]);
  }
});

test("titles equal to the query come first, then those that begin with it, contain it, and other values", async () => {
  const index = writeIndex({kinds: [{key: "k", name: "k", fields: ["说明"], records: [
    {path: "4", title: "丁", values: [["说明", "老王豆腐"]]}, {path: "3", title: "示例老王豆腐", values: []},
    {path: "2", title: "老王豆腐分店", values: []}, {path: "5", title: "老王豆腐坊", values: []}, {path: "1", title: "老王豆腐", values: []}]}]});
  const answer = await ask("老王豆腐", {}, index);
  assert.deepEqual(answer.results[0].hits.map(({record}) => record[0]), ["1", "5", "2", "3", "4"]);
});

test("the kind with the better hit comes first", async () => {
  const answer = await ask("张三");
  assert.deepEqual(Object.keys(answer.found), ["cadres", "enterprises"]);
  assert.deepEqual(answer.found.cadres, ["张三", "张三丰"]);
});

test("passages of one page count once", async () => {
  const answer = await ask("口袋书");
  const [articles] = answer.results;
  assert.deepEqual([articles.count, articles.hits.length], [1, 1]);
});

test("page one shows ten of a kind, a page of a kind twenty, and pages do not overlap", async () => {
  const index = portal(60), all = await ask("示例", {}, index);
  assert.deepEqual([all.results[0].count, all.results[0].hits.length], [60, 10]);
  const seen = new Set();
  for (const page of [1, 2, 3]) {
    const {results: [result]} = await ask("示例", {kind: "enterprises", page}, index);
    assert.equal(result.hits.length, 20);
    result.hits.forEach(({record}) => seen.add(record[0]));
  }
  assert.equal(seen.size, 60);
  const beyond = await ask("示例", {kind: "enterprises", page: "99"}, index);
  assert.deepEqual([beyond.exact, beyond.state.page], [true, 1]);
  const strange = await ask("示例", {kind: "nothing", page: "x", utm_source: "a"}, index);
  assert.equal(strange.results[0].hits.length, 10);
});

test("facets leave what they name", async () => {
  const index = portal(60);
  const region = await ask("示例", {region: "990102"}, index);
  assert.deepEqual([region.results[0].count, new Set(region.results[0].hits.map(({record}) => record[2])).size], [30, 1]);
  const both = await ask("示例", {region: "990102", level: "B", kind: "enterprises"}, index);
  assert.equal(both.results[0].count, 15);
  assert.ok(both.results[0].hits.every(({record}) => both.results[0].about.combos[record[3]][0] === 1));
  const none = await ask("示例", {level: "Z"}, index);
  assert.deepEqual([none.exact, none.outside, none.near], [false, true, false]);
});

test("a facet that is called like a part of the address does not disturb it", async () => {
  const records = [1, 2, 3].map(i => ({path: i + ".html", title: "示例" + "甲乙丙"[i - 1], values: [], facets: {kind: "ab"[i % 2]}}));
  const index = writeIndex({kinds: [{key: "k", name: "k", fields: [], facets: [{key: "kind", name: "类型", values: [["a", "甲类"], ["b", "乙类"]]}], records}]});
  const answer = await ask("示例", {kind: "k"}, index);
  assert.equal(answer.results[0].hits.length, 3);
  const chosen = await ask("示例", {kind: "k", [answer.results[0].about.facets[0].key]: "b"}, index);
  assert.equal(chosen.results[0].hits.length, 2);
});

test("long lists are read in parts, in the right order and to the end", async () => {
  const index = portal(3000);
  const all = await ask("示例", {}, index);
  assert.deepEqual([all.exact, all.results[0].count, all.results[0].open], [true, 3000, false]);
  assert.ok(index.asked.length < 12, index.asked.join());
  const last = await ask("示例", {kind: "enterprises", page: 50}, index);
  assert.equal(last.results[0].hits.length, 20);
  // Everyone is in the longest list; the other is in tiers as well.
  const two = await ask("示例 包子店", {kind: "enterprises", page: 2}, portal(3000));
  assert.equal(two.results[0].hits.length, 20);
  assert.ok(two.results[0].hits.every(({record}) => record[1].includes("包子店")));
  const far = await ask("示例 包子", {kind: "enterprises", region: "990102", level: "D"}, portal(3000));
  assert.equal(far.results[0].hits.length, 20);
  assert.ok(far.results[0].hits.every(({record}) => record[1].includes("包子") && record[2] === "示范区"));
});

test("a query asks for few files, each once", async () => {
  for (const query of ["老王豆腐店", "92990101MA0000AAA1", "laowangdoufu", "豆腐 王小二", "老网豆腐店", "火星食品研究所", "示例"]) {
    const {index} = await ask(query, {}, portal(3000));
    assert.equal(new Set(index.asked).size, index.asked.length, query);
    assert.ok(index.asked.length <= 45, query + ": " + index.asked.length);
  }
});

test("what could not be fetched is asked for again", async () => {
  const index = portal();
  let broken = true;
  const searcher = core.createSearcher((name, v) => broken && name !== "index" ? Promise.reject(new Error("offline")) : index.load(name, v));
  await assert.rejects(searcher.search("老王豆腐店", {}), /offline/);
  broken = false;
  assert.equal(first(await searcher.search("老王豆腐店", {})), "老王豆腐店");
});

test("texts of any make are texts only", async () => {
  const payloads = ["<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "javascript:alert(1)", "{{7*7}}", "${7*7}", "'; DROP TABLE x", "\\u003cscript", "__proto__", "constructor", "toString",
    "</title><svg/onload=alert(1)>", "\u202e\u0000\ud800", "%00%3Cscript%3E"];
  const index = writeIndex({kinds: [{key: "k", name: "k", fields: ["说明"],
    records: payloads.map((title, i) => ({path: i + ".html", title, place: title, values: [["说明", title]]}))}]});
  for (const payload of payloads) {
    const answer = await ask(payload, {kind: payload, [payload]: payload, page: payload}, index);
    answer.results.forEach(({hits}) => hits.forEach(({record}) => {
      for (const text of [record[1], record[4][1]]) {
        assert.equal(core.markedParts(text, answer.words, null).map(([part]) => part).join(""), text);
      }
    }));
    if (answer.words.length) assert.ok(answer.exact, payload);
  }
});
