/*
 * A county where everything is at its edge: one record of each kind with what it must have and nothing else, and one as long as
 * they come; what expired and what was withdrawn. And an office that has published nothing yet.
 *
 * Out: the folders of the two sites, built once each, and the addresses of their pages. Not here: what is measured.
 */
"use strict";
const fs = require("node:fs");
const path = require("node:path");
const {ROOT, scratch, build} = require("./site.js");

const DAY = "2026-11-22", COUNTY = "990101", CODE = "91990101MA0GA4RF10", ORGAN = "样例县食品安全委员会办公室";

// A text of so many characters, part of it in Latin letters, which break elsewhere.
const long = (size, begin = "") => (begin + "样例县演示镇示例村第一食品生产加工销售餐饮服务连锁Wholesale&Retail集团股份有限责任公司".repeat(Math.ceil(size / 20))).slice(0, size);

const NAME = long(58) + "分店", WORD = "W".repeat(40);

const portal = {
  name: "样例县食品安全公示平台", organ: ORGAN, region: COUNTY, authority: "county", base_url: "https://spaq.example.gov.cn/",
  site: {name: "样例县人民政府", domain: "www.example.gov.cn", id_code: "9901010001"}, contact: {phone_office: "0000-1234567"}, hotline: "12315",
  columns: [{id: "notices", name: "通知公告", type: "信息公开", description: "通知和公告", keywords: ["通知"]}], as_of: DAY, privacy: {id_prefixes: ["99"]},
};

const regions = [
  {code: "9901", name: "示范市", level: "city"},
  {code: COUNTY, name: "样例县", level: "county", population: 410000},
  {code: "990101101", name: "镇", level: "township"},
  {code: "990101102", name: long(30), level: "township", station: {org: long(30), name: long(30), phone_office: "0000-2345678"}},
].concat(Array.from({length: 60}, (_, i) => ({code: "990101101" + (201 + i), name: i ? "第" + i + "村" : long(24) + "村", level: "village"})));

const cadres = [
  {id: "short", name: "张", level: "township", org: "镇", post: "员", region: "990101101", pledge: {signed_on: "2026-01-08"}, from: "2026-01-01"},
  {id: "long", name: "示例·" + "样张".repeat(8), level: "county", org: long(40), post: long(40), region: COUNTY, phone_office: "0000-3456010-88888",
    party_gov: "government", pledge: {signed_on: "2026-01-08"}, from: "2023-01-01"},
  {id: "left", name: "李样张", level: "village", org: "示例村", post: "主任", region: "990101101201", from: "2024-01-01", to: "2025-12-31"},
];

// Three years of visits, four or five a quarter: more than one page holds.
const visits = Array.from({length: 55}, (_, i) => {
  const month = 1 + i % 11, date = `${2024 + Math.floor(i / 19)}-${String(month).padStart(2, "0")}-${String(1 + i % 19).padStart(2, "0")}`;
  const problems = i % 3 ? [] : [{text: "台账缺页", due: "2026-11-20", closed_on: date}];
  return Object.assign({id: "v-" + i, enterprise: CODE, cadre: "long", date, mode: ["onsite", "video", "meeting"][i % 3]}, problems.length ? {problems} : {});
});

const enterprises = [
  {id: "short", name: "店", coverage_level: "D", sector: "catering", status: "suspended", region: "990101101201", address: "村"},
  {id: "closed", name: NAME, coverage_level: "D", sector: "sales", status: "closed", region: "990101101201", address: "村"},
  {uscc: CODE, name: NAME, coverage_level: "B", coverage_criterion: long(60), sector: "production", business_type: long(30),
    special_food: ["health", "medical", "infant"], chain: {role: "head", brand: WORD}, status: "suspended", region: "990101102", address: long(80), grid: long(20),
    online: [1, 2].map(() => ({platform: WORD, shop: long(40), url: "https://example.gov.cn/" + "a".repeat(90)})), contractor: {name: long(50)},
    licences: ["SC12499010100354", "SC12499010100354"].map((licence_no, i) => ({licence_no, issued: "2021-04-03", valid_to: i ? "2026-04-01" : "2026-04-02", issuer: long(24), scope: long(90)})),
    legal_rep: "示例·" + "样张".repeat(8), principal: "李示例", fs_director: {name: "王" + "样".repeat(12), phone_office: "0000-7650259-88888"},
    fs_officers: Array.from({length: 6}, (_, i) => ({name: "赵示例" + "甲乙丙丁戊己"[i], phone_office: "0000-765026" + i})),
    covered_by: [{cadre: "left", role: "lead", from: "2024-01-01", to: "2025-12-31"}, {cadre: "long", role: "lead", from: "2026-01-01", basis: "样食安委〔2026〕1号"}, {cadre: "short", role: "assist", from: "2026-01-01"}],
    risk_grade: {grade: "D", year: 2026}, catering_grade: {dynamic: "flat", annual: "C", date: "2026-09-09"}, open_kitchen: "online", trace_code: WORD,
    insurance: {insurer: long(30), valid_to: "2027-08-31"}, honours: [1, 2].map(() => ({title: long(40), level: long(20), date: "2025-01-01"}))},
];

