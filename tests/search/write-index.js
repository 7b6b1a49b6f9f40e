/*
 * Writes a small index in memory after docs/search.md, so that the query side is tested on records made up for one test.
 *
 * In: kinds with records, readings of the characters that shall sound. Out: a loader as createSearcher() takes it, which
 * notes what was asked for. It is written from the document alone, in the plainest way. Not here: the index of a portal.
 */
"use strict";
const core = require("./script.js");

const {isLetter} = core;
const form = (text, table) => core.normal(text, table);

function textTerms(chars, take) {
  chars.forEach((one, i) => {
    const other = chars[i + 1], three = chars.slice(i, i + 3);
    if (other && one !== " " && other !== " " && !(isLetter(one) && isLetter(other))) take(one + other);
    if (three.length === 3 && !three.includes(" ")) take(three.join(""));
  });
  for (const run of chars.join("").match(/[^\u2e80-\u{3ffff} ]+/gu) || []) if (run.length < 3) take(run);
}

function combined(lists, glue) {
  return lists.reduce((all, list) => [].concat(...all.map(before => list.map(part => before.concat(part)))), [[]])
    .map(parts => parts.join(glue));
}

function titleTerms(title, readings, take) {
  const chars = Array.from(title), of = char => readings[char] || [];
  chars.forEach((char, i) => {
    if (!isLetter(char) && char !== " ") take(char);
    const [one, two, three] = chars.slice(i, i + 3);
    if (three && ![one, two, three].includes(" ") && ![one, two, three].every(isLetter)) take("?" + one + three);
    if (two) combined([of(one), of(two)], " ").forEach(sound => take("~" + sound));
    if (three) combined([of(one), of(two), of(three)], " ").forEach(sound => take("~" + sound));
    const initials = [one, two, three].filter(Boolean).map(char => of(char).map(reading => reading[0]));
    if (initials.length === 3 || chars.length === 2 && i === 0) combined(initials, "").forEach(letters => take("^" + letters));
  });
  of(chars[0]).forEach(reading => take("~" + reading));
  const bare = chars.filter(char => char !== " "), parts = bare.map(char => isLetter(char) ? [char] : of(char));
  take("=" + bare.join(""));
  if (bare.some(char => of(char).length)) {
    combined(parts, "").slice(0, 16).forEach(sound => take("=~" + sound));
    combined(parts.map(list => list.map(reading => reading[0])), "").slice(0, 16).forEach(letters => take("=^" + letters));
  }
}

function number(value) {
  let text = "";
  for (; value > 31; value = Math.floor(value / 32)) text += core.DIGITS[value % 32 + 32];
  return text + core.DIGITS[value];
}

function ascending(list, next = 0) {
  return list.map(value => {
    const text = number(value - next);
    next = value + 1;
    return text;
  }).join("");
}

