/*
 * Chooses the judged queries of a built site by chance from a seed, and says for each which pages are right.
 *
 *     node tests/search/judged/make.js demo SITE          writes demo.jsonl beside this file
 *     node tests/search/judged/make.js prefecture SITE    writes prefecture.jsonl
 *     node tests/search/judged/make.js demo SITE 2 FILE   another set from another seed, to try
 *
 * In: a built site and topics.jsonl (prose topics by hand, which come first). Out: one query a line with its kind and what is right;
 * `right` is null where nothing may be claimed to be found. What is drawn stays, however hard it is; a kind has its own
 * seed, so that a new kind moves no other. Not here: how well any of it is found.
 */
"use strict";
const fs = require("fs"), path = require("path");
const {readSite, rightPages, isRight, isNowhere, plain, toTraditional, COMMON, SEARCHED} = require("./site.js");

const SIZE = 36, NOWHERE_SIZE = 24, TRIES = 4000;
const [, , set, folder, start = "", output = path.join(__dirname, set + ".jsonl")] = process.argv;
const site = readSite(folder), {pages} = site;
const chosen = fs.readFileSync(path.join(__dirname, "topics.jsonl"), "utf8").split("\n").filter(Boolean).map(JSON.parse)
  .filter(one => one.set === set).map(({query, right}) => ({kind: "topic", query, right}));
for (const {query, right} of chosen) if (!pages.some(page => isRight(page, right))) throw new Error("no page is right for " + query);

/* ---- Chance ---- */

let state = 1;

function seed(text) {
  state = Array.from(text).reduce((sum, char) => (sum * 131 + char.codePointAt(0)) % 2147483647, 7);
  for (let i = 0; i < 9; i++) below(2);
}

// Below `n`, by a multiplicative generator modulo 2^31 - 1.
function below(n) {
  state = state * 48271 % 2147483647;
  return Math.floor(state / 2147483647 * n);
}

const pick = list => list[below(list.length)];
const between = (least, most) => least + below(most - least + 1);

function part(text, least, most, from = 0) {
  const chars = Array.from(text), size = Math.min(chars.length - from, between(least, most)), at = from + below(chars.length - from - size + 1);
  return chars.slice(at, at + size).join("");
}

/* ---- What queries are made of ---- */

const isHan = char => /\p{Script=Han}/u.test(char);
const lists = Array.from(new Set(pages.map(({list}) => list)));
const byList = new Map(lists.map(list => [list, pages.filter(page => page.list === list)])), of = list => byList.get(list) || [];
const enterprises = of("enterprises").filter(({record}) => record.address), cadres = of("cadres"), samples = of("samples");
const others = lists.filter(list => !["enterprises", "cadres", "experts", "feast_cooks", "bans", "assessments"].includes(list));
const prose = pages.filter(({record}) => !record);
const titles = pages.map(page => ({page, bare: plain(page.title)}));
const pool = Array.from(new Set(titles.map(({bare}) => bare).join(""))).filter(isHan);
const homophones = char => pool.filter(other => other !== char && (COMMON.get(other) || []).some(reading => (COMMON.get(char) || []).includes(reading)));

// Three of five from enterprises, the others from all lists alike.
const titled = () => below(5) < 3 ? pick(of("enterprises")) : pick(of(pick(others)));
const longTitled = least => {
  for (;;) {
    const page = titled();
    if (Array.from(page.title).filter(isHan).length >= least) return page;
  }
};

const personsOf = ({texts}) => (texts.person || []).filter(text => /^\p{Script=Han}{2,4}$/u.test(text));
const placesOf = ({texts}) => (texts.place || []).slice(-3);
const withoutPlace = text => text.replace(/^.*?[市县区](?=.{3})/u, "");
const soundOf = text => {
  const readings = Array.from(text, char => isHan(char) ? COMMON.get(char) : null);
  return readings.every(Boolean) ? readings.map(pick) : null;
};
const clauses = page => page.texts.prose.join("\n").split(/[^\p{L}\p{N}]+/u).filter(text => Array.from(text).every(isHan));
const segmenter = new Intl.Segmenter("zh", {granularity: "word"});
// One or two words of a text, of two characters or more each, that stand one after another.
function wordsOf(text) {
  const all = Array.from(segmenter.segment(text), ({segment}) => segment), at = below(all.length + 1);
  const words = all.slice(at, at + between(1, 2));
  return words.every(word => word.length > 1) ? words.join("") : "";
}

