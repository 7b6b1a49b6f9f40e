/*
 * A built site as a judge reads it: its pages and the texts of each, from the data files and the prose pages alone.
 *
 * In: the folder of a site. Out: pages with texts by scope, and whether a page is right for a query. The index is never
 * read and nothing of the search's own code is used, so that a mistake there cannot hide here. Not here: which queries.
 */
"use strict";
const fs = require("fs"), path = require("path");

const READINGS = new Map(), COMMON = new Map(), TRADITIONAL = new Map(), SIMPLIFIED = new Map();

// A line is a syllable and its characters; a star behind one says that hardly anybody types it so.
for (const line of fs.readFileSync(path.join(__dirname, "readings.txt"), "utf8").split("\n")) {
  const [syllable, chars] = line.split(" ");
  for (const [, char, star] of (chars || "").matchAll(/(\p{L})(\*?)/gu)) {
    for (const table of star ? [READINGS] : [READINGS, COMMON]) table.set(char, (table.get(char) || []).concat(syllable));
  }
}
for (const pair of fs.readFileSync(path.join(__dirname, "traditional.txt"), "utf8").split(/\s+/).filter(Boolean)) {
  const [simplified, ...others] = Array.from(pair);
  TRADITIONAL.set(simplified, others[0]);
  others.forEach(char => SIMPLIFIED.set(char, simplified));
}

/* What is compared: letters, digits and Chinese characters, in one width, lower case and simplified. */
function plain(text) {
  return Array.from(text.normalize("NFKC").toLowerCase()).filter(char => /[\p{L}\p{N}]/u.test(char))
    .map(char => SIMPLIFIED.get(char) || char).join("");
}

const toTraditional = text => Array.from(text, char => TRADITIONAL.get(char) || char).join("");

// Whether letters are read off characters of a title one after another; `cut` shortens each reading.
function isSounded(title, letters, cut = syllable => syllable) {
  const from = (at, rest) => rest === "" || (at < title.length && (READINGS.get(title[at]) || [title[at]])
    .some(reading => rest.startsWith(cut(reading)) && from(at + 1, rest.slice(cut(reading).length))));
  for (let start = 0; start < title.length; start++) if (from(start, letters)) return true;
  return false;
}

const SCOPES = {
  code: ["id", "uscc", "licence_no", "doc_no", "sample_no", "sheet_no", "registration_no", "filing_no", "code", "report_no"],
  person: ["legal_rep", "principal", "fs_director", "fs_officers", "officer"],
  address: ["address"],
  party: ["party", "producer", "sampled", "holder", "contractor", "outlet", "brand", "shop"],
  food: ["food_name", "product", "item", "foods", "category", "subcategory"],
  prose: ["text", "summary", "paragraphs", "reason", "breach", "duties", "aliases", "ground"],
};
const SCOPE_OF = new Map(Object.entries(SCOPES).flatMap(([scope, keys]) => keys.map(key => [key, scope])));
// Everything that a search should find; what stands on a page besides is `other`.
const SEARCHED = ["title", "place"].concat(Object.keys(SCOPES));

// Steps within a record, where a party has its seat, and what another document decided are told on a page, but nobody looks
// for them there.
const isAside = (scope, key) => key !== "doc_no" && (["progress", "decisions", "penalty"].includes(key) || scope === "aside" || (scope === "party" && key === "address"));

// Every text of a record with its scope; a text within belongs to the nearest key that has one.
function collect(value, scope, take) {
  if (Array.isArray(value)) value.forEach(one => collect(one, scope, take));
  else if (value && typeof value === "object") {
    Object.entries(value).forEach(([key, inner]) => !/url|phone/.test(key)
      && collect(inner, isAside(scope, key) ? "aside" : SCOPE_OF.get(key) || scope, take));
  } else if (typeof value === "string") take(scope, value);
}

const unmark = html => html.replace(/<[^>]+>/g, "").replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&quot;/g, '"').replace(/&amp;/g, "&");
const headingOf = html => unmark((html.match(/<h1[^>]*>(.*?)<\/h1>/s) || ["", ""])[1]);
const metaOf = (html, name) => unmark((html.match(new RegExp(`<meta name="${name}" content="([^"]*)"`)) || ["", ""])[1]);

// The text of an article, a chapter or a page: what stands between its heading and its end, a line for each block.
function proseOf(html) {
  const [, body] = html.match(/<article[^>]*>(.*)<\/article>/s) || html.match(/<main[^>]*>(.*)<\/main>/s) || ["", ""];
  return unmark(body.replace(/<nav.*?<\/nav>|<p class="meta">.*?<\/p>|<h1.*?<\/h1>/gs, "").replace(/<\/(p|li|h\d|td|th|dt|dd)>/g, "\n"))
    .replace(/[^\S\n]+/g, " ").replace(/\s*\n\s*/g, "\n").trim();
}

