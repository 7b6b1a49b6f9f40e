/*
 * Search without a server: finds records in the index that the build has written, after docs/search.md.
 *
 * In: a query and a loader of index files. Out: hits by kind, and on search.html their lines, facets and pages.
 * The core knows no page: under Node it is all there is, and createSearcher(load) asks any loader.
 *
 * Not here: how the index is made. Texts reach the page as text only, never as markup.
 */
(function () {
"use strict";

/* ---- Texts: docs/search.md, sections 1 and 2 ---- */

// Readers of these code points stand alone (class h); pairs of first and last.
const IDEOGRAPHS = [0x2e80, 0x2fdf, 0x3005, 0x3007, 0x3021, 0x3029, 0x3041, 0x3096, 0x3099, 0x309f, 0x30a1, 0x30fa,
  0x30fc, 0x30ff, 0x3105, 0x312f, 0x3131, 0x318e, 0x31a0, 0x31bf, 0x31f0, 0x31ff, 0x3400, 0x4dbf, 0x4e00, 0x9fff,
  0xa000, 0xa48c, 0xac00, 0xd7a3, 0xf900, 0xfaff, 0x20000, 0x3ffff];

function classOf(code) {
  if (code < 0xdf) return (code > 47 && code < 58) || (code > 96 && code < 123) ? "a" : "";
  if (code < 0x2e80) {
    return (code < 0x250 && code !== 0xf7) || (code > 0x36f && code < 0x530) ? "a" : "";
  }
  for (let i = 0; i < IDEOGRAPHS.length; i += 2) {
    if (code <= IDEOGRAPHS[i + 1]) return code >= IDEOGRAPHS[i] ? "h" : "";
  }
  return "";
}

function isLetter(char) {
  return classOf(char.codePointAt(0)) === "a";
}

// `table` maps traditional characters to simplified ones, or is null.
function fold(text, table) {
  let folded = "";
  for (const char of text.normalize("NFKC")) folded += char.toLowerCase();
  return table ? Array.from(folded, char => table.get(char) || char).join("") : folded;
}

// The normal form. `places`, if given, receives for each code unit of it where its character stands in the text.
function normal(text, table, places) {
  let form = "", apart = false, last = "", at = 0;
  // Places are told character by character; without them the text is folded as a whole, as the index does.
  for (const piece of places ? text : [text]) {
    for (const char of fold(piece, table)) {
      const kind = classOf(char.codePointAt(0));
      if (!kind) {
        apart = true;
        continue;
      }
      const added = apart && kind === "a" && last === "a" ? " " + char : char;
      form += added;
      if (places) for (let i = 0; i < added.length; i++) places.push(at);
      apart = false;
      last = kind;
    }
    at += piece.length;
  }
  return form;
}

// The characters of GB 2312, by the browser's own decoder. What lies outside may be traditional; so may these few inside.
let simplified = null;
const BOTH = "吒夥後徵捱摺於榘甯菸薹醣麴麽";

function mayBeTraditional(text) {
  if (!simplified) {
    simplified = new Set();
    try {
      const decoder = new TextDecoder("gbk");
      for (let row = 0xb0; row < 0xf8; row++) {
        for (let cell = 0xa1; cell < 0xff; cell++) simplified.add(decoder.decode(new Uint8Array([row, cell])));
      }
    } catch (_) { /* Without the decoder every character may be. */ }
  }
  return Array.from(text).some(char =>
    classOf(char.codePointAt(0)) === "h" && (!simplified.has(char) || BOTH.indexOf(char) >= 0));
}

/* ---- Terms: section 3 ---- */

function pairsAndRuns(word) {
  const chars = Array.from(word), terms = [];
  for (let i = 0; i < chars.length; i++) {
    const [one, two, three] = [chars[i], chars[i + 1], chars[i + 2]];
    if (one === " ") continue;
    if (!isLetter(one)) {
      if (two && two !== " ") terms.push(one + two);
      continue;
    }
    const follows = char => char !== undefined && isLetter(char);
    if (two && !follows(two) && two !== " ") terms.push(one + two);
    if (follows(two) && follows(three)) terms.push(one + two + three);
    // A run of one or two letters is a term by itself.
    else if (!follows(chars[i - 1])) terms.push(follows(two) ? one + two : one);
  }
  return terms.length || !word ? terms : [chars[0]];
}

// Terms by which a title with one character wrong, missing, too many or exchanged is still found.
function gapTerms(word) {
  const chars = Array.from(word), terms = [];
  const all = (...group) => group.every(char => char && char !== " ") && !group.every(isLetter);
  for (let i = 0; i < chars.length; i++) {
    const [one, two, three] = [chars[i], chars[i + 1], chars[i + 2]];
    if (all(one, two, three)) terms.push("?" + one + three, one + three);
    if (all(one, two)) terms.push("?" + one + two);
  }
  return terms;
}

// Every way to read letters as syllables, fewest first. Blanks part syllables.
function cutSyllables(letters, syllables) {
  let ways = [[]];
  for (const part of letters.replace(/ü/g, "v").split(" ")) {
    const from = Array.from({length: part.length + 1}, () => []);
    from[0] = [[]];
    for (let end = 1; end <= part.length; end++) {
      for (let start = Math.max(0, end - 6); start < end; start++) {
        const syllable = part.slice(start, end);
        if (syllables.has(syllable)) from[start].forEach(way => from[end].push(way.concat(syllable)));
      }
      from[end].sort((a, b) => a.length - b.length).splice(8);
    }
    const longer = [];
    ways.forEach(way => from[part.length].forEach(more => longer.push(way.concat(more))));
    ways = longer.sort((a, b) => a.length - b.length).slice(0, 8);
  }
  return ways;
}

function soundTerms(syllables) {
  return syllables.length === 1 ? ["~" + syllables[0]]
    : syllables.slice(1).map((syllable, i) => "~" + syllables[i] + " " + syllable);
}

function initialTerms(letters) {
  // No syllable begins with these three.
  if (letters.length < 2 || /[^a-z]|[iuv]/.test(letters)) return [];
  return letters.length === 2 ? ["^" + letters]
    : Array.from(letters.slice(2), (_, i) => "^" + letters.slice(i, i + 3));
}

/* ---- Numbers and shards: sections 5 and 6 ---- */

const DIGITS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ!#$()*+-./=?";
const VALUE = new Map(Array.from(DIGITS, (digit, value) => [digit, value]));
const FIRST_PART = 512, CHUNK = 4096;

function hash(term) {
  return [0x811c9dc5, 0x9747b28c].map(seed => {
    let h = seed;
    for (let i = 0; i < term.length; i++) h = Math.imul(h ^ term.charCodeAt(i), 0x01000193);
    h = Math.imul(h ^ h >>> 16, 0x85ebca6b);
    h = Math.imul(h ^ h >>> 13, 0xc2b2ae35);
    return (h ^ h >>> 16) >>> 0;
  });
}

function keyOf([h1, h2]) {
  const number = (h1 & 0x3fffff) << 8 | h2 >>> 24;
  return [24, 18, 12, 6, 0].map(shift => DIGITS[number >>> shift & 63]).join("");
}

function shardOf([h1], bits) {
  return bits ? h1 >>> 32 - bits : 0;
}

// What stands behind a key in a shard, or null.
function entryOf(shard, key) {
  const at = shard.indexOf(" " + key);
  if (at < 0) return null;
  const end = shard.indexOf(" ", at + 1);
  return shard.slice(at + 1 + key.length, end < 0 ? shard.length : end);
}

// Reads numbers one after another.
function reader(text) {
  let at = 0;
  const number = () => {
    let value = 0, weight = 1, digit;
    do {
      digit = VALUE.get(text[at++]);
      if (digit === undefined) throw new Error("search index: a number breaks off");
      value += (digit & 31) * weight;
      weight *= 32;
    } while (digit & 32);
    return value;
  };
  const ascending = (count, next) => {
    const list = [];
    while (list.length < count) {
      list.push(next += number());
      next++;
    }
    return list;
  };
  return {number, ascending, more: () => at < text.length};
}

// The groups of a term by `2 * kind + class`: how many documents, the first of them, and where the tiers behind end.
function decodeGroups(entry, hashes) {
  const groups = new Map(), numbers = reader(entry);
  while (numbers.more()) {
    const name = numbers.number(), size = numbers.number(), count = Math.floor(size / 2);
    const group = {count, cut: size % 2 === 1, parts: [], ends: [], sizes: [], term: hashes[0] + "." + (hashes[1] >>> 24) + "." + name};
    group.parts.push(numbers.ascending(Math.min(count, FIRST_PART), 0));
    if (count > FIRST_PART && !group.cut) {
      for (let left = count - FIRST_PART, size = 1024; left > 0; size = Math.min(4096, size * 2)) {
        group.sizes.push(Math.min(left, size));
        left -= size;
      }
      const last = group.parts[0][FIRST_PART - 1];
      group.ends = [last].concat(numbers.ascending(group.sizes.length, last + 1));
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

function holds(list, value) {
  return list[placeOf(list, value)] === value;
}

/* ---- Proof: sections 7.3 to 7.5 ---- */

// The fewest changes (wrong, missing, too many, exchanged characters) between a word and any part of a value.
function distance(word, value) {
  const width = value.length + 1;
  let before = null, above = new Array(width).fill(0);
  for (let i = 1; i <= word.length; i++) {
    const row = [i];
    for (let j = 1; j < width; j++) {
      const same = word[i - 1] === value[j - 1];
      row[j] = Math.min(above[j - 1] + (same ? 0 : 1), above[j] + 1, row[j - 1] + 1);
      if (before && j > 1 && word[i - 1] === value[j - 2] && word[i - 2] === value[j - 1]) {
        row[j] = Math.min(row[j], before[j - 2] + 1);
      }
    }
    before = above;
    above = row;
  }
  return Math.min(...above);
}

// The parts (at most `most`) of a word that stand apart in the values, longest first, or null.
function partsIn(word, values, most) {
  for (let end = word.length; end > 1; end--) {
    const part = word.slice(0, end).trim(), rest = word.slice(end).trim();
    // Short pieces of numbers stand everywhere.
    if (part.length < (Array.from(part).some(char => !isLetter(char)) ? 2 : 4)) continue;
    if (!values.some(value => value.indexOf(part) >= 0)) continue;
    if (!rest) return [part];
    const others = most > 1 && partsIn(rest, values, most - 1);
    if (others) return [part].concat(others);
  }
  return null;
}

// How far a word is from the values of a record: 0 none, 1 or 2 changes, 3 in parts; -1 too far.
function farness(word, values) {
  if (values.some(value => value.indexOf(word) >= 0)) return 0;
  const size = Array.from(word).length, lettersOnly = Array.from(word).every(isLetter);
  if (size >= (lettersOnly ? 5 : 3)) {
    const most = size >= 8 ? 2 : 1;
    const least = values.reduce((least, value) => Math.min(least, distance(word, value)), 9);
    if (least <= most) return least;
  }
  return partsIn(word, values, 3) ? 3 : -1;
}

/* ---- Asking: section 7 ---- */

// Bounds of one query: what costs bytes is asked for in small batches.
const MOST_CHARACTERS = 200, MOST_BLOCKS = 40, MOST_TIERS = 24, NARROW = 12, BATCH = 4;
const MOST_NEAR = 40, MOST_NEAR_TERMS = 16, MOST_NEAR_BLOCKS = 14;
const PAGE_ALL = 10, PAGE_KIND = 20, LAST_PAGE = 50;
const LETTERS = /^[a-zü ]+$/;

// The first batch covers a word without overlaps and leaves common terms out; what is left follows behind.
function batchesOf(words, isHeavy) {
  const first = [], more = [], heavy = [];
  for (const {terms, word, sound} of words) {
    const light = terms.filter(term => !isHeavy(term));
    terms.forEach((term, i) => isHeavy(term) && (i % 2 ? heavy.push(term) : heavy.unshift(term)));
    const apart = light.filter((term, i) => i === 0 || i === light.length - 1 || terms.indexOf(term) % 2 === 0);
    // Letters are mostly pinyin: two terms show whether they stand there as they are.
    const wanted = Math.max(1, Math.floor((/^[a-z]{7,}$/.test(word) && !sound ? 2 : BATCH) / words.length));
    const chosen = spread(apart, wanted);
    light.forEach(term => (chosen.indexOf(term) < 0 ? more : first).push(term));
  }
  return {first: unique(first), more: unique(more), heavy: unique(heavy)};
}

// At most `most` members, at equal distances from the first to the last.
function spread(list, most) {
  return list.length <= most ? list
    : Array.from({length: most}, (_, i) => list[Math.floor(i * (list.length - 1) / Math.max(1, most - 1))]);
}

function unique(list) {
  return Array.from(new Set(list));
}

// `load(name, version)` promises the value of an index file.
function createSearcher(load) {
  const files = new Map(), terms = new Map();
  let manifest = null, heavy = new Set(), table = null;

  // Each file is asked for once; one that failed may be asked for again.
  function file(name) {
    if (!files.has(name)) {
      files.set(name, load(name, manifest ? manifest.v : "").catch(error => {
        files.delete(name);
        throw error;
      }));
    }
    return files.get(name);
  }

  async function open() {
    if (!manifest) {
      const read = await file("index");
      heavy = new Set(read.heavy.match(/.{5}/g));
      read.kinds.forEach(kind => {
        kind.facets = kind.facets || [];
        kind.combos = kind.combos || [];
      });
      manifest = read;
    }
    return manifest;
  }

  async function loadTable() {
    if (!table) {
      const read = await file("fold"), [from, to] = Array.isArray(read) ? read : read.split("\n");
      const simple = Array.from(to);
      table = new Map(Array.from(from, (char, i) => [char, simple[i]]));
    }
  }

  async function entry(term) {
    const hashes = hash(term);
    return entryOf(await file("t/" + shardOf(hashes, manifest.bits)), keyOf(hashes));
  }

  // The groups of a term, or null.
  function lookUp(term) {
    if (!terms.has(term)) {
      terms.set(term, entry(term).then(found => found && decodeGroups(found, hash(term)))
        .catch(error => {
          terms.delete(term);
          throw error;
        }));
    }
    return terms.get(term);
  }

  const isHeavy = term => heavy.has(keyOf(hash(term)));

  async function part(group, place) {
    if (!group.parts[place]) {
      const read = await entry(group.term + "." + place);
      group.parts[place] = read ? reader(read).ascending(group.sizes[place - 1], 0) : [];
    }
    return group.parts[place];
  }

  const partAt = (group, document) => Math.min(placeOf(group.ends, document), Math.max(0, group.ends.length - 1));
  const isWhole = list => list.every(group => group.count <= FIRST_PART);

  // Documents from..to that each list has in one of its groups, ascending. Of long lists only those tiers are fetched in
  // which such documents can be, and none behind the first `wanted` found.
  async function gather(lists, [from, to], wanted, keep) {
    const found = [];
    let at = from, left = MOST_TIERS;
    while (at < to) {
      for (const list of lists) {
        if (isWhole(list)) {
          at = Math.max(at, Math.min(to, ...list.map(({parts: [all]}) => {
            const place = placeOf(all, at);
            return place < all.length ? all[place] : to;
          })));
        }
      }
      if (at >= to) break;
      let end = to - 1, missing = 0;
      const parts = lists.map(list => list.map(group => {
        const place = partAt(group, at);
        if (place < group.ends.length - 1) end = Math.min(end, group.ends[place]);
        if (!group.parts[place]) missing++;
        return [group, place];
      }));
      if (keep) {
        end = Math.min(end, at - at % CHUNK + CHUNK - 1);
        if (!keep.isLoaded(at)) missing++;
      }
      if (missing && (found.length >= wanted || missing > left)) return {found, open: true};
      left -= missing;
      const loaded = await Promise.all(parts.map(list => Promise.all(list.map(([group, place]) => part(group, place)))));
      const start = at;
      let inAll = unique([].concat(...loaded[0].map(list => list.slice(placeOf(list, start), placeOf(list, end + 1)))));
      for (const list of loaded.slice(1)) inAll = inAll.filter(document => list.some(some => holds(some, document)));
      if (keep && inAll.length) inAll = await keep(inAll);
      inAll.sort((a, b) => a - b).forEach(document => found.push(document));
      at = end + 1;
    }
    return {found, open: false};
  }

  // Kinds in which all terms have documents, with a list of groups a term.
  function kindsOf(asked) {
    const lists = new Map();
    manifest.kinds.forEach((_, kind) => {
      const groups = asked.map(term => [2 * kind, 2 * kind + 1].map(name => term.get(name)).filter(Boolean));
      if (groups.every(list => list.length)) lists.set(kind, groups);
    });
    return lists;
  }

  // How many documents at most are left in the kind where most are.
  function widest(asked) {
    let most = 0;
    kindsOf(asked).forEach(lists => {
      const whole = lists.filter(isWhole).sort((a, b) => size(a) - size(b));
      const count = !whole.length ? Infinity : [].concat(...whole[0].map(group => group.parts[0])).filter(document =>
        whole.every(list => list.some(group => holds(group.parts[0], document)))).length;
      most = Math.max(most, count);
    });
    return most;
  }

  const size = list => list.reduce((sum, group) => sum + group.count, 0);

  // Asks for the terms of a reading until few documents are left; null when a term is nowhere.
  async function askTerms(reading) {
    const {first, more, heavy} = batchesOf(reading.words, isHeavy), asked = [];
    const ask = async list => {
      const groups = await Promise.all(list.map(lookUp));
      asked.push(...groups);
      return groups.every(Boolean) && kindsOf(asked).size > 0;
    };
    // What is found by sound has no other proof than its terms.
    const narrow = limit => !reading.sounds && asked.length > 0 && widest(asked) <= limit;
    if (!await ask(first)) return null;
    while (more.length && !narrow(NARROW)) if (!await ask(more.splice(0, BATCH))) return null;
    const common = reading.sounds ? heavy : heavy.slice(0, BATCH);
    if (common.length && !narrow(MOST_BLOCKS) && !await ask(common)) return null;
    return asked;
  }

  // The readings of a query, as lists of terms all of which a document must have.
  async function readingsOf(words) {
    let readings = [{words: [], sounds: false}];
    const letters = words.every(word => LETTERS.test(word));
    for (const word of words) {
      const ways = [{terms: pairsAndRuns(word), word}];
      if (/^[a-zü]+$/.test(word)) (await soundsOf(word)).forEach(terms => ways.push({terms, sound: true, word}));
      readings = [].concat(...readings.map(({words, sounds}) =>
        ways.map(way => ({words: words.concat(way), sounds: sounds || Boolean(way.sound)})))).slice(0, 12);
    }
    // Syllables written apart.
    if (letters && (words.length > 1 || words[0].indexOf(" ") > 0)) {
      const word = words.join(" ");
      (await soundsOf(word)).forEach(terms => readings.push({words: [{terms, sound: true, word}], sounds: true}));
    }
    return readings.concat(regionReadings(words));
  }

  async function soundsOf(letters) {
    const syllables = new Set((await file("sounds")).split(" "));
    return cutSyllables(letters, syllables).map(soundTerms).concat([initialTerms(letters)]).filter(list => list.length);
  }

  // A word that names a region may be said by the place of a record as well.
  function regionReadings(words) {
    const readings = [];
    if (words.length < 2) return readings;
    words.forEach((word, i) => manifest.regions.forEach(([, name], region) => {
      const form = normal(name, null);
      if (form === word || (word.length > 1 && form.slice(0, -1) === word)) {
        const rest = words.filter((_, other) => other !== i).map(other => ({terms: pairsAndRuns(other), word: other}));
        readings.push({words: rest, sounds: false, region});
      }
    }));
    return readings;
  }

  // Where in a kind the documents of a region stand.
  function rangeOf(kind, region) {
    const {starts, count} = manifest.kinds[kind];
    if (region < 0) return [0, count];
    return starts ? [starts[region], starts[region + 1]] : [0, 0];
  }

  // What of a kind the chosen facets leave: nothing at all, a range, and a test of documents.
  function filterOf(kind, chosen) {
    let range = [0, manifest.kinds[kind].count], allowed = null;
    for (const key of Object.keys(chosen)) {
      if (key === "region") {
        range = rangeOf(kind, manifest.regions.findIndex(([code]) => code === chosen.region));
        if (!manifest.regions.some(([code]) => code === chosen.region)) range = [0, 0];
        continue;
      }
      const {facets, combos} = manifest.kinds[kind];
      const facet = facets.findIndex(facet => facet.key === key);
      const value = facet < 0 ? -1 : facets[facet].values.findIndex(([value]) => value === chosen[key]);
      if (value < 0) return null;
      allowed = combos.map((combo, i) => combo[facet] === value && (!allowed || allowed[i]));
    }
    if (range[0] >= range[1]) return null;
    const keep = allowed && (async documents => {
      const combos = await Promise.all(documents.map(document => comboOf(kind, document)));
      return documents.filter((_, i) => allowed[combos[i]]);
    });
    if (keep) keep.isLoaded = document => files.has(attributeFile(kind, document));
    return {range, keep};
  }

  const attributeFile = (kind, document) => "a/" + kind + "-" + Math.floor(document / CHUNK);

  async function comboOf(kind, document) {
    const text = await file(attributeFile(kind, document)), {width} = manifest.kinds[kind];
    let combo = 0;
    for (let i = 0; i < width; i++) combo = combo * 64 + VALUE.get(text[document % CHUNK * width + i]);
    return combo;
  }

  // Documents of a kind for one reading: those with every term in the title first.
  async function candidatesOf(reading, lists, kind, filter, wanted) {
    const [from, to] = reading.region === undefined ? filter.range : rangeOf(kind, reading.region);
    const range = [Math.max(from, filter.range[0]), Math.min(to, filter.range[1])];
    const whole = lists.filter(isWhole), cut = list => list.some(group => group.cut);
    // Where few are left, their text decides and long lists need not be read.
    let used = lists;
    if (whole.length && !reading.sounds && lists.some(list => !isWhole(list))) {
      const few = await gather(whole, range, Infinity, null);
      if (few.found.length <= MOST_BLOCKS) used = whole;
    }
    if (used.length > 1 && !used.every(cut)) used = used.filter(list => !cut(list));
    const inTitle = used.map(list => list.filter(group => isTitle(group)));
    const titles = inTitle.every(list => list.length) ? await gather(inTitle, range, wanted, filter.keep)
      : {found: [], open: false};
    const single = used.length === 1, others = single ? [used[0].filter(group => !isTitle(group))] : used;
    let rest = {found: [], open: titles.open};
    if (others[0].length && (single || used.some(list => list.some(group => !isTitle(group))))) {
      const missing = wanted - titles.found.length;
      if (missing > 0 || !titles.open) rest = await gather(others, range, Math.max(0, missing), filter.keep);
      rest.found = rest.found.filter(document => !holds(titles.found, document));
    }
    // Of one list in full the number of its documents is known without reading them.
    const isSure = lists.length === 1 && reading.words.length === 1 && reading.words[0].terms.length === 1;
    const all = isSure && !filter.keep && range[0] === 0 && range[1] === manifest.kinds[kind].count;
    return {titles: titles.found, others: rest.found, open: titles.open || rest.open, isSure,
      count: all ? size(lists[0]) : titles.found.length + rest.found.length, all};
  }

  const isTitle = group => group.term.split(".")[2] % 2 === 0;

  async function recordsOf(kind, documents) {
    const {block} = manifest.kinds[kind];
    return Promise.all(documents.map(async document =>
      (await file("r/" + kind + "-" + Math.floor(document / block)))[document % block]));
  }

  const blockOf = (kind, document) => kind + "-" + Math.floor(document / manifest.kinds[kind].block);

  // A record in the forms that are compared.
  function formsOf(record) {
    const values = [];
    for (let i = 1; i < record[4].length; i += 2) values.push(normal(record[4][i], table));
    return {title: normal(record[1], table), place: normal(record[2], table), values};
  }

  // Runs a proof, and once more with traditional characters folded where it may matter.
  async function proved(record, proof, again) {
    const result = proof(formsOf(record));
    if (result || table || !again || !mayBeTraditional(record[1] + record[2] + record[4].join(""))) return result;
    await loadTable();
    return proof(formsOf(record));
  }

  // The rank of a record for a reading, 0 best; null when a word is not in it. What is read as sound is proved by its terms.
  function rankOf({title, place, values}, words, bare) {
    const texts = words.filter(({sound}) => !sound), has = (word, list) => list.some(value => value.indexOf(word) >= 0);
    if (!texts.every(({word}) => has(word, values.concat(title, place)))) return null;
    if (texts.length < words.length) return 2;
    if (title.replace(/ /g, "") === bare) return 0;
    if (words.length === 1 && title.indexOf(words[0].word) === 0) return 1;
    if (texts.every(({word}) => has(word, [title]))) return 2;
    return values.some(value => value.replace(/ /g, "") === bare) ? 2.5 : 3;
  }

  // Code or name in full, or the end of a code; separators do not count.
  function wholeRank({title, values}, bare) {
    const plain = [title].concat(values).map(value => value.replace(/ /g, ""));
    if (plain.indexOf(bare) >= 0) return 0;
    return plain.some(value => value.slice(-bare.length) === bare) ? 1 : null;
  }

  // What whole names, whole codes and their ends give: documents by kind, in the order of what proves them.
  async function askWhole(bare) {
    const isCode = Array.from(bare).every(isLetter), asked = ["=" + bare];
    if (isCode && /[a-zü]/.test(bare)) asked.push("=~" + bare.replace(/ü/g, "v"), "=^" + bare);
    if (isCode && bare.length > 5) asked.push("$" + bare.slice(-6));
    const found = new Map(), groups = await Promise.all(asked.map(lookUp));
    groups.forEach((term, order) => term && term.forEach((group, name) => {
      const kind = name >> 1, sound = "~^".indexOf(asked[order][1]) >= 0 && asked[order][0] === "=";
      if (!found.has(kind)) found.set(kind, []);
      group.parts[0].forEach(document => found.get(kind).push({document, order: order - 9, reason: {whole: true, sound}}));
    }));
    return {found, isAll: isCode && bare.length > 7 && /\d/.test(bare) && Boolean(groups[0])};
  }

  // Exact hits by kind. `state` says kind, chosen facets and page.
  async function askExact(words, state, bare) {
    const whole = await askWhole(bare);
    // Whoever gives a whole code means that one.
    const readings = whole.isAll ? [] : await readingsOf(words);
    const lists = await Promise.all(readings.map(async reading => {
      const asked = await askTerms(reading);
      return asked ? kindsOf(asked) : new Map();
    }));
    const results = await Promise.all(manifest.kinds.map(async (about, kind) => {
      const filter = filterOf(kind, state.chosen), front = whole.found.get(kind) || [];
      if (!filter || !(front.length || lists.some(map => map.has(kind)))) return null;
      const wanted = state.kind ? state.page * PAGE_KIND : PAGE_ALL;
      const found = await Promise.all(lists.map((map, i) =>
        map.has(kind) && candidatesOf(readings[i], map.get(kind), kind, filter, wanted)));
      const kept = await within(filter, front.map(({document}) => document));
      // Each document once, with all that speaks for it.
      const all = new Map();
      const add = (document, order, reason) => {
        if (!all.has(document)) all.set(document, {document, order, reasons: []});
        all.get(document).reasons.push(reason);
      };
      front.forEach(({document, order, reason}) => kept.indexOf(document) >= 0 && add(document, order, reason));
      found.forEach((one, i) => one && [one.titles, one.others].forEach((list, order) =>
        list.forEach(document => add(document, order, readings[i]))));
      const known = found.filter(Boolean), only = known.length === 1 ? known[0] : {};
      return all.size ? {
        kind, about, hits: [], proved: false, rough: false,
        documents: Array.from(all.values()).sort((a, b) => a.order - b.order || a.document - b.document),
        count: only.all ? only.count : all.size,
        open: !only.all && known.some(one => one.open),
        isSure: Boolean(only.isSure) && about.pages === about.count,
      } : null;
    }));
    const some = results.filter(Boolean);
    await Promise.all(some.map(result => isShown(result, state) && proveHits(result, words, state, bare)));
    return some;
  }

  const isShown = ({about}, state) => !state.kind || about.key === state.kind;

  // The documents that a filter leaves.
  async function within({range: [from, to], keep}, documents) {
    const inside = documents.filter(document => document >= from && document < to);
    return keep && inside.length ? keep(inside) : inside;
  }

  // Fetches candidates in order and proves them until the page is full.
  async function proveHits(result, words, state, bare) {
    const {kind, documents, isSure} = result, size = state.kind ? PAGE_KIND : PAGE_ALL;
    const start = state.kind ? (state.page - 1) * size : 0, seen = new Set(), hits = [];
    // Where every candidate is a hit, pages are slices; elsewhere those of the pages before have to be proved as well.
    const full = isSure ? size : start + size, most = MOST_BLOCKS * (isSure ? 1 : state.page), blocks = new Set();
    let at = isSure ? start : 0;
    const first = at;
    while (at < documents.length && hits.length < full && blocks.size < most) {
      const batch = documents.slice(at, at + full - hits.length);
      at += batch.length;
      batch.forEach(({document}) => blocks.add(blockOf(kind, document)));
      const records = await recordsOf(kind, batch.map(({document}) => document));
      for (let i = 0; i < batch.length; i++) {
        const record = records[i], proof = await proved(record, forms => proofOf(forms, batch[i].reasons, words, bare), true);
        // Passages of one page count once.
        if (!proof || seen.has(record[0])) continue;
        seen.add(record[0]);
        hits.push({record, document: batch[i].document, rank: proof.rank, sound: proof.sound, far: 0});
      }
    }
    result.count -= at - first - hits.length;
    result.rough = !isSure && at < documents.length;
    result.proved = hits.length > 0;
    result.hits = (isSure ? hits : hits.slice(start, start + size)).sort(byRank);
  }

  // The best proof that the reasons for a candidate have in its record, or null.
  function proofOf(forms, reasons, words, bare) {
    let best = null;
    for (const {whole, sound, region, words: read} of reasons) {
      const asked = region === undefined ? read : words.map(word => ({word}));
      const rank = whole ? (sound ? 0.5 : wholeRank(forms, bare)) : rankOf(forms, asked, bare);
      if (rank !== null && (!best || rank < best.rank)) best = {rank, sound: Boolean(whole ? sound : asked.some(one => one.sound))};
    }
    return best;
  }

  function byRank(a, b) {
    return a.far - b.far || a.rank - b.rank || a.record[1].length - b.record[1].length || a.document - b.document;
  }

  // Near results: documents are weighed by the terms that they have, and the best are proved.
  async function askNear(words, state) {
    const {asked, sounds, pairs} = await nearTerms(words), groups = await Promise.all(asked.map(lookUp));
    const scores = [];
    manifest.kinds.forEach((about, kind) => {
      const filter = filterOf(kind, state.chosen), ofKind = new Map();
      if (!filter || !isShown({about}, state)) return;
      groups.forEach((term, i) => term && [0, 1].forEach(class_ => {
        const group = term.get(2 * kind + class_), sign = asked[i][0];
        if (!group) return;
        const weight = Math.log(1.1 + about.count / group.count) * (class_ ? 1 : 1.5);
        group.parts[0].forEach(document => {
          const score = ofKind.get(document) || {kind, document, filter, weight: 0, terms: 0, sounds: 0};
          score.weight += weight;
          score.terms += sign === "?" ? 0.5 : 1;
          score.sounds += "~^".indexOf(sign) >= 0 ? 1 : 0;
          ofKind.set(document, score);
        });
      }));
      ofKind.forEach(score => scores.push(score));
    });
    // One change costs two pairs and an exchange three; who has lost more cannot pass.
    const least = words.length > 1 || pairs < 4 ? 0.5 : Math.max(0.5, pairs - (Array.from(words[0]).length < 8 ? 3 : 6));
    const blocks = new Set(), chosen = [];
    for (const score of scores.filter(({terms, sounds}) => terms >= least || sounds)
      .sort((a, b) => b.weight - a.weight || a.kind - b.kind || a.document - b.document)) {
      const block = blockOf(score.kind, score.document);
      if (blocks.size >= MOST_NEAR_BLOCKS && !blocks.has(block)) continue;
      if (!(await within(score.filter, [score.document])).length) continue;
      blocks.add(block);
      if (chosen.push(score) >= MOST_NEAR) break;
    }
    const results = new Map(), needed = sounds > 1 ? Math.max(1, sounds - 2) : Infinity;
    const records = await Promise.all(chosen.map(({kind, document}) => recordsOf(kind, [document])));
    for (let i = 0; i < chosen.length; i++) {
      const {kind, document, weight, sounds: heard} = chosen[i], [record] = records[i];
      const proof = await proved(record, forms => nearness(forms, words, heard >= needed), false);
      if (!proof) continue;
      if (!results.has(kind)) {
        results.set(kind, {kind, about: manifest.kinds[kind], hits: [], proved: false, rough: false, open: false, isSure: false});
      }
      const {hits} = results.get(kind);
      if (hits.some(hit => hit.record[0] === record[0])) continue;
      hits.push({record, document, rank: -weight, far: proof.far, sound: proof.sound});
    }
    results.forEach(result => {
      result.hits = result.hits.sort(byRank).slice(0, state.kind ? PAGE_KIND : PAGE_ALL);
      result.documents = result.hits;
      result.count = result.hits.length;
    });
    return Array.from(results.values());
  }

  // The terms to weigh by, how many of them are sounds, and how many are pairs and runs of the query itself.
  async function nearTerms(words) {
    const pairs = [], gaps = [], sounds = [];
    for (const word of words) {
      const length = Array.from(word).length;
      pairs.push(...pairsAndRuns(word).filter(term => !isHeavy(term)));
      if (length > 2 && length < 6) gaps.push(...gapTerms(word));
      if (LETTERS.test(word)) sounds.push(...((await soundsOf(word))[0] || []));
    }
    const chosen = spread(unique(pairs), MOST_NEAR_TERMS), heard = unique(sounds).slice(0, 8);
    const others = spread(unique(gaps), Math.max(0, MOST_NEAR_TERMS - chosen.length));
    return {asked: unique(chosen.concat(others, heard)), sounds: heard.length, pairs: chosen.length};
  }

  // How far a record is from the words, or null when it is too far.
  function nearness({title, place, values}, words, isHeard) {
    const all = [title, place].concat(values);
    let sum = 1, missing = 0;
    for (const word of words) {
      const far = farness(word, all);
      if (far < 0) missing += word.length;
      else sum += far;
    }
    // Of several words one may be missing, if it is the lesser part.
    if (missing * 2 < words.join("").length) return {far: sum + missing, sound: false};
    return isHeard && words.every(word => LETTERS.test(word)) ? {far: 9, sound: true} : null;
  }

  // Letters and Chinese written in one word, or a region's name in front of another: the parts by themselves.
  function splitWords(words) {
    const parts = [].concat(...words.map(word =>
      Array.from(word).every(isLetter) ? word : word.match(/[a-zü]{2,}|[^a-zü ]+/g) || word));
    if (parts.length > words.length) return parts;
    for (let i = 0; i < words.length; i++) {
      for (const [, name] of manifest.regions) {
        const form = normal(name, null), rest = words[i].slice(form.length);
        if (rest.length > 1 && words[i].indexOf(form) === 0) {
          return words.slice(0, i).concat(form, rest, words.slice(i + 1));
        }
      }
    }
    return null;
  }

  // The answer to a query: its words, whether a hit is exact, whether all are only near, whether hits lie outside what
  // was chosen, and the results by kind, best first.
  async function search(query, asked) {
    const state = Object.assign({kind: "", chosen: {}, page: 1}, asked);
    await open();
    const text = query.slice(0, MOST_CHARACTERS);
    if (mayBeTraditional(text)) await loadTable();
    const words = unique(fold(text, table).split(/\s+/).map(word => normal(word, table)).filter(Boolean)).slice(0, 8);
    const answer = {words, exact: false, near: false, outside: false, results: []};
    if (!words.length) return answer;
    const bare = words.join("").replace(/ /g, ""), isProved = results => results.some(result => result.proved);
    let results = await askExact(words, state, bare);
    answer.exact = isProved(results);
    if (!answer.exact && (state.kind || Object.keys(state.chosen).length)) {
      answer.outside = isProved(await askExact(words, {kind: "", chosen: {}, page: 1}, bare));
    }
    if (!answer.exact && !answer.outside) {
      const split = splitWords(words);
      results = split ? await askExact(split, state, split.join("")) : [];
      results.forEach(({hits}) => hits.forEach(hit => { hit.far = 1; }));
      if (!isProved(results)) results = await askNear(words, state);
      answer.near = results.some(({hits}) => hits.length);
      answer.words = split && isProved(results) ? split : words;
    }
    // Kinds that are not shown keep their counts.
    answer.results = results.filter(result => result.hits.length || (answer.exact && !isShown(result, state)));
    const lead = ({hits: [hit]}) => !hit ? Infinity : hit.far ? hit.far + 1e-3 * hit.rank : Math.floor(hit.rank);
    answer.results.sort((a, b) => (lead(a) === lead(b) ? 0 : lead(a) - lead(b)) || a.kind - b.kind);
    return answer;
  }

  // The values of a facet among the documents of a result: [value, label, count or null].
  async function countFacet({kind, documents, open}, key) {
    const about = manifest.kinds[kind], countable = !open && documents.length <= 8192;
    if (key === "region") {
      if (!about.starts) return [];
      const counts = new Array(manifest.regions.length).fill(0);
      documents.forEach(({document}) => {
        const region = placeOf(about.starts, document + 1) - 1;
        if (region >= 0 && region < counts.length) counts[region]++;
      });
      return manifest.regions.map(([code, name], i) =>
        [code, name, countable ? counts[i] : null, about.starts[i + 1] > about.starts[i]])
        .filter(([, , count, some]) => count === null ? some : count);
    }
    const place = about.facets.findIndex(facet => facet.key === key), {values} = about.facets[place];
    if (!countable) return values.map(([value, label]) => [value, label, null]);
    const counts = new Array(values.length).fill(0);
    const combos = await Promise.all(documents.map(({document}) => comboOf(kind, document)));
    combos.forEach(combo => {
      const value = about.combos[combo] ? about.combos[combo][place] : -1;
      if (value >= 0) counts[value]++;
    });
    return values.map(([value, label], i) => [value, label, counts[i]]).filter(([, , count]) => count);
  }

  return {open, search, countFacet, manifest: () => manifest, table: () => table};
}


/* ---- The page: section 8 ---- */

// Parts of a shown text, each with whether it matches a word: [text, isMatch].
function markedParts(text, words, table) {
  const places = [], form = normal(text, table, places), marks = new Array(text.length).fill(false);
  const mark = (from, size) => {
    const last = from + size - 1, end = last + 1 < places.length ? places[last + 1] : text.length;
    marks.fill(true, places[from], Math.max(end, places[last] + 1));
  };
  const markAll = part => {
    for (let at = form.indexOf(part); at >= 0; at = form.indexOf(part, at + part.length)) mark(at, part.length);
  };
  for (const word of words) {
    if (form.indexOf(word) >= 0) markAll(word);
    // Of a word that is only near, its longest parts.
    else for (let from = 0, size; from < word.length - 1; from += size) {
      for (size = word.length - from; size > 1 && form.indexOf(word.substr(from, size)) < 0;) size--;
      if (size > 1) markAll(word.substr(from, size));
    }
  }
  const parts = [];
  for (let i = 0, from = 0; i < text.length; i++) {
    if (i + 1 === text.length || marks[i + 1] !== marks[i]) {
      parts.push([text.slice(from, i + 1), marks[i]]);
      from = i + 1;
    }
  }
  return parts;
}

// Of a long text the part around its first match.
function snippet(parts) {
  const first = parts.findIndex(([, isMatch]) => isMatch), before = parts.slice(0, Math.max(0, first));
  let lead = before.map(([text]) => text).join(""), left = 90;
  if (lead.length > 24) lead = "…" + lead.slice(-20);
  return [[lead, false]].concat(parts.slice(Math.max(0, first))).map(([text, isMatch]) => {
    const shown = text.length > left ? text.slice(0, Math.max(0, left)) + (left > 0 ? "…" : "") : text;
    left -= text.length;
    return [shown, isMatch];
  }).filter(([text]) => text);
}

// Files over http(s) by fetch; from a folder, where that is forbidden, as scripts that call gongshiSearch().
function createLoader() {
  const waiting = new Map();
  window.gongshiSearch = (name, value) => waiting.has(name) && waiting.get(name)(value);
  return async (name, version) => {
    const address = "search/" + name + ".js" + (version && "?v=" + version);
    if (location.protocol !== "file:") {
      const answer = await fetch(address);
      if (!answer.ok) throw new Error(address + ": " + answer.status);
      const text = await answer.text();
      return JSON.parse(text.slice(text.indexOf(",") + 1, text.lastIndexOf(")")));
    }
    return new Promise((resolve, reject) => {
      const script = document.createElement("script");
      waiting.set(name, resolve);
      script.onload = () => reject(new Error(address));
      script.onerror = script.onload;
      script.src = address;
      document.head.appendChild(script);
    });
  };
}

function make(name, attributes, ...children) {
  const element = document.createElement(name);
  Object.keys(attributes || {}).forEach(key => element.setAttribute(key, attributes[key]));
  element.append(...children.filter(child => child !== null));
  return element;
}

function startPage() {
  const at = id => document.getElementById(id);
  const box = at("q"), status = at("status"), facets = at("facets"), results = at("results"), browse = at("browse");
  const searcher = createSearcher(createLoader()), siteTitle = document.title;
  let ticket = 0, timer = 0, composing = false, keys = ["region"];

  // The words of the page stand in its markup.
  const say = (key, values) => (results.dataset[key] || "").replace(/\{(\w+)\}/g, (_, name) => values[name]);

  function stateOf(search) {
    const asked = new URLSearchParams(search), chosen = {};
    asked.forEach((value, key) => {
      if (value && ["q", "kind", "page"].indexOf(key) < 0) chosen[key] = value;
    });
    const page = Math.min(LAST_PAGE, Math.max(1, Math.floor(Number(asked.get("page"))) || 1));
    return {q: asked.get("q") || "", kind: asked.get("kind") || "", chosen, page};
  }

  function addressOf(state, change) {
    const {q, kind, chosen, page} = Object.assign({}, state, {page: 1}, change), asked = new URLSearchParams();
    const pairs = Object.assign({q, kind}, chosen, {page: page > 1 ? page : ""});
    Object.keys(pairs).forEach(key => pairs[key] && asked.set(key, pairs[key]));
    return location.pathname.replace(/.*\//, "") + "?" + asked;
  }

  function linkTo(state, change, ...children) {
    return make("a", {href: addressOf(state, change), "data-state": ""}, ...children);
  }

  // `way`: how the address is written, "push", "replace" or nothing.
  async function run(state, way) {
    const mine = ++ticket, q = state.q.trim();
    clearTimeout(timer);
    status.removeAttribute("data-exact");
    if (way) {
      // From a folder some browsers refuse: then the address stays.
      try { history[way + "State"](null, "", addressOf(state, {page: state.page})); } catch (_) { /* see above */ }
    }
    document.title = q ? q + " - " + siteTitle : siteTitle;
    if (!q) {
      show([], [], "");
      return;
    }
    results.setAttribute("aria-busy", "true");
    timer = setTimeout(() => { status.textContent = say("busy"); }, 400);
    try {
      const {kinds} = await searcher.open();
      keys = kinds.reduce((all, {facets}) => all.concat(facets.map(facet => facet.key)), ["region"]);
      Object.keys(state.chosen).forEach(key => keys.indexOf(key) < 0 && delete state.chosen[key]);
      if (!kinds.some(({key}) => key === state.kind)) state.kind = "";
      const answer = await searcher.search(q, state);
      if (mine === ticket) present(state, answer);
    } catch (error) {
      if (mine !== ticket) return;
      const again = make("button", {type: "button"}, say("retry"));
      again.onclick = () => run(state);
      show([], [make("p", {class: "alert warning"}, say("failed")), again], say("failed"));
      if (window.console) console.error(error);
    }
  }

  function show(aside, main, words) {
    clearTimeout(timer);
    facets.textContent = results.textContent = "";
    facets.append(...aside);
    results.append(...main);
    results.removeAttribute("aria-busy");
    browse.hidden = main.some(child => child.tagName === "SECTION");
    status.textContent = words;
  }

  const amount = ({count, open, rough}) => (open ? say("least") : rough ? say("about") : "") + say("count", {n: count});

  function present(state, answer) {
    const held = document.activeElement && !box.contains(document.activeElement) && at("main").contains(document.activeElement)
      && !document.activeElement.closest("form");
    const some = answer.results.filter(({hits}) => hits.length);
    const total = {count: 0, open: false, rough: false};
    some.forEach(({count, open, rough}) => {
      total.count += count;
      total.open = total.open || open;
      total.rough = total.rough || rough;
    });
    const words = answer.near ? say("near", {q: state.q, n: total.count})
      : answer.exact ? say("found", {q: state.q, n: amount(total)})
        : say(answer.outside ? "outside" : "none", {q: state.q});
    show(asideOf(state, answer, some), some.map(result => sectionOf(state, answer, result)), words);
    if (held) status.focus();
    status.setAttribute("data-exact", String(answer.exact));
  }

  function asideOf(state, {results: found}, some) {
    const {chosen, kind} = state, aside = [], list = children => make("ul", {}, ...children.map(child => make("li", {}, child)));
    const removals = Object.keys(chosen).map(key => linkTo(state, {chosen: Object.assign({}, chosen, {[key]: ""})},
      "× ", labelOf(key, chosen[key])));
    if (removals.length) aside.push(make("nav", {class: "facet chosen", "aria-label": say("remove")}, list(removals)));
    if (found.length > 1 || kind) {
      const links = [linkTo(state, {kind: ""}, say("all"))].concat(found.map(result =>
        linkTo(state, {kind: result.about.key}, result.about.name, " ", make("small", {}, amount(result)))));
      links[kind ? found.findIndex(({about}) => about.key === kind) + 1 : 0].setAttribute("aria-current", "true");
      aside.push(make("nav", {class: "facet", "aria-label": say("kinds")}, list(links)));
    }
    if (!chosen.region && some.some(({about}) => about.starts)) {
      aside.push(facetOf(state, "region", say("region"), some));
    }
    if (some.length === 1) {
      some[0].about.facets.forEach(({key, name}) => {
        if (!chosen[key] && key !== "region") aside.push(facetOf(state, key, name, some));
      });
    }
    return aside;
  }

  function labelOf(key, value) {
    const manifest = searcher.manifest();
    if (key === "region") return (manifest.regions.find(([code]) => code === value) || [, value])[1];
    for (const {facets} of manifest.kinds) {
      const facet = facets.find(facet => facet.key === key), pair = facet && facet.values.find(pair => pair[0] === value);
      if (pair) return pair[1];
    }
    return value;
  }

  // A facet is counted when it is opened.
  function facetOf(state, key, name, some) {
    const details = make("details", {class: "facet"}, make("summary", {}, name));
    details.addEventListener("toggle", async () => {
      if (!details.open || details.querySelector("ul")) return;
      const values = new Map();
      try {
        for (const result of some) {
          (await searcher.countFacet(result, key)).forEach(([value, label, count]) => {
            const sum = values.has(value) ? values.get(value)[1] : 0;
            values.set(value, [label, sum === null || count === null ? null : sum + count]);
          });
        }
      } catch (_) {
        details.append(make("p", {}, say("failed")));
      }
      if (details.querySelector("ul")) return;
      const links = Array.from(values, ([value, [label, count]]) => make("li", {},
        linkTo(state, {chosen: Object.assign({}, state.chosen, {[key]: value})}, label, " ",
          count === null ? null : make("small", {}, String(count)))));
      details.append(make("ul", {}, ...links));
    });
    return details;
  }

  function sectionOf(state, answer, result) {
    const {about, hits, count, open} = result, id = "kind-" + about.key;
    const section = make("section", {"data-kind": about.key, "aria-labelledby": id},
      make("h2", {id}, about.name, " ", make("small", {}, amount(result))),
      make("ol", {class: "hits", start: state.kind ? (state.page - 1) * PAGE_KIND + 1 : 1},
        ...hits.map(hit => lineOf(answer, about, hit))));
    if (!state.kind && (open || count > hits.length) && !answer.near) {
      section.append(make("p", {class: "more"}, linkTo(state, {kind: about.key}, say("more", {n: amount(result)}))));
    }
    if (state.kind && !answer.near) section.append(pagerOf(state, result));
    return section;
  }

  function pagerOf(state, {count, open}) {
    const pages = Math.max(state.page, Math.ceil(count / PAGE_KIND) + (open ? 1 : 0)), last = Math.min(pages, LAST_PAGE);
    const pager = make("nav", {class: "pager", "aria-label": say("pager")});
    if (state.page > 1) pager.append(linkTo(state, {page: state.page - 1}, say("prev")));
    if (last > 1) pager.append(make("span", {}, say("page", {n: state.page})));
    if (state.page < last) pager.append(linkTo(state, {page: state.page + 1}, say("next")));
    if (pages > LAST_PAGE && state.page === last) pager.append(make("span", {}, say("last", {n: LAST_PAGE * PAGE_KIND})));
    return pager;
  }

  // A line: title, what it is found by, place and state, and the value that matched.
  function lineOf({words}, about, {record, sound, far}) {
    const [path, title, place, combo, values, passage] = record, table = searcher.table();
    const marked = text => markedParts(text, words, table);
    const dress = parts => parts.map(([text, isMatch]) => isMatch ? make("mark", {}, text) : text);
    const line = make("li", {}, make("a", {href: path}, ...dress(marked(title))));
    const tags = make("p", {class: "tags"});
    if (far) tags.append(make("span", {class: "tag warn"}, say("tag")));
    if (sound) tags.append(make("span", {class: "tag plain"}, say("sound")));
    (about.combos[combo] || []).forEach((value, facet) => {
      const {key, name, values} = about.facets[facet];
      if (value < 0 || key === "region" || key === "year") return;
      const label = values[value][1];
      // A bare letter or digit says nothing without its scale.
      tags.append(make("span", {class: "tag plain"}, label.length > 1 ? label : name + label));
    });
    if (place) tags.append(make("span", {class: "place"}, ...dress(marked(place))));
    if (tags.firstChild) line.append(tags);
    const form = normal(title, table), missing = words.filter(word => form.indexOf(word) < 0);
    for (let i = 0; i < values.length; i += 2) {
      const parts = marked(values[i + 1]), isProse = passage !== undefined && i + 2 >= values.length;
      if (!isProse && (!missing.length || !parts.some(([, isMatch]) => isMatch))) continue;
      line.append(make("p", {class: "why"}, isProse ? "" : make("span", {}, about.fields[values[i]] + " "), ...dress(snippet(parts))));
    }
    return line;
  }

  const typed = () => ({q: box.value, kind: "", chosen: {}, page: 1});
  function later() {
    if (composing) return;
    status.removeAttribute("data-exact");
    clearTimeout(timer);
    ticket++;
    timer = setTimeout(() => run(typed(), "replace"), 200);
  }
  box.addEventListener("compositionstart", () => { composing = true; });
  box.addEventListener("compositionend", () => {
    composing = false;
    later();
  });
  box.addEventListener("input", later);
  box.form.addEventListener("submit", event => {
    event.preventDefault();
    run(typed(), "push");
  });
  at("main").addEventListener("click", event => {
    const link = event.target.closest("a[data-state]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    run(stateOf(link.search), "push");
  });
  function arrive() {
    const state = stateOf(location.search);
    box.value = state.q;
    run(state);
  }
  window.addEventListener("popstate", arrive);
  if (stateOf(location.search).q || !box.value) arrive();
  else run(typed());
  searcher.open().catch(() => { /* told when something is asked */ });
}

const core = {classOf, fold, normal, mayBeTraditional, pairsAndRuns, gapTerms, cutSyllables, soundTerms, initialTerms,
  DIGITS, hash, keyOf, shardOf, entryOf, decodeGroups, batchesOf, distance, partsIn, farness, markedParts, snippet, createSearcher};
if (typeof module === "object") module.exports = core;
else if (document.getElementById("results")) startPage();
})();