// Where in a text Chinese stands beside letters or digits.
const borderOf = text => Array.from(text).findIndex((char, i, all) => i > 0 && isHan(char) !== isHan(all[i - 1])
  && [char, all[i - 1]].every(one => /[\p{L}\p{N}]/u.test(one)));

// A part of a text that cuts no number or code, as people would.
function wholeRuns(text, start, end) {
  const isCut = at => at > 0 && at < text.length && /^[0-9A-Za-z]{2}$/.test(text.slice(at - 1, at + 1));
  while (isCut(start)) start--;
  while (isCut(end)) end++;
  return [start, end];
}

const widen = text => text.replace(/[0-9A-Za-z]/g, char => String.fromCharCode(char.charCodeAt(0) + 0xfee0));

// One character wrong: as by an input method, or any; now and then missing, too many, or exchanged.
function misspell(text) {
  const chars = Array.from(text), at = below(chars.length), way = below(8);
  if (way === 0) chars.splice(at, 1);
  else if (way === 1) chars.splice(at, 0, pick(pool));
  else if (way === 2 && at) [chars[at - 1], chars[at]] = [chars[at], chars[at - 1]];
  else chars[at] = pick(below(2) && homophones(chars[at]).length ? homophones(chars[at]) : pool);
  return chars.join("");
}

// Whether two texts differ in one character: wrong, missing, too many, or two exchanged.
function isOneOff(one, other) {
  const a = Array.from(one), b = Array.from(other);
  let start = 0, end = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  const left = a.slice(start, a.length - end), right = b.slice(start, b.length - end);
  return Math.max(left.length, right.length) < 2
    || (left.length === 2 && right.length === 2 && left[0] === right[1] && left[1] === right[0]);
}

const whole = (text, scope) => ({have: [text], in: [scope], how: "whole"});

