/*
 * The script as a text: what a strict policy for scripts forbids does not stand in it, and it stays small.
 */
"use strict";
const test = require("node:test");
const assert = require("node:assert");
const zlib = require("node:zlib");
const {text: script} = require("./script.js");

test("the script makes no markup and no code of texts", () => {
  for (const forbidden of [/innerHTML|outerHTML|insertAdjacentHTML|document\.write|createContextualFragment|DOMParser|srcdoc/, /\beval\b|new Function|setTimeout\(["'`]/,
    /\.style\b|cssText/, /\bimport\b|\bexport\b|WebAssembly|localStorage|document\.cookie/, /https?:\/\/[a-z]/]) {
    assert.doesNotMatch(script, forbidden);
  }
});

test("the script uses nothing younger than ES2017", () => {
  for (const young of [/\?\.[a-z[(]/, /\?\?/, /\.\.\.\w+\s*}/, /\.flatMap\(|\.flat\(|Object\.fromEntries|\.matchAll\(|\.replaceAll\(|\.at\(-/, /\(\?<[=!a-z]/, /\bcatch\s*{/, /for await|async \*/, /\d_\d/]) {
    assert.doesNotMatch(script, young);
  }
});

test("the script as it is published stays under twelve kilobytes", () => {
  // The build leaves comments, indentation and the ends of lines out that say nothing.
  const published = script.replace(/^\/\*[^]*?\*\/$/gm, "").split("\n").map(line => line.trim()).filter(line => line && !line.startsWith("//") && !line.startsWith("/*"));
  const size = zlib.gzipSync(published.join("\n").replace(/^(.*[{;,(])\n/gm, (line, code) => code.includes("//") ? line : code), {level: 6}).length;
  assert.ok(size < 12000, size + " bytes");
});
