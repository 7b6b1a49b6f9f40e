/*
 * What the program makes of thousands of texts, the script makes of them too: the file is written by
 * `cargo run --example search_vectors`, and GONGSHI_VECTORS says where it is.
 */
"use strict";
const test = require("node:test");
const assert = require("node:assert");
const fs = require("node:fs");
const path = require("node:path");
const core = require("./script.js");

const file = process.env.GONGSHI_VECTORS || path.join(__dirname, "../../target/search-vectors.json");
if (!fs.existsSync(file)) throw new Error("no vectors; cargo run --example search_vectors -- content > target/search-vectors.json");
const BITS = [0, 3, 11, 13];

// The table as the index gives it stands in the sources of the program.
function traditional() {
  const [from, to] = fs.readFileSync(path.join(__dirname, "../../src/fold/simplified.txt"), "utf8").split("\n").map(line => Array.from(line));
  return new Map(from.map((char, i) => [char, to[i]]));
}

test("program and script make the same of every text", () => {
  const {texts} = JSON.parse(fs.readFileSync(file, "utf8")), table = traditional();
  const sorted = list => Array.from(new Set(list)).sort().join(" ");
  let count = 0;
  for (const [text, form, terms] of texts) {
    assert.equal(core.normal(text, table), form, text);
    const words = terms.map(([term]) => term), chars = Array.from(form);
    // Short runs are asked for only where there is nothing else.
    const isLong = term => Array.from(term).length > 1 && !(term.length < 3 && Array.from(term).every(core.isLetter));
    const plain = words.filter(term => !/^[~^=?$]/.test(term) && isLong(term)), mine = [false, true].flatMap(pairs => core.textTerms(form, pairs)).filter(isLong);
    assert.equal(sorted(mine), sorted(plain), text);
    const gaps = new Set(core.gapTerms(form, () => 0));
    words.filter(term => term[0] === "?").forEach(term => assert.ok(gaps.has(term), text + ": " + term));
    if (chars.length) assert.ok(words.includes("=" + form.replace(/ /g, "")), text);
    for (const [term, h1, h2, key, shards] of terms) {
      const hashes = core.hash(term);
      assert.deepEqual([...hashes, core.keyOf(hashes), ...BITS.map(bits => core.shardOf(hashes, bits))], [h1, h2, key, ...shards], term);
      count++;
    }
  }
  assert.ok(texts.length > 3000 && count > 10000, texts.length + " texts, " + count + " terms");
});

test("program and script read the same numbers", () => {
  const {numbers, ascending} = JSON.parse(fs.readFileSync(file, "utf8"));
  numbers.forEach(([value, text]) => assert.equal(core.reader(text).number(), value));
  ascending.forEach(([list, text]) => assert.deepEqual(core.reader(text).ascending(list.length, 0), list));
});

test("what the table folds may be traditional to the script", () => {
  traditional().forEach((to, from) => assert.ok(to === from || core.mayBeTraditional(from), from));
});
