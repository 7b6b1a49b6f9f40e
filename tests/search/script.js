/*
 * The search script with what is inside it: the page needs none of these names, and bytes that nobody needs are not sent.
 */
"use strict";
const fs = require("node:fs");
const path = require("node:path");
const vm = require("node:vm");

const file = path.join(__dirname, "../../themes/default/static/search.js");
const text = fs.readFileSync(file, "utf8");
const INSIDE = ["isLetter", "fold", "normal", "mayBeTraditional", "textTerms", "gapTerms", "cutSyllables", "soundTerms", "initialTerms", "heardAt", "DIGITS",
  "hash", "keyOf", "shardOf", "entryOf", "reader", "decodeGroups", "distance", "inParts", "farness", "markedParts", "markedSnippet", "createSearcher"];

// The last lines of the script start the page or give createSearcher() to Node; here they give everything.
const opened = text.replace(/if \(typeof module[^]*$/, () => "return {" + INSIDE.join(", ") + "};\n})()");
const core = vm.runInThisContext(opened.replace(/^\(function/m, "0, (function"), {filename: file});

module.exports = Object.assign({text}, core);