// Kinds: {key, name, fields, codes: [label], facets, block, sounded, records: [{path, title, place, region, facets,
// values: [[label, text]], prose: [passage]}]}.
function writeIndex({kinds, regions = [], readings = {}, bits = 3, table = null, version = "v1"}) {
  const terms = new Map(), files = new Map();
  const about = kinds.map((kind, k) => {
    const records = kind.records.slice();
    if (regions.length) records.sort((a, b) => (a.region || "") < (b.region || "") ? -1 : 1);
    const facets = kind.facets || [], combos = [], lines = [], places = [];
    // What else stands in an address has these names.
    const named = facets.map(facet => Object.assign({}, facet, {key: /^(q|kind|page|region)$/.test(facet.key) ? facet.key + "_" : facet.key}));
    records.forEach(record => {
      const combo = facets.map(({key, values}) => values.findIndex(([value]) => value === (record.facets || {})[key]));
      let at = combos.findIndex(other => other.join() === combo.join());
      if (at < 0) at = combos.push(combo) - 1;
      const values = [].concat(...(record.values || []).map(([label, text]) => [kind.fields.indexOf(label), text]));
      (record.prose || [null]).forEach((passage, part) => {
        const document = lines.length;
        const add = rank => term => {
          if (!terms.has(term)) terms.set(term, new Map());
          const name = 2 * k + rank, groups = terms.get(term);
          if (!groups.has(name)) groups.set(name, new Set());
          groups.get(name).add(document);
        };
        const title = Array.from(form(record.title, table)), rank = part ? 1 : 0;
        textTerms(title, add(rank));
        titleTerms(title.join(""), kind.sounded === false ? {} : readings, add(rank));
        if (!part) {
          for (const [label, text] of record.values || []) {
            const value = form(text, table), bare = value.replace(/ /g, "");
            textTerms(Array.from(value), add(1));
            if ((kind.codes || []).includes(label)) {
              add(1)("=" + bare);
              if (bare.length > 6) add(1)("$" + bare.slice(-6));
            }
          }
        }
        if (passage !== null) {
          const prose = Array.from(form(passage, table));
          textTerms(prose, add(1));
          prose.filter(char => !isLetter(char) && char !== " ").forEach(add(1));
        }
        const searched = passage === null ? values : (part ? [] : values).concat(kind.fields.indexOf("正文"), passage);
        lines.push([record.path, record.title, record.place || "", facets.length ? at : -1, searched]
          .concat(passage === null ? [] : part));
        places.push([record.region || "", at]);
      });
    });
    const block = kind.block || 12;
    for (let b = 0; b * block < lines.length; b++) files.set("r/" + k + "-" + b, lines.slice(b * block, b * block + block));
    for (let c = 0; c * 4096 < lines.length; c++) {
      files.set("a/" + k + "-" + c, places.slice(c * 4096, c * 4096 + 4096).map(([, at]) => at));
    }
    const count = lines.length, described = {key: kind.key, name: kind.name, count, pages: records.length, block,
      fields: kind.fields, facets: named, combos};
    if (records.some(record => record.region)) {
      described.starts = regions.map(([code]) => places.filter(([region]) => region < code).length).concat(count);
    }
    return described;
  });
  // Terms, and their tiers in half as many shards.
  const powers = [bits, bits - 1], shards = powers.map(power => Array.from({length: 2 ** power}, () => [])), heavy = [];
  const put = (term, text, far = 0) => {
    const hashes = core.hash(term);
    shards[far][core.shardOf(hashes, powers[far])].push({hashes, text: " " + core.keyOf(hashes) + text});
  };
  terms.forEach((groups, term) => {
    const hashes = core.hash(term);
    let text = "", isLong = false;
    Array.from(groups.keys()).sort((a, b) => a - b).forEach(name => {
      // What a title has too counts there.
      const inTitles = name % 2 && groups.get(name - 1) || new Set();
      const all = Array.from(groups.get(name)).filter(document => !inTitles.has(document)).sort((a, b) => a - b), first = all.slice(0, 512), rest = all.slice(512);
      const cut = rest.length > 0 && Array.from(term).length === 1;
      if (!all.length) return;
      text += number(name) + number(2 * all.length + Number(cut)) + ascending(first);
      if (!rest.length || cut) return;
      isLong = true;
      const ends = [];
      for (let tier = 1, size = 1024; rest.length; tier++, size = Math.min(4096, size * 2)) {
        const part = rest.splice(0, size);
        ends.push(part[part.length - 1]);
        put(hashes[0] + "." + (hashes[1] >>> 24) + "." + name + "." + tier, ascending(part), 1);
      }
      text += number(ends.length) + ascending(ends, first[511] + 1);
    });
    put(term, text);
    if (isLong) heavy.push(" " + core.keyOf(hashes));
  });
  shards.forEach((all, far) => all.forEach((entries, s) => {
    entries.sort((a, b) => a.hashes[0] - b.hashes[0] || a.hashes[1] - b.hashes[1]);
    files.set("tu"[far] + "/" + s, entries.map(({text}) => text).join(""));
  }));
  files.set("index", {v: version, bits: powers, kinds: about, regions, heavy: heavy.join(""), ask: "怎么办|如何|^how$"});
  const heard = new Map();
  Object.keys(readings).forEach(char => readings[char].forEach(sound => heard.set(sound, (heard.get(sound) || "") + char)));
  files.set("sounds", Array.from(heard, ([sound, chars]) => sound + chars).sort().join(" "));
  files.set("fold", Array.from(table || []).map(pair => pair.join("")).join(""));
  const asked = [];
  const load = (name, v) => {
    asked.push(name);
    if (!files.has(name)) return Promise.reject(new Error("no file " + name));
    if (name !== "index" && v !== version) return Promise.reject(new Error("asked without the version: " + name));
    return Promise.resolve(JSON.parse(JSON.stringify(files.get(name))));
  };
  return {load, files, asked, terms};
}

module.exports = {writeIndex};