// A draw gives [query, right], or null to draw again.
const KINDS = {
  "exact name": () => {
    const {title} = titled();
    return [title, whole(title, "title")];
  },
  "written otherwise": () => {
    const {title} = longTitled(4), [at] = wholeRuns(title, between(2, title.length - 2), title.length), way = below(4);
    if (way === 0) return [title.slice(0, at) + " " + title.slice(at), whole(title, "title")];
    if (way === 1) return [title + pick(["。", "？", "!", "，"]), whole(title, "title")];
    if (way === 2) return [pick(["《》", "“”", "()", "【】"]).split("").join(title), whole(title, "title")];
    const query = below(2) ? title.normalize("NFKC") : title.replace(/[^\p{L}\p{N}]/gu, "");
    return query !== title && [query, whole(title, "title")];
  },
  "inner part": () => {
    const {title} = longTitled(6), query = part(Array.from(title).slice(0, -1).join(""), 3, 6, 1);
    return /^[\p{Script=Han}]+$/u.test(query) && [query, {have: [query], in: ["title"]}];
  },
  "wrong character": () => {
    const {title} = below(4) ? longTitled(4) : pick(cadres), query = misspell(title), bare = plain(query);
    if (title.length < 3 || !isNowhere(site, query)) return null;
    return [query, {pages: titles.filter(({bare: other}) => isOneOff(bare, other)).map(({page}) => page.path)}];
  },
  "traditional": () => {
    const {title} = longTitled(2), text = below(3) ? title : part(title, 4, 7), query = toTraditional(text);
    return query !== text && [query, {have: [text], in: ["title"]}];
  },
  "pinyin": () => {
    const {title} = below(2) ? pick(cadres) : longTitled(3), text = below(2) || title.length < 5 ? title : withoutPlace(title);
    const sounds = Array.from(text).length < 16 && soundOf(text);
    return sounds && [sounds.join(below(3) ? "" : " "), {sounds: sounds.join("")}];
  },
  "initials": () => {
    const {title} = below(2) ? pick(cadres) : longTitled(3), text = below(2) || title.length < 7 ? title : withoutPlace(title);
    const sounds = Array.from(text).length < 16 && soundOf(text), query = sounds && sounds.map(sound => sound[0]).join("");
    return sounds && query.length > 2 && [query, {initials: query}];
  },
  "whole code": () => {
    const {record: {id, uscc}} = pick(of("enterprises")), code = uscc || id;
    return /^\w{18}$/.test(code) && [below(4) ? code : code.toLowerCase(), {have: [code], in: ["code"], how: "whole"}];
  },
  "end of a code": () => {
    const {record} = pick(enterprises), code = below(2) ? record.uscc : record.licences[0].licence_no;
    return code && [code.slice(-6), {have: [code.slice(-6)], in: ["code"], how: "end"}];
  },
  "part of a code": () => {
    const {record} = pick(enterprises), code = (below(2) && record.uscc) || record.licences[0].licence_no, query = part(code, 7, 12);
    return [below(4) ? query : query.toLowerCase(), {have: [query], in: ["code"]}];
  },
  "licence": () => {
    const {licence_no: number} = pick(enterprises).record.licences[0];
    return [number, whole(number, "code")];
  },
  "document number": () => {
    const page = pick(of(pick(lists.filter(list => !["enterprises", "cadres", "regions"].includes(list)))));
    const numbers = ["doc_no", "sample_no", "sheet_no", "registration_no", "filing_no", "report_no", "notice_no"].map(key => (page.record || {})[key]).filter(Boolean);
    const number = pick(numbers.length ? numbers : [""]);
    return number && [number, {have: [number], in: ["code", "title"]}];
  },
  "cadre": () => {
    const {title} = pick(cadres);
    return [title, whole(title, "title")];
  },
  "staff": () => {
    const name = pick(personsOf(pick(enterprises)).concat(""));
    return name && [name, whole(name, "person")];
  },
  "address": () => {
    const address = withoutPlace(pick(enterprises).record.address), query = below(2) ? part(address, 4, 7) : address.slice(-between(5, 8));
    return Array.from(query).some(isHan) && [query, {have: [query], in: ["address"]}];
  },
  "two terms": () => drawTwo(" "),
  "two terms in one": () => drawTwo(""),
  "full width": () => {
    const {record} = pick(enterprises), way = below(4), notice = pick(of("sampling_notices"));
    if (way === 0) return [widen(record.uscc || record.id), {have: [record.uscc || record.id], in: ["code"], how: "whole"}];
    if (way === 1) return [widen(record.licences[0].licence_no), whole(record.licences[0].licence_no, "code")];
    if (way === 2) return [widen(notice.title), whole(notice.title, "title")];
    const query = record.address.slice(-7);
    return /\d/.test(query) && [widen(query), {have: [query], in: ["address"]}];
  },
  "topic": () => {
    const page = pick(prose), clause = pick(clauses(page).filter(text => text.length > 3).concat("")), query = wordsOf(clause);
    return query.length > 2 && [query, {have: [query], in: ["prose", "title"]}];
  },
  "food": () => {
    const {record: {food_name: food, items}, texts} = pick(samples), item = pick(items).item.replace(/[（(].*/u, "");
    const party = pick(texts.party.filter(text => Array.from(text).some(isHan))), way = below(5);
    if (way === 0) return [food, {have: [food], in: ["food", "title"]}];
    if (way === 1) return [item, {have: [item], in: ["food"]}];
    if (way === 4) return [food + " " + party, {have: [food, party], in: ["food", "party"]}];
    return [food + (way === 2 ? " " : "") + item, {have: [food, item], in: ["food"]}];
  },
  "rare character": () => pick(rareCharacters()),
  "mixed": () => {
    if (++turn % 3 === 0) {
      const title = withoutPlace(longTitled(5).title), head = title.slice(0, 2), tail = soundOf(title.slice(2, 4));
      if (!tail || !soundOf(head)) turn--;
      return tail && [head + tail.join(""), {have: [head], in: ["title"], sounds: (soundOf(head) || []).join("") + tail.join("")}];
    }
    const {text, at} = pick(Object.entries(titled().texts).filter(([scope]) => SEARCHED.includes(scope)).flatMap(([, all]) => all)
      .map(text => ({text, at: borderOf(text)})).filter(({at}) => at > 0).concat({text: "", at: 0}));
    const [start, end] = wholeRuns(text, Math.max(0, at - between(2, 5)), at + between(2, 5));
    const query = text.slice(start, end).replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, "");
    return /^\S{3,}$/u.test(query) && Array.from(query).some(isHan) && /[0-9A-Za-z]/.test(query) && [query, {have: [query]}];
  },
};

let turn = 0;

// Two things that one page says, from different fields of it, or from different sentences.
function drawTwo(glue) {
  const way = below(5), page = way === 4 ? pick(prose) : way === 3 ? longTitled(5) : pick(enterprises), places = placesOf(page);
  let words;
  if (way === 4) words = [0, 1].map(() => wordsOf(pick(clauses(page).concat(""))));
  else if (way === 3) words = [0, 1].map(() => wordsOf(page.title));
  else if (!places.length) return null;
  else if (way === 2) words = [pick(places), pick(personsOf(page).concat(""))];
  else words = [pick(places), wordsOf(withoutPlace(page.title))];
  if (below(2)) words.reverse();
  const [one, two] = words.map(plain);
  if (!one || !two || one.length < 2 || two.length < 2 || one.includes(two) || two.includes(one) || !words.join("").match(/^\p{Script=Han}+$/u)) return null;
  return [words.join(glue), {have: words}];
}