function readSite(folder) {
  const read = name => fs.readFileSync(path.join(folder, name), "utf8");
  const lists = new Map(fs.readdirSync(path.join(folder, "data")).filter(name => name.endsWith(".json"))
    .map(name => [name.slice(0, -5), JSON.parse(read("data/" + name))]));
  const base = read("index.html").match(/<link rel="canonical" href="([^"]*?)(index\.html)?">/)[1];
  const regions = new Map((lists.get("regions") || []).map(({code, name}) => [code, name]));
  const enterprises = new Map((lists.get("enterprises") || []).map(record => [record.id, record]));
  const placesOf = code => [4, 6, 9, 12].filter(size => code && code.length >= size).map(size => regions.get(code.slice(0, size)));
  const pages = [];
  const add = (list, address, record, title, texts) => {
    const bare = Object.fromEntries(Object.entries(texts).map(([scope, all]) => [scope, all.map(plain).filter(Boolean)]));
    pages.push({list, path: address, record, title, texts, bare});
  };
  lists.forEach((records, list) => records.forEach(record => {
    const address = [record.page_url, record.url].find(url => typeof url === "string" && url.startsWith(base));
    if (!address) return;
    const name = address.slice(base.length), title = record.name || record.notice_no || headingOf(read(name)), texts = {title: [title]};
    const take = (scope, text) => (texts[scope] = texts[scope] || []).push(text);
    collect(record, "other", take);
    const known = enterprises.get(record.enterprise);
    if (known) take("party", known.name);
    placesOf(record.region || (known || {}).region).filter(Boolean).forEach(place => take("place", place));
    add(list, name, record, title, texts);
  }));
  const walk = under => fs.existsSync(path.join(folder, under)) && fs.readdirSync(path.join(folder, under), {withFileTypes: true}).forEach(found => {
    const name = under + "/" + found.name;
    if (found.isDirectory()) walk(name);
    else if (/\.html$/.test(name) && !/^index(-\d+)?\.html$/.test(found.name)) {
      const html = read(name), title = headingOf(html);
      add(under.split("/")[0], name, null, title, {title: [title],
        prose: [metaOf(html, "description"), metaOf(html, "Keywords")].filter(text => !text.startsWith(title)).concat(proseOf(html))});
    }
  });
  ["articles", "books", "pages"].forEach(walk);
  pages.sort((a, b) => a.path < b.path ? -1 : 1);
  return {pages, byPath: new Map(pages.map(page => [page.path, page]))};
}

const HOW = {part: (text, word) => text.includes(word), whole: (text, word) => text === word, end: (text, word) => text.endsWith(word)};

/*
 * Whether a page is right. `right` names its `pages`; or says which words its texts must `have`, each in one text of the
 * scopes `in` (all that are searched, where it is left out), as a part, whole, or at the end (`how`); `sounds` or
 * `initials` of its title; several of these must all be so.
 */
function isRight(page, right) {
  if (right.pages) return right.pages.includes(page.path);
  const title = plain(page.title), within = HOW[right.how || "part"];
  return (right.have || []).every(word => (right.in || SEARCHED).some(scope => (page.bare[scope] || []).some(text => within(text, plain(word)))))
    && (!right.sounds || isSounded(title, right.sounds)) && (!right.initials || isSounded(title, right.initials, reading => reading[0]));
}

const rightPages = ({pages}, right) => pages.filter(page => isRight(page, right));

// Whether nothing on any page answers: no page has all words of the query, and no title sounds like it.
function isNowhere({pages}, query) {
  const words = query.split(/\s+/).map(plain).filter(Boolean), letters = plain(query), isLatin = /^[a-z]+$/.test(letters);
  return !pages.some(page => {
    const texts = Object.values(page.bare);
    return words.every(word => texts.some(all => all.some(text => text.includes(word))))
      || (isLatin && (isSounded(plain(page.title), letters) || isSounded(plain(page.title), letters, reading => reading[0])));
  });
}

// A set by its name, or the file of one.
const readQueries = set => fs.readFileSync(set.endsWith(".jsonl") ? set : path.join(__dirname, set + ".jsonl"), "utf8").split("\n").filter(Boolean).map(JSON.parse);

module.exports = {readSite, readQueries, rightPages, isRight, isNowhere, plain, toTraditional, COMMON, SEARCHED};