const serial = i => "XBJ26990101" + String(i).padStart(9, "0");
const firm = {name: NAME, address: long(80)};
const items = [{item: long(40) + "（以" + WORD + "计）", value: "0.000000001234567890 mg/kg", limit: "≤0.0000000001 mg/kg（n=5，c=2，m=10⁴ CFU/g，M=10⁵ CFU/g）", method: long(40)}];
const ends = {requested_on: "2026-08-03", settled_on: "2026-08-20", result: "unqualified", note: long(60)};
const fullest = {sample_no: serial(1), food_name: long(50), conclusion: "unqualified", enterprise: CODE, producer: firm, category: long(20), subcategory: long(30), spec: long(30), brand: WORD,
  date_or_batch: {kind: "batch", batch: WORD}, sampled_on: "2026-07-01", reported_on: "2026-07-20", items: [1, 2, 3].map(() => items[0]), report_no: WORD, lab: long(40), task: long(30),
  stage: "production", note: long(80), retest: ends, objection: ends, correction: long(80)};

const sampling_notices = [
  {id: "short", notice_no: "1", date: "2026-09-01", organ: ORGAN, task: "监督抽检", samples: [{sample_no: serial(900), food_name: "盐", conclusion: "qualified"}, {sample_no: serial(901), food_name: "醋", conclusion: "unqualified"}]},
  {id: "long", notice_no: long(30), title: long(60), date: "2026-09-10", organ: long(30), task: "专项抽检", declared: {batches: 62, qualified: 59, unqualified: 3},
    categories: [{category: long(40), batches: 62, unqualified: 3}], problems: [1, 2].map(() => long(60)), measures: long(120), body: long(300), disclaimer: "抽检结果仅指本次抽检批次和所检项目。" + long(90),
    samples: [fullest, {...fullest, sample_no: serial(2)}, {...fullest, sample_no: serial(3)}].concat(Array.from({length: 59}, (_, i) => ({sample_no: serial(10 + i), food_name: i ? "第" + i + "种" : long(50), conclusion: "qualified", sampled: firm})))},
];

const disposals = [{sample: serial(1), organ: long(30), status: "closed", published_on: "2026-10-01", control: {stock: {qty: 123456.789, unit: long(10)}, sold: {qty: 0, unit: "kg"}, recalled: {qty: 1, unit: "kg"}},
  cause: long(120), rectification: long(120), recheck: {date: "2026-09-30", result: "qualified"}, penalty: "long"}];

const doc = n => `样市监处罚〔2026〕${n}号`;
const least = {breach: "无证", kinds: ["fine"], content: "罚款", organ: "局", decided_on: "2026-09-01", published_on: "2026-09-10", severity: "ordinary", publish_until: "2027-08-31"};
const penalties = [
  {id: "short", doc_no: doc(1), party: {name: "店"}, ...least},
  {id: "long", doc_no: doc(2), party: {name: NAME, uscc: CODE}, ...least, breach: long(200), kinds: ["warning", "criticism", "fine", "confiscate", "downgrade", "suspend", "restrict", "revoke"], content: long(300),
    fine: 123456789.5, confiscated: 98765432.1, basis: long(120), decision_url: "https://example.gov.cn/" + "b".repeat(120), organ: long(40), publish_until_basis: long(60)},
  {id: "expired", doc_no: "样市监处罚〔2025〕3号", party: {name: "某店", uscc: "92990102MA0TE5T24W"}, ...least, decided_on: "2025-09-01", published_on: "2025-09-10", publish_until: "2026-08-31"},
];

