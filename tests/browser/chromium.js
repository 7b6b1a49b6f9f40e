/*
 * Finds and launches the browser: CHROMIUM, else the Chromium or Chrome of the PATH. None is downloaded.
 */
"use strict";
const fs = require("node:fs");
const path = require("node:path");
const {chromium} = require("playwright-core");

function executable() {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  for (const name of ["chromium", "chromium-browser", "google-chrome"]) {
    for (const folder of (process.env.PATH || "").split(path.delimiter)) {
      const file = path.join(folder, name);
      if (fs.existsSync(file)) return file;
    }
  }
  throw new Error("missing: chromium (package chromium), or CHROMIUM=PATH");
}

const launch = (...more) => chromium.launch({executablePath: executable(), args: ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", ...more]});

module.exports = {launch};