let rare = null;

// Characters that few pages have.
function rareCharacters() {
  if (!rare) {
    const found = new Map();
    pages.forEach(page => Object.entries(page.texts).forEach(([scope, texts]) => scope !== "code" && SEARCHED.includes(scope) && new Set(texts.join("")).forEach(char => {
      if (isHan(char)) found.set(char, (found.get(char) || new Set()).add(page.path));
    })));
    rare = Array.from(found).filter(([, paths]) => paths.size <= 10).sort().map(([char]) => [char, {have: [char]}]);
  }
  return rare;
}

/* Names that are nowhere, made of what is somewhere. */
const NOWHERE = {
  "nowhere: parts of two names": () => {
    const [one, two] = [longTitled(5).title, longTitled(5).title];
    return one.slice(0, between(3, Math.ceil(one.length / 2))) + two.slice(-between(3, Math.ceil(two.length / 2)));
  },
  "nowhere: short name, one character wrong": () => {
    const name = below(2) ? pick(cadres).title : pick(of("regions")).title, chars = Array.from(name);
    chars[below(chars.length)] = pick(pool);
    return chars.length < 5 && chars.join("");
  },
  "nowhere: person in pinyin": () => {
    const [one, two] = [soundOf(pick(cadres).title), soundOf(pick(cadres).title)];
    return one && two && [one[0], ...two.slice(1)].concat(below(3) ? [] : [pick(two)]).join(below(4) ? "" : " ");
  },
  "nowhere: name in pinyin": () => {
    const [one, two] = [0, 1].map(() => soundOf(withoutPlace(longTitled(4).title)));
    return one && two && one.slice(0, between(2, 3)).concat(two.slice(-between(2, 3))).join(below(4) ? "" : " ");
  },
  "nowhere: initials": () => {
    const sounds = soundOf(longTitled(5).title), initials = sounds && sounds.map(sound => sound[0]);
    if (!initials || initials.length > 14) return null;
    initials[below(initials.length)] = pick(Array.from("bcdfghjklmnpqrstwxyz"));
    return initials.join("");
  },
  "nowhere: code, one digit wrong": () => {
    const {record} = pick(enterprises), whole = (below(2) && record.uscc) || record.licences[0].licence_no, code = below(4) ? whole : whole.slice(-6);
    const at = between(code === whole ? 2 : 0, code.length - 1);
    return code.slice(0, at) + (/\d/.test(code[at]) ? (Number(code[at]) + between(1, 9)) % 10 : pick(Array.from("ABCDEFGHJK"))) + code.slice(at + 1);
  },
  "nowhere: apart in prose": () => {
    const page = pick(prose), [one, two] = [0, 1].map(() => part(pick(clauses(page).concat("")), 2, 3));
    return one.length > 1 && two.length > 1 && one !== two && one + two;
  },
  "nowhere: two terms of different pages": () => {
    const [one, two] = [longTitled(4), longTitled(4)].map(({title}) => part(withoutPlace(title), 3, 5));
    return /^[\p{Script=Han} ]+$/u.test(one + " " + two) && one + " " + two;
  },
};

function drawKind(kind, size, draw) {
  const lines = chosen.filter(one => one.kind === kind).map(line => JSON.stringify(line)), seen = new Set();
  size += lines.length;
  seed(set + " " + kind + start);
  for (let i = 0; i < TRIES && lines.length < size; i++) {
    const line = draw();
    if (!line || !line.query || seen.has(line.query)) continue;
    seen.add(line.query);
    lines.push(JSON.stringify(Object.assign({kind}, line)));
  }
  return lines;
}

const found = Object.entries(KINDS).map(([kind, draw]) => drawKind(kind, SIZE, () => {
  const [query, right] = draw() || [];
  if (query && !pages.some(page => isRight(page, right))) throw new Error(kind + ": no page is right for " + query);
  return {query, right};
}));
const absent = Object.entries(NOWHERE).map(([kind, draw]) => drawKind(kind, NOWHERE_SIZE, () => {
  const query = draw();
  return query && isNowhere(site, query) && {query, right: null};
}));
const all = found.concat(absent);
fs.writeFileSync(output, [].concat(...all).join("\n") + "\n");
Object.keys(KINDS).concat(Object.keys(NOWHERE)).forEach((kind, i) => console.log(String(all[i].length).padStart(4), kind));