const listing = {ground: {text: "无证"}, penalty: {doc_no: doc(1)}, decision: {doc_no: "样市监列严〔2026〕1号", organ: "局", date: "2026-05-01"}, listed_on: "2026-05-01", regime: "samr44", publish_until: "2029-04-30"};
const blacklist = [
  {id: "short", party: {name: "店"}, ...listing},
  {id: "long", party: {name: NAME, uscc: CODE}, ...listing, legal_rep: "示例样张", ground: {text: long(200), code: "food-safety"}, penalty: {doc_no: doc(2), organ: long(40), date: "2026-04-01", kind: ["fine", "revoke"], summary: long(200)},
    measures: [1, 2, 3].map(() => long(60)), severity: "serious", publish_until_basis: long(60)},
  {id: "withdrawn", party: {name: "某店", uscc: "92990102MA0TE5T24W"}, ...listing},
];

const ledgers = {
  regions, cadres, enterprises, visits, sampling_notices, disposals, penalties, blacklist,
  withdrawals: [{kind: "blacklist", id: "withdrawn", on: "2026-11-01", reason: long(80), doc_no: "样市监移出〔2026〕1号"}],
  corrections: [{kind: "sampling_notices", id: "long", field: "规格", was: long(60), now: long(60), on: "2026-10-08", reason: long(80)}],
  statements: [{id: "st", enterprise: CODE, about: {kind: "penalty", id: "long"}, text: long(300), date: "2026-09-20"}],
  recalls: [{id: "short", product: "糕", producer: "店", batches: ["1"], level: 3, reason: "霉", known_on: "2026-06-02", started_on: "2026-06-03"},
    {id: "long", product: long(50), producer: NAME, enterprise: CODE, batches: Array.from({length: 30}, (_, i) => "202606" + (10 + i) + WORD), level: 1, reason: long(200), known_on: "2026-06-02", started_on: "2026-06-02", scope: long(100),
      refund: long(200), contact_office: "0000-2345601", progress: [1, 2].map(() => ({date: "2026-06-05", text: long(100)})), finished_on: "2026-06-12"}],
  departments: [{id: "d", name: "局"}, {id: "long", name: long(40), duties: long(200), phone_office: "0000-2345699"}],
  plans: [{id: "short", title: "案", issuer: "局", date: "2026-09-01"},
    {id: "long", title: long(60), issuer: long(40), date: "2026-01-01", phases: [1, 2].map(i => ({name: long(20), from: `2026-0${i}-01`, to: `2026-0${i}-28`})),
      tasks: Array.from({length: 30}, (_, i) => ({id: "long-" + i, no: String(i + 1), text: long(60), phase: long(20), lead: [long(40)], support: ["局"], due: i % 2 ? "2026-01-31" : "2026-12-31", ...(i % 4 ? {} : {done_on: "2026-01-20"})}))}],
  questions: [{id: "short", type: "judge", stem: "对？", answer: ["right"]},
    {id: "long", type: "multi", stem: long(200), options: {A: long(60), B: long(60), C: WORD, D: "是"}, answer: ["A", "B"], explain: long(200), basis: long(60)}],
  self_checks: [{id: "short", title: "自查", enterprise: "short", year: 2026, checked_on: "2026-10-08", submitted_on: "2026-10-15", items: 1, wrong: 0, mended: 0, conclusion: "ok"},
    {id: "long", title: long(60), enterprise: CODE, year: 2026, checked_on: "2026-10-08", submitted_on: "2026-10-15", items: 60, wrong: 3, mended: 1, conclusion: "mending", problems: [1, 2, 3].map(() => long(120))}],
};

