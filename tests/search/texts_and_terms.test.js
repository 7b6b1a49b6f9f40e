/*
 * The rules that index and browser share, docs/search.md, sections 1 to 6, on cases small enough to be checked by hand.
 * The thousands of vectors that the program writes are another test.
 */
"use strict";
const test = require("node:test");
const assert = require("node:assert");
const core = require("./script.js");

test("a text is folded by width, case and table", () => {
  const table = new Map([["樣", "样"], ["腐", "腐"]]);
  assert.equal(core.fold("ＡＢｃ１２㎏", null), "abc12kg");
  assert.equal(core.fold("樣例", table), "样例");
  assert.equal(core.fold("樣例", null), "樣例");
  assert.equal(core.fold("ΣΑΣ", null), "σασ");
});

test("the normal form drops separators and parts letters that they parted", () => {
  const cases = [
    ["样市监罚〔2026〕12号", "样市监罚2026 12号"],
    ["示例（样板）食品", "示例样板食品"],
    ["  A-B c　店 ", "a b c店"],
    ["7·11", "7 11"],
    ["……", ""],
    ["𠮷野家", "𠮷野家"],
  ];
  for (const [text, form] of cases) assert.equal(core.normal(text, null), form, text);
});

test("each character of the normal form knows its place in the text", () => {
  const places = [], text = "（Ａ－b）𠮷店";
  assert.equal(core.normal(text, null, places), "a b𠮷店");
  assert.deepEqual(places, [1, 3, 3, 5, 5, 7]);
  assert.equal(places.length, core.normal(text, null).length);
});

test("what may be traditional is told without the table", () => {
  for (const text of ["豆腐", "食品安全", "abc 123", "あ"]) assert.equal(core.mayBeTraditional(text.replace("あ", "")), false, text);
  for (const text of ["關", "餐飲", "於", "龘"]) assert.equal(core.mayBeTraditional(text), true, text);
});

test("words are cut into threes, short ones into what they have", () => {
  const cases = [
    ["老王豆腐", ["老王豆", "王豆腐"], ["老王", "王豆", "豆腐"]],
    ["老王", ["老王"], ["老王"]],
    ["王", ["王"], ["王"]],
    ["abcd", ["abc", "bcd"], ["abc", "bcd"]],
    ["ab", ["ab"], ["ab"]],
    ["2026 12号", ["202", "026", "12号"], ["2号", "202", "026"]],
    ["号2 a", ["号2"], ["号2"]],
    ["a店", ["a店"], ["a店"]],
    ["𠮷野家", ["𠮷野家"], ["𠮷野", "野家"]],
  ];
  for (const [word, threes, pairs] of cases) assert.deepEqual([core.textTerms(word), core.textTerms(word, true)], [threes, pairs], word);
});

test("gaps are asked for where a word's pairs are rarest", () => {
  const sizes = {"老王": 9, "王都": 0, "都腐": 1};
  const terms = core.gapTerms("老王都腐", pair => sizes[pair]);
  assert.deepEqual(terms.slice(0, 4).sort(), ["?王腐", "?王都", "王腐", "?都腐"].sort());
  assert.deepEqual(core.gapTerms("a1b", () => 0), []);
});

test("letters are read as syllables in every way, fewest first", () => {
  const syllables = new Set(["xi", "an", "xian", "lao", "wang", "lv"]);
  assert.deepEqual(core.cutSyllables("xian", syllables), [["xian"], ["xi", "an"]]);
  assert.deepEqual(core.cutSyllables("xi an", syllables), [["xi", "an"]]);
  assert.deepEqual(core.cutSyllables("laowang", syllables), [["lao", "wang"]]);
  assert.deepEqual(core.cutSyllables("laowanx", syllables), []);
  assert.equal(core.cutSyllables("xian".repeat(50), syllables).length, 8);
  assert.deepEqual(core.soundTerms(["lao"]), []);
  assert.deepEqual(core.soundTerms(["lao", "wang"]), ["~lao wang"]);
  assert.deepEqual(core.soundTerms(["lao", "wang", "dou", "fu"]), ["~lao wang dou", "~wang dou fu"]);
});

test("initials are windows of three, none with a letter that begins no syllable", () => {
  assert.deepEqual(core.initialTerms("zs"), ["^zs"]);
  assert.deepEqual(core.initialTerms("lwdf"), ["^lwd", "^wdf"]);
  for (const letters of ["shi", "lvd", "z", "a1b"]) assert.deepEqual(core.initialTerms(letters), [], letters);
});

test("a title is heard from one character to another, in full or by first letters", () => {
  const readings = new Map([["老", ["lao"]], ["街", ["jie", "gai"]], ["豆", ["dou"]], ["腐", ["fu"]], ["西", ["xi"]], ["安", ["an"]], [" ", [""]]]);
  const cases = [["老街豆腐", "laojiedoufu", 0.5], ["老街豆腐", "laogai", 1], ["老街豆腐", "doufu", 2], ["老街豆腐", "ljd", 1], ["老街豆腐", "jdf", 2], ["西安", "xian", 0.5],
    ["老街豆腐", "laodou", Infinity], ["老街豆腐", "aojie", Infinity], ["老街豆腐", "laojied", Infinity], ["老a 2豆", "laoa2dou", 0.5], ["", "a", Infinity]];
  for (const [title, letters, rank] of cases) assert.equal(core.heardAt(title, letters, readings), rank, title + " " + letters);
});

