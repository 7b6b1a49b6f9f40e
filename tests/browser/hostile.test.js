/*
 * Texts that would be programs: as a query, and as names and titles of a portal made of them. None may run, each is shown as it is.
 *
 * No policy is sent here, so that nothing but the page itself keeps them from running.
 */
"use strict";
const assert = require("node:assert");
const fs = require("node:fs");
const path = require("node:path");
const {sees} = require("./browser.js");
const {scratch, build} = require("./site.js");
const {ask, type, box, settled, seen} = require("./searching.js");

const SCRIPT = "theme/search.js";
const UNSAFE = [SCRIPT, "", `
Object.defineProperty(Element.prototype, "textContent", {get() { return this.innerText; }, set(text) { this.innerHTML = text; }});
Element.prototype.append = function (...all) {
  for (const one of all) this.nodeType && one.nodeType ? this.appendChild(one) : this.insertAdjacentHTML("beforeend", one);
};
`];

// Every one sets window.ran or opens a dialog, if it runs.
const PAYLOADS = [
  "<script>window.ran=1</script>",
  "<img src=x onerror=window.ran=1>",
  "<svg onload=window.ran=1>",
  "<svg><script>window.ran=1</script></svg>",
  "<svg><animate onbegin=window.ran=1 attributeName=x dur=1s>",
  "<body onload=window.ran=1>",
  "<iframe srcdoc='<script>parent.ran=1</script>'></iframe>",
  "<iframe src=javascript:parent.ran=1></iframe>",
  "<details open ontoggle=window.ran=1>",
  "<video><source onerror=window.ran=1></video>",
  "<audio src=x onerror=window.ran=1>",
  "<input autofocus onfocus=window.ran=1>",
  "<marquee onstart=window.ran=1>",
  "<math><mtext><img src=x onerror=window.ran=1></mtext></math>",
  "<a href=javascript:window.ran=1>a</a>",
  "<object data=javascript:window.ran=1></object>",
  "<embed src=javascript:window.ran=1>",
  "<form action=javascript:window.ran=1><button autofocus>",
  "<style onload=window.ran=1></style>",
  "<link rel=stylesheet href=x onerror=window.ran=1>",
  "\"><script>window.ran=1</script>",
  "'><img src=x onerror=window.ran=1>",
  "\" onfocus=window.ran=1 autofocus x=\"",
  "' onmouseover='window.ran=1",
  "</title><script>window.ran=1</script>",
  "</script><script>window.ran=1</script>",
  "--><script>window.ran=1</script>",
  "javascript:alert(1)",
  "{{constructor.constructor('window.ran=1')()}}",
  "${window.ran=1}",
  "\\u003cimg src=x onerror=window.ran=1\\u003e",
  "&lt;img src=x onerror=window.ran=1&gt;<img src=x onerror=alert(1)>",
];

// What ran by now. Some begin only when they are loaded.
async function ran(page) {
  await page.waitForTimeout(60);
  return page.evaluate(() => [window.ran || 0, document.querySelectorAll("main script, main img, main svg, main iframe, main [onerror], main [onload], main a[href^=javascript]").length]);
}

sees("a query is text, from the address and typed", UNSAFE, async (page, site) => {
  for (const payload of PAYLOADS) {
    const found = await ask(page, site, payload);
    assert.deepEqual(await ran(page), [0, 0], payload);
    assert.ok(found.said.includes(payload), found.said);
    assert.equal(found.value, payload);
  }
  await site.open("search.html");
  for (const payload of PAYLOADS) {
    await box(page).fill(payload);
    await box(page).press("Enter");
    await page.waitForFunction(text => document.querySelector("#status[data-exact]") && document.getElementById("status").textContent.includes(text), payload);
    assert.deepEqual(await ran(page), [0, 0], payload);
  }
}, {policy: ""});

sees("what is chosen in an address is text",
  [SCRIPT, "", "document.querySelector('main').insertAdjacentHTML('beforeend', new URLSearchParams(location.search).get('region') || '');\n"], async (page, site) => {
  for (const payload of PAYLOADS) {
    for (const chosen of [{region: payload}, {kind: payload, level: payload, status: payload, page: payload}]) {
      await ask(page, site, Object.assign({q: "有限公司"}, chosen));
      assert.deepEqual(await ran(page), [0, 0], JSON.stringify(chosen));
    }
  }
}, {policy: ""});

let hostile = null;

// A county whose every name and title is one of them.
function hostileSite() {
  if (hostile) return hostile;
  const project = scratch(), write = (name, text) => {
    fs.mkdirSync(path.dirname(path.join(project, name)), {recursive: true});
    fs.writeFileSync(path.join(project, name), text);
  };
  const quote = text => JSON.stringify(text);
  write("content/portal.yaml", `name: 样例县食品安全公示平台
organ: 样例县食品安全委员会办公室
region: "990101"
authority: county
base_url: https://spaq.example.gov.cn/
site: {name: 样例县人民政府, domain: www.example.gov.cn, id_code: "9901010001"}
contact: {phone_office: 0000-1234567}
hotline: "12315"
columns:
  - {id: notices, name: 通知公告, type: 信息公开, description: 通知和公告, keywords: [通知]}
`);
  write("content/ledgers/names.yaml", `regions:
  - {code: "990101", name: 样例县, level: county}
  - {code: "990101101", name: 样板镇, level: township}
departments:
${PAYLOADS.map((payload, i) => `  - {id: d-${i}, name: ${quote(payload + "甲科" + i)}, region: "990101", duties: ${quote("管" + payload)}}`).join("\n")}
`);
  PAYLOADS.forEach((payload, i) => write(`content/articles/notices/2026-${String(i + 1).padStart(2, "0")}.md`,
    `---\ntitle: ${quote(payload + "乙文" + i)}\npublished: 2026-11-02 09:00\nsource: 样例县食品安全委员会办公室\nsummary: ${quote(payload)}\n---\n\n正文丙段${i} \`${payload}\` 完。\n`));
  hostile = build(project, "--as-of", "2026-11-22");
  return hostile;
}

sees("names and titles are text", UNSAFE, async (page, site) => {
  for (const [i, payload] of PAYLOADS.entries()) {
    for (const [query, title] of [["甲科" + i, payload + "甲科" + i], ["乙文" + i, payload + "乙文" + i]]) {
      const found = await ask(page, site, query), hit = found.hits.find(hit => hit.title === title);
      assert.ok(hit, title + " is not among " + found.hits.map(hit => hit.title).join(" | "));
      assert.deepEqual(await ran(page), [0, 0], title);
    }
  }
}, {site: hostileSite, policy: ""});

sees("values and passages that match are text", UNSAFE, async (page, site) => {
  for (const query of ["window.ran", "onerror", "script", "正文丙段", "autofocus", "src=x", "constructor"]) {
    for (const kind of ["", "departments", "articles"]) {
      const found = await ask(page, site, {q: query, kind});
      assert.deepEqual(await ran(page), [0, 0], query);
      assert.ok(found.hits.length || found.exact === "false", query);
    }
  }
  await type(page, "正文丙段1");
  await settled(page);
  assert.ok((await seen(page)).hits.length);
}, {site: hostileSite, policy: ""});