const TABLE = "\n| " + Array.from({length: 9}, (_, i) => "列" + i).join(" | ") + " |\n|" + "---|".repeat(9) + "\n| " + Array.from({length: 9}, () => long(24)).join(" | ") + " |\n";
const PROSE = `\n## ${long(40)}\n\n${long(200)}。${WORD}${WORD}\n\n### ${WORD}\n${TABLE}\n1. ${long(60)}\n   - ${long(60)}\n\n> [!WARNING]\n> ${long(80)}\n\n    ${WORD}${WORD}${WORD}\n\n[${long(60)}](https://example.gov.cn/${"c".repeat(90)})[^1]\n\n[^1]: ${long(90)}\n`;

const text = (fields, body) => "---\n" + JSON.stringify(fields) + "\n---\n" + body;
const told = {published: "2026-11-20 09:00", source: "局", summary: "略"};
const book = {title: "书", edition: 1, date: "2026-09-01", issuer: "局"};
const files = {
  "ledgers/all.yaml": JSON.stringify(ledgers),
  "articles/notices/short.md": text({title: "文", ...told}, "一。\n"),
  "articles/notices/long.md": text({title: long(60), ...told, source: long(40), summary: long(120), author: long(20), regions: [COUNTY]}, PROSE),
  "pages/short.md": text({title: "页"}, "一。\n"),
  "pages/long.md": text({title: long(40)}, PROSE),
  "books/short/book.yaml": JSON.stringify(book),
  "books/short/01-one.md": text({title: "章"}, "一。\n"),
  "books/long/book.yaml": JSON.stringify({...book, title: long(60), issuer: long(40), summary: long(200), audience: {cadre_level: ["city", "county", "township", "village"]},
    checklists: [1, 2].map(seq => ({seq, text: long(80), how: long(80), basis: long(80), sector: ["sales"]})), flow: [{name: long(20), text: long(100)}], faq: [{q: long(60), a: long(200)}],
    laws: [{title: long(40), article: long(20), text: long(200)}], contacts: [{org: long(40), name: "张示例", phone_office: "0000-1234567"}],
    forms: [{name: long(40), text: long(100), blanks: [long(20), "店"], columns: [long(20), "二", "三", "四"], items: [long(40)], rows: 20, sign: [long(16)]}]}),
  "books/long/00-letter.md": text({title: long(40), part: "letter"}, PROSE),
  "books/long/01-one.md": text({title: long(50), summary: long(100), level: ["city", "county"], key_points: [1, 2].map(() => long(80))}, PROSE),
  "books/long/02-two.md": text({title: long(50)}, "二。\n"),
};

function made(files) {
  const project = scratch();
  for (const [name, content] of Object.entries(files)) {
    const place = path.join(project, "content", name);
    fs.mkdirSync(path.dirname(place), {recursive: true});
    fs.writeFileSync(place, content);
  }
  return build(project, "--theme", path.join(ROOT, "themes/default"));
}

const once = make => {
  let site = null;
  return () => { return site = site || make(); };
};

const edgeSite = once(() => made({"portal.yaml": JSON.stringify(portal), ...files}));
const emptySite = once(() => made({"portal.yaml": JSON.stringify({...portal, columns: []}), "ledgers/regions.yaml": JSON.stringify({regions: regions.slice(0, 2)})}));

// Every page that is at an edge: what it has, what it lacks, what became of it.
const EDGES = {
  shortest: ["enterprises/short", "cadres/short", "regions/990101101201", "sampling/short", "sampling/short/" + serial(901), "blacklist/short", "penalties/short", "recalls/short", "departments/d", "articles/notices/short",
    "pages/short", "books/short", "books/short/one", "plans/short", "questions/short", "self-checks/short"],
  longest: ["index", "enterprises/" + CODE, "enterprises/" + CODE + "-2", "enterprises/index", "cadres/long", "cadres/left", "regions/990101101", "regions/990101102", "sampling/long", "sampling/long/" + serial(1), "blacklist/long", "penalties/long",
    "recalls/long", "departments/long", "articles/notices/index", "articles/notices/long", "pages/long", "books/long", "books/long/one", "books/long/letter", "plans/long", "progress", "questions/index", "questions/long", "self-checks/long", "corrections", "data/index", "lists", "sitemap"],
  gone: ["penalties/expired", "blacklist/withdrawn", "enterprises/closed"],
};
const EMPTY = ["index", "progress", "search", "data/index", "feeds/index", "lists", "corrections", "sitemap"];

module.exports = {edgeSite, emptySite, EDGES, EMPTY};