test("a term has the hash, the shard and the key of the document", () => {
  // Worked out apart from the script, in arithmetic of whole numbers.
  const slowly = (term, seed) => {
    const mask = 0xffffffffn;
    let h = seed;
    for (let i = 0; i < term.length; i++) h = (h ^ BigInt(term.charCodeAt(i))) * 0x01000193n & mask;
    h = (h ^ h >> 16n) * 0x85ebca6bn & mask;
    h = (h ^ h >> 13n) * 0xc2b2ae35n & mask;
    return Number(h ^ h >> 16n);
  };
  const alone = ["", "a", "老王", "=~laowang", "𠮷野", "1.2.3.4", "ma0", "~lao", "~lao wang", "^lwd", "$0aaa11", "=ma0", "=老王豆腐店", "=a000a"];
  const beside = [["?老豆", "老豆"], ["𠮷野家", "𠮷野", "野家"], ["?ab", "ab"], ["老王豆", "老王", "王豆"], ["a店b", "a店", "店b"], ["=老王", "=老", "老王"],
    ["~lao wang dou", "~lao wang", "~wang dou"], ["=92990101ma0000aaa1", "$00aaa1"]];
  for (const [term, ...others] of alone.map(term => [term, term]).concat(beside)) {
    const hashes = core.hash(term), place = Math.min(...others.map(other => slowly(other, 0x811c9dc5n)));
    const first = Math.floor(place / 2 ** 19) * 2 ** 19 + slowly(term, 0x811c9dc5n) % 2 ** 19;
    assert.deepEqual(hashes, [first, slowly(term, 0x9747b28cn)], term);
    assert.equal(core.shardOf(hashes, 0), 0);
    assert.equal(core.shardOf(hashes, 8), Math.floor(hashes[0] / 2 ** 24));
    const number = BigInt(hashes[0]) % 2n ** 22n * 256n + BigInt(hashes[1]) / 2n ** 24n;
    const key = [24n, 18n, 12n, 6n, 0n].map(shift => core.DIGITS[Number(number >> shift & 63n)]).join("");
    assert.equal(core.keyOf(hashes), key, term);
  }
});

test("an entry is found by its key alone, and its groups are read", () => {
  // Group 3; 8 for four documents; 0 2 3 40, between which 0, 1, 0 and 36 are left out.
  const shard = " aaaaadiabaKb bbbbbaca";
  assert.equal(core.entryOf(shard, "bbbbb"), "aca");
  assert.equal(core.entryOf(shard, "ccccc"), null);
  const groups = core.decodeGroups("diabaKb", [1, 0x05000000]);
  assert.deepEqual(Array.from(groups.keys()), [3]);
  assert.deepEqual(groups.get(3).parts, [[0, 2, 3, 40]]);
  assert.equal(groups.get(3).count, 4);
  assert.equal(groups.get(3).isTitle, false);
  assert.equal(groups.get(3).term, "1.5.3.");
  assert.throws(() => core.decodeGroups("d7", [1, 2]), /broken/);
});

test("changes are counted against any part of a value", () => {
  const cases = [
    ["老王豆腐", "示例老王豆腐店", 0],
    ["老网豆腐", "示例老王豆腐店", 1],
    ["老豆腐", "示例老王豆腐店", 1],
    ["老王小豆腐", "示例老王豆腐店", 1],
    ["老豆王腐", "示例老王豆腐店", 1],
    ["甲乙丙", "示例老王豆腐店", 3],
    ["甲", "", 1],
  ];
  for (const [word, value, changes] of cases) assert.equal(core.distance(word, value), changes, word);
});

test("a word may stand in parts, but not in crumbs", () => {
  assert.equal(core.inParts("样例县豆腐", ["老王豆腐店", "样例县"], 3), true);
  assert.equal(core.inParts("样豆例腐", ["样例豆腐"], 3), false);
  assert.equal(core.inParts("1234567890", ["123", "456", "7890"], 3), false);
  assert.equal(core.inParts("老王包子", ["老王豆腐"], 3), false);
});

test("how far a word is from a record grows with what is changed", () => {
  assert.equal(core.farness("老王", ["老王豆腐"]), 0);
  assert.equal(core.farness("老王都腐", ["老王豆腐"]), 1);
  assert.equal(core.farness("示例老网都腐公司", ["示例老王豆腐公司"]), 2);
  assert.equal(core.farness("样例县豆腐", ["老王豆腐店", "样例县"]), 3);
  // A character changed in two leaves another word.
  assert.equal(core.farness("老网", ["老王豆腐"]), Infinity);
  assert.equal(core.farness("1235", ["1234"]), Infinity);
});

test("matches are marked where they stand in the shown text", () => {
  const marked = (text, words) => core.markedParts(text, words, null).map(([part, isMatch]) => isMatch ? "[" + part + "]" : part).join("");
  assert.equal(marked("示例（老王）豆腐店", ["老王豆腐"]), "示例（[老王]）[豆腐]店");
  assert.equal(marked("ＡＢＣ食品", ["abc"]), "[ＡＢＣ]食品");
  assert.equal(marked("老王豆腐店", ["老网豆腐"]), "老王[豆腐]店");
  assert.equal(marked("王王", ["王"]), "[王王]");
  assert.equal(marked("𠮷野家", ["野"]), "𠮷[野]家");
  assert.equal(marked("老王", ["??"]), "老王");
});

test("of a long text the part around its match is shown", () => {
  const text = "甲".repeat(300) + "老王豆腐" + "乙".repeat(300);
  const shown = core.markedSnippet(text, ["老王豆腐"], null).map(([part]) => part).join("");
  assert.ok(shown.startsWith("…甲") && shown.endsWith("乙…") && shown.includes("老王豆腐"), shown);
  assert.ok(shown.length < 100);
});
