// The language before anything is drawn, so that nothing moves: the reader's choice, else the browser's own.
"use strict";
(() => {
  let chosen = null;
  try { chosen = localStorage.getItem("shegong-language"); } catch { /* from disk, some browsers keep nothing */ }
  const code = chosen || (navigator.language.startsWith("zh") ? "zh" : "en");
  document.documentElement.dataset.language = code;
  document.documentElement.lang = code === "zh" ? "zh-Hans" : "en";
})();
