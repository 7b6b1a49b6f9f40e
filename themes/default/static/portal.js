/*
 * What pages offer beyond reading: the elder mode stays on from page to page, older browsers print what is folded, and texts are
 * read aloud.
 *
 * In: links to #elder and #top, a button .read inside an article. Out: the class `elder` of the document, kept under that
 * name in localStorage: the reader's own choice of display, nothing else. Every page is whole without this script.
 */
(function () {
  "use strict";
  var page = document.documentElement, button = document.querySelector(".read"), speech = window.speechSynthesis, sentences = null;

  // A browser may refuse to keep anything; then the mode lasts as long as the fragment.
  function kept(value) {
    try {
      if (value === undefined) return localStorage.getItem("elder");
      if (value) localStorage.setItem("elder", value);
      else localStorage.removeItem("elder");
    } catch (_) {}
    return value;
  }

  page.classList.toggle("elder", kept() === "on");
  document.addEventListener("click", function (event) {
    var link = event.target.closest && event.target.closest(".mode a");
    if (!link) return;
    var on = link.hash === "#elder";
    page.classList.toggle("elder", on);
    kept(on ? "on" : "");
  });

  // Where no style can open what is folded for the printer, this does.
  if (!window.CSS || !CSS.supports("selector(::details-content)")) {
    var folded = [];
    addEventListener("beforeprint", function () {
      folded = Array.prototype.slice.call(document.querySelectorAll("main details:not([open])"));
      folded.forEach(function (part) { part.open = true; });
    });
    addEventListener("afterprint", function () { folded.forEach(function (part) { part.open = false; }); });
  }

  function stop() {
    sentences = null;
    speech.cancel();
    button.textContent = button.dataset.read;
  }

  // One sentence after another: long texts fall silent half-way in some browsers.
  function next() {
    if (!sentences) return;
    var words = sentences.shift();
    if (!words) return stop();
    var voice = new SpeechSynthesisUtterance(words);
    voice.lang = page.lang;
    voice.onend = next;
    voice.onerror = stop;
    speech.speak(voice);
  }

  if (!button || !speech || !window.SpeechSynthesisUtterance) return;
  button.hidden = false;
  button.addEventListener("click", function () {
    if (sentences) return stop();
    var parts = Array.prototype.filter.call(button.closest("article").children, function (part) { return !part.matches(".meta, .toc"); });
    sentences = parts.map(function (part) { return part.innerText; }).join("\n").match(/[^。！？；!?;\n]+[。！？；!?;]?/g) || [];
    button.textContent = button.dataset.stop;
    next();
  });
  addEventListener("pagehide", function () { if (sentences) stop(); });
})();
