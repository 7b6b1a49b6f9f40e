/*
 * Search without a server: asks the index that the build has written, by the rules of docs/search.md.
 *
 * In: a query and a loader of index files. Out: hits by kind, and on search.html their lines, facets and pages.
 * The core, up to "The page", knows no page: Node runs it with a loader of its own. Texts reach the page as text only.
 */
(function () {
"use strict";

/* ---- Texts: sections 1 and 2 ---- */

const LETTER = /[0-9a-z\u00df-\u00f6\u00f8-\u024f\u0370-\u052f]/;
const IDEOGRAPH = /[\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3041-\u3096\u3099-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3105-\u312f\u3131-\u318e\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua48c\uac00-\ud7a3\uf900-\ufaff\u{20000}-\u{3ffff}]/u;
const LETTERS = /^[a-zü ]+$/;

const isLetter = char => LETTER.test(char);
const plain = form => form.replace(/ /g, "");
const unique = list => [...new Set(list)];
const flat = (list, make) => [].concat(...list.map(make));
const windows = (list, size) => Array.from(list.slice(size - 1), (_, i) => list.slice(i, i + size));

// `table` maps traditional characters to simplified ones; null leaves them.
function fold(text, table) {
  return text.normalize("NFKC").replace(/[^]/gu, char => table && table.get(char) || char.toLowerCase());
}

// The normal form; `places` takes for each code unit of it where in the text its character stands.
function normal(text, table, places) {
  let form = "", apart = false, last = false, at = 0;
  for (const piece of places ? text : [text]) {
    for (const char of fold(piece, table)) {
      const letter = isLetter(char);
      if (!letter && !IDEOGRAPH.test(char)) {
        apart = true;
        continue;
      }
      const added = apart && letter && last ? " " + char : char;
      form += added;
      if (places) for (let i = 0; i < added.length; i++) places.push(at);
      apart = false;
      last = letter;
    }
    at += piece.length;
  }
  return form;
}

// The browser's own decoder knows the characters of GB 2312. Others may be traditional, and so may these few.
const BOTH = "乾吒夥後徵捱摺於榘甯菸薹醣麴麽";
let simplified = null;

function mayBeTraditional(text) {
  if (!simplified) {
    const bytes = [];
    for (let i = 0xb0a1; i < 0xf800; i++) if ((i & 255) > 160) bytes.push(i >> 8, i & 255);
    simplified = new Set(new TextDecoder("gbk").decode(new Uint8Array(bytes)));
  }
  return [...text].some(char => IDEOGRAPH.test(char) && (!simplified.has(char) || BOTH.includes(char)));
}

/* ---- Terms: section 3 ---- */

const areTerm = chars => !chars.includes(" ") && !chars.every(isLetter);

// All three neighbours of a word; if `pairs`, its pairs, and of letters three; of a short word what it has.
function textTerms(word, pairs) {
  const chars = [...word], threes = windows(chars, 3).filter(three => !three.includes(" ") && (!pairs || three.every(isLetter)));
  const terms = (pairs ? windows(chars, 2).filter(areTerm).concat(threes) : threes).map(some => some.join(""));
  // A short run may be part of a longer one in the text, where it is no term.
  return terms.length ? terms : pairs ? word.split(" ") : textTerms(word, true);
}

// What a title still has of a word with one character wrong, missing, too many or exchanged, most likely first: where the
// pairs of the word are rare. `sizeOf` tells of a pair how many documents have it.
function gapTerms(word, sizeOf) {
  const chars = [...word], terms = windows(chars, 2).filter(areTerm).map(pair => [2 * sizeOf(pair.join("")), "?" + pair.join("")]);
  windows(chars, 3).filter(areTerm).forEach(([one, two, three]) => {
    const size = sizeOf(one + two) + sizeOf(two + three);
    terms.push([size, "?" + one + three], [size, one + three]);
  });
  return terms.filter(([size]) => size < Infinity).sort((a, b) => a[0] - b[0]).map(([, term]) => term);
}

// Every way to read letters as syllables, fewest first, at most eight. Blanks part syllables.
function cutSyllables(letters, syllables) {
  const from = {[letters.length]: [[]]};
  for (let start = letters.length - 1; start >= 0; start--) {
    let ways = letters[start] === " " ? from[start + 1] : [];
    for (let end = start + 1; end <= start + 6 && from[end]; end++) {
      const syllable = letters.slice(start, end);
      if (syllables.has(syllable)) ways = ways.concat(from[end].map(way => [syllable].concat(way)));
    }
    from[start] = ways.sort((a, b) => a.length - b.length).slice(0, 8);
  }
  return from[0];
}

const soundTerms = way => windows(way, way[2] ? 3 : 2).map(some => "~" + some.join(" "));

// No syllable begins with i, u or v.
const initialTerms = letters => /[^a-z]|[iuv]/.test(letters) ? []
  : windows(letters, letters.length === 2 ? 2 : 3).map(initials => "^" + initials);

// Whether letters are read from one character of a title to another, all in full or all by their first letters. The rank
// says where: 0.5 all of it, 1 at its beginning, 2 elsewhere, Infinity nowhere. `readings` has the syllables of a character.
function heardAt(title, letters, readings) {
  const chars = [...title], read = char => readings.get(char) || [char];
  let best = Infinity;
  for (const isFull of [true, false]) {
    const from = (i, rest, start) => {
      if (!rest) best = Math.min(best, start ? 2 : i < chars.length ? 1 : 0.5);
      else if (i < chars.length) {
        read(chars[i]).map(sound => isFull ? sound : sound[0]).forEach(sound => rest.startsWith(sound) && from(i + 1, rest.slice(sound.length), start));
      }
    };
    chars.forEach((_, start) => from(start, letters, start));
  }
  return best;
}

/* ---- Numbers and shards: sections 5 and 6 ---- */

const DIGITS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ!#$()*+-./=?";
const FIRST = 512, CHUNK = 4096;

// The terms beside one of which a term stands: of three neighbours a pair, of the whole of a code its end, or itself.
function besides(term) {
  return term[0] === "?" ? [term.slice(1)]
    : / .* /.test(term) ? [term.replace(/ \w+$/, ""), term.replace(/\w+ /, "")]
    : [...term].length === 3 && IDEOGRAPH.test(term) ? windows([...term], 2).map(pair => pair.join(""))
    : [/^=[0-9a-z]{7,}$/.test(term) ? "$" + term.slice(-6) : term];
}

function mix(text, h) {
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h = Math.imul(h ^ h >>> 16, 0x85ebca6b);
  h = Math.imul(h ^ h >>> 13, 0xc2b2ae35);
  return (h ^ h >>> 16) >>> 0;
}

function hash(term) {
  const first = text => mix(text, 0x811c9dc5), place = Math.min(...besides(term).map(first));
  return [place - place % 0x80000 + first(term) % 0x80000, mix(term, 0x9747b28c)];
}

const shardOf = ([h1], bits) => bits ? h1 >>> 32 - bits : 0;
const keyOf = ([h1, h2]) => [24, 18, 12, 6, 0].map(shift => DIGITS[(h1 << 8 | h2 >>> 24) >>> shift & 63]).join("");

// What stands behind a key, or null.
function entryOf(shard, key) {
  const at = shard.indexOf(" " + key);
  return at < 0 ? null : shard.slice(at + 6).split(" ", 1)[0];
}

// A reader of numbers one after another, and of at most `count` ascending ones from `next` on.
function reader(text) {
  let at = 0;
  const number = () => {
    let value = 0, weight = 1, digit;
    do {
      digit = DIGITS.indexOf(text[at++]);
      if (digit < 0) throw Error("broken");
      value += (digit & 31) * weight;
      weight *= 32;
    } while (digit > 31);
    return value;
  };
  const more = () => at < text.length;
  const ascending = (count, next) => {
    const list = [];
    while (list.length < count && more()) {
      next += number() + 1;
      list.push(next - 1);
    }
    return list;
  };
  return {number, ascending, more};
}

// The groups of a term by `2 * kind + class`. Part 0 is its first documents, the others are tiers; `ends` are their last.
function decodeGroups(entry, [h1, h2]) {
  const groups = new Map(), {number, ascending, more} = reader(entry);
  while (more()) {
    const name = number(), size = number(), count = size >> 1, first = ascending(Math.min(count, FIRST), 0);
    const group = {count, cut: size % 2 > 0, isTitle: name % 2 === 0, parts: [first], ends: [], term: [h1, h2 >>> 24, name, ""].join(".")};
    if (count > FIRST && !group.cut) {
      const last = first[FIRST - 1];
      group.ends = [last].concat(ascending(number(), last + 1).slice(0, -1));
    }
    groups.set(name, group);
  }
  return groups;
}

// The first place in ascending numbers that is not below `value`.
function placeOf(list, value) {
  let low = 0, high = list.length;
  while (low < high) {
    const middle = low + high >> 1;
    if (list[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

const holds = (list, value) => list[placeOf(list, value)] === value;

/* ---- Near results: section 7.5 ---- */

// The fewest changes (wrong, missing, too many, exchanged characters) between a word and any part of a value.
function distance(word, value) {
  let before = [], above = Array(value.length + 1).fill(0);
  for (let i = 1; i <= word.length; i++) {
    const row = [i];
    for (let j = 1; j <= value.length; j++) {
      row[j] = Math.min(above[j - 1] + (word[i - 1] !== value[j - 1]), above[j] + 1, row[j - 1] + 1);
      if (i > 1 && word[i - 1] === value[j - 2] && word[i - 2] === value[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
    }
    before = above;
    above = row;
  }
  return Math.min(...above);
}

// Whether a word can be cut in at most `most` parts that the values contain. Short pieces of numbers are in every value.
function inParts(word, values, most) {
  for (let end = word.length; end > 1; end--) {
    const part = word.slice(0, end).trim(), rest = word.slice(end).trim();
    if (part.length < ([...part].every(isLetter) ? 4 : 2) || !values.some(value => value.includes(part))) continue;
    if (!rest || (most > 1 && inParts(rest, values, most - 1))) return true;
  }
  return false;
}

// How far a word is from the values of a record: 0 none, 1 or 2 changes, 3 in parts, Infinity.
function farness(word, values) {
  if (values.some(value => value.includes(word))) return 0;
  const size = word.length, far = Math.min(...values.map(value => distance(word, value)));
  if (size === 2 && values.some(value => windows(value, 3).some(three => three[0] + three[2] === word))) return 1;
  if (size >= ([...word].every(isLetter) ? 5 : 3) && far <= (size > 7 ? 2 : 1)) return far;
  return inParts(word, values, 3) ? 3 : Infinity;
}

/* ---- Asking: section 7 ---- */

// Bounds of one query. What costs bytes is asked for in small batches (of shards).
const BATCH = 2, NARROW = 6, MOST_BLOCKS = 40, MOST_TIERS = 24, NEAR_PAIRS = 12, NEAR_GAPS = 6, NEAR_BLOCKS = 8;
const LONG = 9, PAGE_ALL = 10, PAGE_KIND = 20, LAST_PAGE = 50;

const byRank = (a, b) => a.rank - b.rank || a.record[1].length - b.record[1].length || a.document - b.document;
const isWhole = list => list.every(group => group.count <= FIRST);
const inEach = ([first, ...others]) => unique([].concat(...first)).sort((a, b) => a - b)
  .filter(document => others.every(list => list.some(some => holds(some, document))));
const sizeOf = list => list.reduce((sum, group) => sum + group.count, 0);
const bySize = (a, b) => sizeOf(a) - sizeOf(b);
const isShown = (about, state) => !state.kind || about.key === state.kind;

// `load(name, version)` promises the value of an index file.
function createSearcher(load) {
  const files = new Map(), terms = new Map(), syllables = new Set();
  let manifest = {v: ""}, table = null, readings = null;

  // What failed may be asked for again.
  function once(map, key, make) {
    if (!map.has(key)) {
      map.set(key, make().catch(error => {
        map.delete(key);
        throw error;
      }));
    }
    return map.get(key);
  }

  const file = name => once(files, name, () => load(name, manifest.v));

  async function open() {
    manifest = await file("index");
    return manifest;
  }

  async function loadTable() {
    table = new Map((await file("fold")).match(/../gu).map(pair => [...pair]));
  }

  // Terms stand in `t/`, further documents of common ones in `u/`.
  const entry = async (term, far) => entryOf(await file("tu"[far] + "/" + shardOf(hash(term), manifest.bits[far])), keyOf(hash(term)));
  const isHeavy = term => entryOf(manifest.heavy, keyOf(hash(term))) !== null;

  // The groups of a term, none when it is nowhere.
  const lookUp = term => once(terms, term, async () => decodeGroups(await entry(term, 0) || "", hash(term)));

  async function part(group, place) {
    if (!group.parts[place]) group.parts[place] = reader(await entry(group.term + place, 1)).ascending(Infinity, 0);
    return group.parts[place];
  }

  // Documents from..to that each list has in one of its groups, ascending. The shortest list leads: of longer ones only
  // those tiers are fetched where it has documents, and none once `wanted` are found; then some may be left (`open`).
  async function gather(groupLists, [from, to], wanted, {keep, isLoaded}) {
    const found = [], short = commonOf(groupLists), lists = groupLists.filter(list => !isWhole(list)).sort(bySize);
    if (short) lists.unshift([{parts: [short], ends: []}]);
    let at = from, left = MOST_TIERS;
    const partsAt = list => list.map(group => [group, placeOf(group.ends, at)]);
    const endOf = parts => Math.min(to - 1, ...parts.map(([{ends}, place]) => place < ends.length ? ends[place] : to));
    const fetched = parts => Promise.all(parts.map(([group, place]) => part(group, place)));
    const isAfforded = (parts, more) => {
      const missing = parts.filter(([{parts}, place]) => !parts[place]).length + more;
      left -= missing;
      return !missing || (found.length < wanted && left >= 0);
    };
    while (at < to) {
      const lead = partsAt(lists[0]);
      let end = endOf(lead);
      if (!isAfforded(lead, 0)) return {found, open: true};
      const documents = inEach([await fetched(lead)]).filter(document => document >= at && document <= end);
      if (documents.length) {
        at = documents[0];
        const others = lists.slice(1).map(partsAt);
        end = Math.min(end, ...others.map(endOf));
        if (keep) end = Math.min(end, at | CHUNK - 1);
        if (!isAfforded([].concat(...others), keep && !isLoaded(at) ? 1 : 0)) return {found, open: true};
        const loaded = await Promise.all(others.map(fetched));
        const inAll = documents.filter(document => document <= end && loaded.every(list => list.some(some => holds(some, document))));
        found.push(...keep ? await keep(inAll) : inAll);
      }
      at = end + 1;
    }
    return {found};
  }

  // The documents of lists that are known in full, or null where there are none.
  function commonOf(lists) {
    const short = lists.filter(isWhole).map(list => list.map(group => group.parts[0]));
    return short.length ? inEach(short) : null;
  }

  const countCommon = lists => (commonOf(lists) || {length: Infinity}).length;

  // Of each kind in which all terms have documents, the groups of each term.
  function kindsOf(asked) {
    const kinds = new Map();
    manifest.kinds.forEach((_, kind) => {
      const lists = asked.map(groups => [2 * kind, 2 * kind + 1].map(name => groups.get(name)).filter(Boolean));
      if (lists.every(list => list.length)) kinds.set(kind, lists);
    });
    return kinds;
  }

  // Asks for terms until few documents are left, first those that stand together, common ones last; groups by kind.
  async function askTerms({terms}) {
    const asked = [], shards = terms.map(term => shardOf(hash(term), manifest.bits[0])), weight = list => list.filter(term => !isHeavy(term)).length;
    const queue = unique(shards).map(one => terms.filter((_, i) => shards[i] === one)).sort((a, b) => weight(b) - weight(a));
    let kinds;
    do {
      asked.push(...await Promise.all(flat(queue.splice(0, BATCH), list => list.map(lookUp))));
      kinds = kindsOf(asked);
    } while (queue.length && widest(kinds) > (weight(queue[0]) ? NARROW : MOST_BLOCKS));
    return kinds;
  }

  const widest = kinds => Math.max(0, ...[...kinds.values()].map(countCommon));

  // Lists of terms of which a title that sounds so has one in full. What every cut has suffices: the title is proof.
  async function soundsOf(letters) {
    if (!LETTERS.test(letters)) return [];
    letters = letters.replace(/ü/g, "v");
    if (!readings) {
      readings = new Map([[" ", [""]]]);
      (await file("sounds")).split(" ").forEach(word => {
        const [syllable] = word.match(/^[a-z]*/);
        syllables.add(syllable);
        [...word.slice(syllable.length)].forEach(char => readings.set(char, (readings.get(char) || []).concat(syllable)));
      });
    }
    const cuts = cutSyllables(letters, syllables), ways = cuts.map(soundTerms), all = plain(letters);
    if (!cuts.length || cuts[0].length < 2) return [cuts.length ? ["~" + cuts[0]] : [], initialTerms(all)].concat(ways).filter(list => list.length);
    const common = ways[0].filter(term => ways.every(way => way.includes(term)));
    return (2 * common.length > ways[0].length ? [common] : ways.slice(0, 3)).concat([initialTerms(all)]).filter(list => list.length);
  }

  // The readings of a query: the terms that a document must all have, and what proves it, texts and sounds.
  async function readingsOf(words, spoken, bare, others) {
    const isLatin = [...bare].every(isLetter), isCode = isLatin && /\d/.test(bare), isWord = LETTERS.test(bare);
    const whole = {terms: ["=" + bare], isWide: !isCode, isWhole: true, order: -9}, all = [whole];
    if (isCode && bare.length > 5) all.push({terms: ["$" + bare.slice(-6)], isWhole: true, order: -8});
    // Whoever gives a code means that one, and so whoever gives the number of a document, which has a year.
    if (!others && (all[1] || /\d{4}.+号$/.test(bare))) {
      const [one, end] = await Promise.all(all.map(async ({terms: [term]}) => (await lookUp(term)).size));
      if (one && bare.length > 7) return [whole];
      if (one || end) return all;
    }
    // Sounds are kept whole of titles of up to four characters only.
    if (isWord && bare.length < 25) all.push({terms: ["=~" + bare], isWide: true, heard: [bare], order: -8});
    if (isWord && bare.length < 5) all.push({terms: ["=^" + bare], isWide: true, heard: [bare], order: -8});
    let ways = [{terms: [], texts: [], heard: []}];
    for (const word of words) {
      // A syllable beside Chinese may stand anywhere; several syllables follow below.
      const isOne = ([term]) => words.length > 1 && /^~[a-z]+$/.test(term);
      const sounds = (await soundsOf(word)).filter(terms => !isLatin || !isOne(terms))
        .map(terms => ({terms: isOne(terms) ? [] : terms, texts: [], heard: [word]}));
      const own = [{terms: textTerms(word), texts: [word], heard: []}].concat(sounds);
      ways = flat(ways, way => own.map(one => ({terms: way.terms.concat(one.terms),
        texts: way.texts.concat(one.texts), heard: way.heard.concat(one.heard)}))).slice(0, 12);
    }
    // Syllables written apart.
    if (words.length > 1 || spoken !== bare) (await soundsOf(spoken)).forEach(terms => ways.push({terms, texts: [], heard: [plain(spoken)]}));
    // The name of a region may also be said by the place of a record.
    if (words.length > 1) words.forEach((word, i) => normalRegions().forEach((name, region) => {
      if ([name, name.slice(0, -1)].includes(word)) ways.push({terms: flat(words.filter((_, other) => other !== i), word => textTerms(word)), texts: words, heard: [], region});
    }));
    return all.concat(ways.filter(({terms}) => terms.length));
  }

  const normalRegions = () => manifest.regions.map(([, name]) => normal(name, table));

  function rangeOf({starts, count}, region) {
    return region === undefined ? [0, count] : starts && region >= 0 ? [starts[region], starts[region + 1]] : [0, 0];
  }

  // What chosen facets leave of a kind, a range and a test of documents; null for nothing.
  function filterOf(kind, state) {
    const about = manifest.kinds[kind];
    const range = rangeOf(about, state.region ? manifest.regions.findIndex(([code]) => code === state.region) : undefined);
    let allowed = null;
    for (const key of chosenOf(state).slice(state.region ? 1 : 0)) {
      const facet = about.facets.findIndex(facet => facet.key === key);
      const value = facet < 0 ? -1 : about.facets[facet].values.findIndex(([value]) => value === state[key]);
      if (value < 0) return null;
      allowed = about.combos.map((combo, i) => combo[facet] === value && (!allowed || allowed[i]));
    }
    if (range[0] >= range[1]) return null;
    const keep = allowed && (async documents => {
      const combos = await Promise.all(documents.map(async document => (await file(attributes(kind, document)))[document % CHUNK]));
      return documents.filter((_, i) => allowed[combos[i]]);
    });
    return {range, keep, isLoaded: document => files.has(attributes(kind, document))};
  }

  const attributes = (kind, document) => "a/" + kind + "-" + (document / CHUNK | 0);

  // Documents of a kind for one reading, those with every term in the title first.
  async function candidatesOf(reading, lists, kind, filter, wanted, attempt) {
    const about = manifest.kinds[kind], [from, to] = rangeOf(about, reading.region);
    const within = [Math.max(from, filter.range[0]), Math.min(to, filter.range[1])];
    // Where few are left their text decides. Of long lists, which are read in tiers, the shorter ones help most.
    const short = lists.filter(isWhole), long = lists.filter(list => !isWhole(list) && !list.some(group => group.cut)).sort(bySize);
    const most = attempt > 1 || !short.length ? long.length : countCommon(lists) > MOST_BLOCKS ? 2 : 0;
    const used = short.length + long.length ? short.concat(long.slice(0, most)) : lists;
    const others = used.length > 1 ? used : [used[0].filter(group => !group.isTitle)];
    const titles = await gather(used.map(list => list.filter(group => group.isTitle)), within, wanted, filter);
    const rest = await gather(others, within, wanted - titles.found.length, filter);
    const documents = [titles.found, rest.found.filter(document => !holds(titles.found, document))];
    // The size of a single list is known without reading it.
    const isSure = reading.texts && reading.texts.join() === reading.terms.join(), count = documents[0].length + documents[1].length;
    const isFull = reading.terms.length === 1 && !filter.keep && within[1] - within[0] === about.count;
    return {documents, isSure, count: isFull ? sizeOf(lists[0]) : count, open: !isFull && (titles.open || rest.open)};
  }

  // The facets that a state chooses from; all else in an address means nothing.
  const chosenOf = state => unique(["region"].concat(flat(manifest.kinds, ({facets}) => facets.map(({key}) => key))))
    .filter(key => state[key]);

  const blockOf = (kind, document) => "r/" + kind + "-" + (document / manifest.kinds[kind].block | 0);

  // A record in the forms that are compared. The name of its page is its id.
  function formsOf(record) {
    const values = record[4].filter((_, i) => i % 2).concat(record[0].replace(/.*\/|\.html$/g, ""));
    return {title: normal(record[1], table), place: normal(record[2], table), values: values.map(value => normal(value, table))};
  }

  // The rank of a record for a reading, 0 best; null without proof.
  function rankOf({title, place, values}, {texts, heard, isWhole}, bare) {
    const all = [title].concat(values), bares = all.map(plain);
    if (isWhole) return bares.includes(bare) ? 0 : bares.some(value => value.endsWith(bare)) ? 1 : null;
    if (texts && !texts.every(word => all.concat(place).some(value => value.includes(word)))) return null;
    if (heard.length) {
      const rank = Math.max(...heard.map(word => heardAt(title, word.replace(/ü/g, "v"), readings)));
      return rank > 2 ? null : texts && texts.length ? 2 : rank;
    }
    if (bares[0] === bare) return 0;
    if (texts.every(word => title.includes(word))) return title.startsWith(texts[0]) ? 1 : 2;
    return bares.includes(bare) ? 2.5 : 3;
  }

  // Exact hits by kind of words, which were `spoken` so. `state` says kind, chosen facets and page; `base` is added to ranks;
  // `others`: a code does not suffice.
  async function askExact(words, spoken, state, base, others) {
    // All lies in the highest region.
    const top = normal(manifest.top || "", table), texts = words.length > 1 ? words.filter(word => word !== top) : words;
    const bare = plain(spoken || texts.join("")), readings = await readingsOf(texts, spoken, bare, others), lists = readings.map(() => new Map());
    const ask = async (reading, i) => { lists[i] = await askTerms(reading); };
    await Promise.all(readings.map((reading, i) => reading.isWide || ask(reading, i)));
    // A whole name matters where there are many, and where separators were left out.
    const most = Math.max(...lists.map(widest));
    if (!most || most > PAGE_ALL) await Promise.all(readings.map((reading, i) => reading.isWide && ask(reading, i)));
    const size = state.kind ? PAGE_KIND : PAGE_ALL;
    const ofKind = async (about, kind, attempt) => {
      const filter = filterOf(kind, state), all = new Map();
      const known = filter ? await Promise.all(lists.map((kinds, i) =>
        kinds.has(kind) ? candidatesOf(readings[i], kinds.get(kind), kind, filter, size * state.page * (attempt ? 8 : 1), attempt) : null)) : [];
      // Each document once, with all that speaks for it.
      known.forEach((one, i) => one && one.documents.forEach((list, place) => list.forEach(document => {
        if (!all.has(document)) all.set(document, {document, order: readings[i].order || place, readings: []});
        all.get(document).readings.push(readings[i]);
      })));
      if (!all.size) return null;
      const some = known.filter(Boolean);
      const result = {kind, about, hits: [], open: some.some(({open}) => open),
        documents: [...all.values()].sort((a, b) => a.order - b.order || a.document - b.document),
        count: Math.max(all.size, ...some.map(one => one.count)),
        isSure: about.pages === about.count && some.every(one => one.isSure)};
      if (!isShown(about, state)) result.open = result.open || !result.isSure;
      else {
        await prove(result, state, size, MOST_BLOCKS * (state.page + attempt), (forms, candidate) => candidate.readings.reduce((best, reading) => {
          const rank = rankOf(forms, reading, bare);
          return rank !== null && (!best || rank + base < best.rank) ? {rank: rank + base, sound: reading.heard && reading.heard[0]} : best;
        }, null));
        // Too few of the candidates were hits, and more may be left: those first, and then fewer by more lists.
        if (result.open && result.hits.length < size && attempt < 2) return ofKind(about, kind, attempt + 1);
      }
      // Passages were counted: no kind has more hits than pages.
      result.count = Math.min(result.count, about.pages);
      return result;
    };
    const results = await Promise.all(manifest.kinds.map((about, kind) => ofKind(about, kind, 0)));
    return results.filter(Boolean);
  }

  // Fetches candidates in order and proves them until the page is full.
  async function prove(result, state, size, most, proof) {
    const {kind, documents, isSure} = result, start = (state.page - 1) * size;
    const blocks = new Set(), paths = new Set(), hits = [];
    let at = 0;
    while (at < documents.length && hits.length < start + size && blocks.size < most) {
      const batch = documents.slice(at, at + start + size - hits.length), {block} = result.about;
      at += batch.length;
      const read = await Promise.all(batch.map(({document}) => {
        blocks.add(blockOf(kind, document));
        return file(blockOf(kind, document));
      }));
      for (let i = 0; i < batch.length; i++) {
        const {document} = batch[i], record = read[i][document % block];
        const isProved = () => proof(formsOf(record), batch[i]);
        const proved = isProved() || (!table && mayBeTraditional(record[1]) && await loadTable().then(isProved));
        // Passages of one page count once.
        if (proved && !paths.has(record[0])) hits.push(Object.assign({record, document}, proved));
        if (proved) paths.add(record[0]);
      }
    }
    result.count -= at - hits.length;
    // What is left may be no hits.
    result.open = result.open || (!isSure && at < documents.length);
    result.hits = hits.slice(start).sort(byRank);
  }

  // Near hits by kind: documents are weighed by the terms that they have, and the best are proved.
  async function askNear(words, state) {
    // Of a long word some three neighbours are left whatever two changes did.
    const all = unique(flat(words, word => textTerms(word, word.length < 9)).filter(term => !isHeavy(term)));
    const pairs = all.filter((_, i) => i % Math.ceil(all.length / NEAR_PAIRS) === 0);
    const sizes = new Map((await Promise.all(pairs.map(lookUp))).map((groups, i) => [pairs[i], sizeOf([...groups.values()])]));
    const gaps = flat(words, word => gapTerms(word, pair => sizes.has(pair) ? sizes.get(pair) : Infinity));
    const asked = unique(pairs.concat(gaps.slice(0, NEAR_GAPS))), groups = await Promise.all(asked.map(lookUp));
    const region = normalRegions().findIndex(name => words[0].includes(name)), results = new Map(), scores = new Map();
    // Of long lists only the beginning is at hand, which would prefer those that stand there.
    const known = new Set(flat(groups, term => Array.from(term, ([name, {count}]) => count > FIRST ? -1 : name >> 1)));
    groups.forEach(term => term.forEach(({count, isTitle, parts: [first]}, name) => {
      const kind = name >> 1, about = manifest.kinds[kind], [from, to] = rangeOf(about, region);
      if (count <= FIRST || !known.has(kind)) first.forEach(document => {
        const id = kind + " " + document, score = scores.get(id) || {kind, document, weight: document >= from && document < to ? 3 : 0};
        score.weight += Math.log(1.1 + about.count / count) * (isTitle ? 1.5 : 1);
        scores.set(id, score);
      });
    }));
    const blocks = new Set(), best = [...scores.values()].sort((a, b) => b.weight - a.weight);
    for (const score of best) {
      const {kind, document, weight} = score;
      // What has far less in common with the query is not it.
      if (weight * 4 < best[0].weight || blocks.add(blockOf(kind, document)).size > NEAR_BLOCKS) break;
      if (!results.has(kind)) results.set(kind, {kind, about: manifest.kinds[kind], documents: [], count: 0});
      results.get(kind).documents.push(score);
    }
    await Promise.all([...results.values()].map(async result => {
      await prove(result, state, CHUNK, MOST_BLOCKS, ({title, place, values}, {weight}) => {
        // Of several words one may be missing, if it is no more than half.
        const far = words.map(word => {
          const any = farness(word, values.concat(title, place));
          return farness(word, [title]) > any ? any + 0.5 : any;
        });
        const missing = words.filter((_, i) => far[i] > 4).join("").length;
        return missing * 2 <= words.join("").length && {rank: 5 - weight / 1e3 + far.reduce((sum, far) => sum + Math.min(far, 9), 0)};
      });
      result.hits.splice(PAGE_ALL);
      result.count = result.hits.length;
    }));
    return [...results.values()];
  }

  // Words that were written as one: letters and Chinese, or two parts with a pair between them that is nowhere.
  async function splitWords(words) {
    const parts = flat(words, word => !IDEOGRAPH.test(word) ? word : word.match(/[a-zü]{2,}|[^a-zü ]+/g) || word);
    if (parts.length > words.length) return [parts];
    // The name of a region may stand before or behind.
    const names = normalRegions().concat(normal(manifest.top || "?", table)).filter(Boolean), splits = flat(names, name =>
      words[0].length > name.length + 1 && words[0].includes(name) ? [[name].concat(words[0].split(name).filter(Boolean), words.slice(1))] : []);
    await Promise.all(flat(words, (word, place) => windows([...word], 2).map(async (pair, i) => {
      const head = word.indexOf(pair.join("")) + pair[0].length, tail = word.slice(head);
      if (word.length > LONG || i < 1 || tail.length < 2 || !areTerm(pair) || (await lookUp(pair.join(""))).size) return;
      splits.push(words.slice(0, place).concat(word.slice(0, head), tail, words.slice(place + 1)));
    })));
    return splits;
  }

  // The answer to a query: its words, whether hits are exact, or near, or lie outside what was chosen; results by kind.
  async function search(query, asked) {
    const {kinds, ask} = await open(), text = query.slice(0, 200);
    const state = Object.assign({}, asked, {page: Math.max(1, Math.min(LAST_PAGE, asked.page | 0))});
    if (!kinds.some(about => isShown(about, state))) state.kind = "";
    if (!table && mayBeTraditional(text)) await loadTable();
    const all = fold(text, table).split(/\s+/).map(word => normal(word, table)).filter(Boolean), words = unique(all), spoken = all.join(" ");
    const answer = {state, words, exact: false, near: false, results: []}, some = results => results.some(({hits}) => hits.length);
    if (!words.length) return answer;
    let results = await askExact(words, spoken, state, 0);
    // There is no such page, or nothing has the code that would have sufficed.
    if (!some(results) && (state.page > 1 || /\d/.test(spoken))) {
      state.page = 1;
      results = await askExact(words, spoken, state, 0, true);
    }
    answer.exact = some(results);
    // Bounds may end a search before anything was found.
    answer.open = results.some(({open}) => open);
    // Near results are for those who look everywhere.
    answer.outside = !answer.exact && Boolean(state.kind || chosenOf(state).length);
    if (!answer.exact && !answer.outside) {
      // Without the words that only make a question of it.
      const parts = flat(words, word => word.split(RegExp(ask))).filter(Boolean), told = parts.length ? parts : words;
      for (const split of (told.join() === words.join() ? [] : [told]).concat(await splitWords(told)).slice(0, 4)) {
        if (!some(results)) results = await askExact(split, "", state, 5, true);
        if (some(results)) answer.words = split;
      }
      if (!some(results)) results = await askNear(told, state);
      answer.near = some(results);
    }
    // Kinds that are not shown keep their counts.
    answer.results = results.filter(({hits, about}) => hits.length || (answer.exact && !isShown(about, state)));
    const lead = ({hits: [hit]}) => !hit ? 99 : hit.rank > 4 ? hit.rank : Math.ceil(hit.rank);
    answer.results.sort((a, b) => lead(a) - lead(b) || a.kind - b.kind);
    return answer;
  }

  return {open, search, chosenOf, tableOf: () => table};
}

/* ---- The page: section 8 ---- */

// The parts of a shown text, each with whether it matches: [text, isMatch]. Of a word that is only near, its longest parts.
function markedParts(text, words, table) {
  const places = [], form = normal(text, table, places), marks = new Set(), parts = [];
  for (const word of words) {
    for (let from = 0, size; from < word.length; from += size) {
      for (size = word.length - from; size > 1 && !form.includes(word.substr(from, size));) size--;
      const part = size > 1 || word.length === 1 ? word.substr(from, size) : "?";
      for (let at = form.indexOf(part); at >= 0; at = form.indexOf(part, at + 1)) places.slice(at, at + size).forEach(place => marks.add(place));
    }
  }
  let at = 0;
  for (const char of text) {
    const isMatch = marks.has(at), last = parts[parts.length - 1];
    if (last && last[1] === isMatch) last[0] += char;
    else parts.push([char, isMatch]);
    at += char.length;
  }
  return parts;
}

// The same of the part around its first match.
function markedSnippet(text, words, table) {
  const [first, second] = markedParts(text, words, table);
  if (second && first[0].length > 24) text = "…" + text.slice(first[0].length - 20);
  return markedParts(text.length > 90 ? text.slice(0, 90) + "…" : text, words, table);
}

// Files over http(s) by fetch; from a folder, where that is forbidden, as scripts that call gongshiSearch().
function createLoader() {
  const waiting = {};
  window.gongshiSearch = (name, value) => waiting[name](value);
  return async (name, version) => {
    const address = "search/" + name + ".js" + (version && "?v=" + version);
    if (location.protocol !== "file:") {
      // An old manifest would misread new files.
      const answer = await fetch(address, {cache: version ? "default" : "no-cache"});
      if (!answer.ok) throw Error(address);
      const text = await answer.text();
      return JSON.parse(text.slice(text.indexOf(",") + 1, text.lastIndexOf(")")));
    }
    return new Promise((resolve, reject) => {
      const script = make("script", {src: address});
      waiting[name] = resolve;
      script.onerror = () => reject(Error(address));
      document.head.append(script);
    });
  };
}

function make(name, attributes, ...children) {
  const element = document.createElement(name);
  for (const key in attributes) element.setAttribute(key, attributes[key]);
  element.append(...children);
  return element;
}

function startPage() {
  const at = id => document.getElementById(id);
  const box = at("q"), status = at("status"), facets = at("facets"), results = at("results"), browse = at("browse");
  const searcher = createSearcher(createLoader()), siteTitle = document.title;
  let ticket = 0, timer = 0;

  // The words of the page stand in its markup.
  const say = (key, values) => results.dataset[key].replace(/\{(\w+)\}/g, (_, name) => values[name]);

  // A state is what stands in the address: the query, the kind, what is chosen of facets, the page.
  const stateOf = address => {
    const state = {};
    new URLSearchParams(address).forEach((value, key) => { state[key] = value; });
    return state;
  };
  const addressOf = state => "?" + new URLSearchParams(Object.entries(state).filter(([, value]) => value));
  const linkTo = (state, change, ...children) => make("a", {href: addressOf(Object.assign({}, state, {page: ""}, change))}, ...children);
  const listOf = links => make("ul", {}, ...links.map(link => make("li", {}, link)));

  // `way` is how the address is written: push, replace, or not at all.
  async function run(state, way) {
    const mine = ++ticket, q = state.q = (state.q || "").trim().slice(0, 200);
    clearTimeout(timer);
    status.removeAttribute("data-exact");
    if (!q) show("", [], []);
    else {
      timer = setTimeout(() => { status.textContent = say("busy"); }, 400);
      try {
        const {regions} = await searcher.open(), answer = await searcher.search(q, state);
        if (mine !== ticket) return;
        present(answer, regions);
        status.setAttribute("data-exact", answer.exact);
      } catch (error) {
        console.error(error);
        if (mine !== ticket) return;
        show(say("failed"), [], [make("p", {class: "more"}, linkTo(state, {page: state.page}, say("retry")))]);
      }
    }
    // The address waits until the results are out: a new one costs the browser more than a file. From a folder some refuse.
    setTimeout(() => {
      if (mine !== ticket) return;
      document.title = q ? q + " - " + siteTitle : siteTitle;
      try { if (way) history[way + "State"](null, "", addressOf(state)); } catch (_) {}
    });
  }

  function show(words, aside, main) {
    clearTimeout(timer);
    facets.textContent = results.textContent = "";
    facets.append(...aside);
    results.append(...main);
    browse.hidden = main.some(({tagName}) => tagName === "SECTION");
    status.textContent = words;
  }

  const amount = ({count, open}) => (open ? say("about") : "") + say("count", {n: count});

  function present({state, exact, near, outside, open: isOpen, words, results: found}, regions) {
    const {q, kind} = state, shown = found.filter(({hits}) => hits.length), chosen = searcher.chosenOf(state), aside = [];
    const open = shown.some(({open}) => open), n = amount({count: sizeOf(shown), open});
    const current = (link, isCurrent) => {
      if (isCurrent) link.setAttribute("aria-current", "true");
      return link;
    };
    if (!near && (found.length > 1 || kind || chosen.length)) {
      aside.push(make("nav", {class: "facet", "aria-label": say("kinds")}, listOf([current(linkTo({q}, {}, say("all")), !kind && !chosen.length)].concat(found.map(result =>
        current(linkTo(state, {kind: result.about.key}, result.about.name + " ", make("small", {}, amount(result))), result.about.key === kind))))));
    }
    const known = shown.length === 1 && !near ? shown[0].about.facets : [], hasPlaces = !near && shown.some(({about}) => about.starts);
    // Of what is shown; "+" where there is more.
    const more = open || shown.some(({hits, count}) => hits.length < count) ? "+" : "";
    (hasPlaces ? [{key: "region", name: say("region"), values: regions}] : []).concat(known).forEach(({key, name, values}, facet) => {
      const links = values.map(([value, label], i) => {
        const n = flat(shown, ({about: {starts, combos}, hits}) => hits.filter(({document, record}) =>
          key === "region" ? starts && document >= starts[i] && document < starts[i + 1] : combos[record[3]][facet - hasPlaces] === i)).length;
        // What is chosen is given up by a second click.
        return current(linkTo(state, {[key]: state[key] === value ? "" : value}, label, n ? make("small", {}, " ", say("count", {n: n + more})) : ""), state[key] === value);
      });
      const details = make("details", {class: "facet"}, make("summary", {}, name), listOf(links));
      details.open = state[key];
      aside.push(details);
    });
    show(say(near ? "near" : exact ? "found" : outside ? "outside" : isOpen ? "many" : "none", {q, n}), aside,
      shown.map(result => sectionOf(state, near, words, result)));
  }

  function sectionOf(state, near, words, result) {
    const {about: {key, name}, hits, count, open} = result, first = (state.page - 1) * PAGE_KIND, size = state.kind ? PAGE_KIND : PAGE_ALL;
    const section = make("section", {"data-kind": key}, make("h2", {}, name, " ", make("small", {}, amount(result))),
      make("ol", {class: "hits", start: state.kind ? first + 1 : 1}, ...hits.map(hit => lineOf(words, result.about, hit))));
    const isMore = !near && (open || count > first + size);
    if (!state.kind && isMore) section.append(make("p", {class: "more"}, linkTo(state, {kind: key}, say("more", {n: amount(result)}))));
    if (state.kind && (isMore || first)) {
      const {page} = state, isLast = page === LAST_PAGE;
      section.append(make("nav", {class: "pager", "aria-label": say("pager")},
        first ? linkTo(state, {page: page - 1}, say("prev")) : "", make("span", {}, say("page", {n: page})),
        !isMore ? "" : isLast ? say("last", {n: page * PAGE_KIND}) : linkTo(state, {page: page + 1}, say("next"))));
    }
    return section;
  }

  // A line says what, where, in which state, and the value that matched.
  function lineOf(words, about, {record: [path, title, place, combo, values, passage], rank, sound}) {
    const table = searcher.tableOf(), form = normal(title, table), tags = make("p", {class: "tags"});
    const dress = parts => parts.map(([text, isMatch]) => isMatch ? make("mark", {}, text) : text);
    const tag = (text, look) => tags.append(make("span", {class: "tag " + look}, text));
    if (rank > 4) tag(say("tag"), "warn");
    if (sound) tag(say("sound"), "plain");
    (about.combos[combo] || []).forEach((value, i) => {
      const {key, name, values} = about.facets[i];
      // A bare letter says nothing without its scale.
      if (value >= 0 && key !== "year") tag((values[value][1].length > 1 ? "" : name) + values[value][1], "plain");
    });
    if (place) tags.append(make("span", {class: "place"}, ...dress(markedParts(place, words, table))));
    const line = make("li", {}, make("a", {href: path}, ...dress(markedParts(title, words, table))), tags);
    for (let i = 0; i < values.length; i += 2) {
      const parts = markedSnippet(values[i + 1], words, table), isProse = passage >= 0 && i + 2 === values.length;
      if (isProse || (parts.some(([, isMatch]) => isMatch) && !words.every(word => form.includes(word)))) {
        line.append(make("p", {class: "why"}, make("span", {}, isProse ? "" : about.fields[values[i]] + " "), ...dress(parts)));
      }
    }
    return line;
  }

  function later() {
    ticket++;
    status.removeAttribute("data-exact");
    clearTimeout(timer);
    timer = setTimeout(() => run({q: box.value}, "replace"), 150);
  }
  // Characters that are still being composed are no query.
  box.oninput = event => event.isComposing || later();
  box.addEventListener("compositionend", later);
  box.form.onsubmit = event => {
    event.preventDefault();
    run({q: box.value}, "push");
  };
  document.onclick = event => {
    const link = event.target.closest("#facets a, .more a, .pager a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    run(stateOf(link.search), "push").then(() => status.focus());
  };
  window.onpopstate = () => {
    const state = stateOf(location.search);
    box.value = state.q || "";
    run(state);
  };
  window.onpopstate();
  // What fails is told when something is asked.
  searcher.open().catch(() => {});
}

if (typeof module === "object") module.exports = {createSearcher};
else if (document.getElementById("results")) startPage();
})();
