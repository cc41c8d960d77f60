// The report's only script. It writes text with textContent alone: nothing that a raw page says becomes markup.
"use strict";

const all = (selector, from = document) => [...from.querySelectorAll(selector)];
const make = (name, text, attributes = {}) => {
  const element = document.createElement(name);
  if (text !== undefined) element.textContent = text;
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
};
const word = (zh, en) => {
  const both = document.createDocumentFragment();
  both.append(make("span", zh, { class: "word", lang: "zh-Hans" }), " ", make("span", en, { class: "word", lang: "en" }));
  return both;
};

// Language: chosen by language.js; the choice is kept where the browser lets us.
const kept = {
  write(code) { try { localStorage.setItem("shegong-language", code); } catch { /* from disk, some browsers keep nothing */ } },
};
function speak(code) {
  document.documentElement.dataset.language = code;
  document.documentElement.lang = code === "zh" ? "zh-Hans" : "en";
  for (const button of all("[data-language]", document.body)) {
    button.setAttribute("aria-pressed", String(button.dataset.language === code));
  }
}
function startLanguages() {
  const switches = document.querySelector(".languages");
  switches.hidden = false;
  switches.addEventListener("click", (event) => {
    const code = event.target.closest("[data-language]")?.dataset.language;
    if (code) { speak(code); kept.write(code); }
  });
  speak(document.documentElement.dataset.language);
}

// A document's page: what a removal is, and the evidence of a fact on both sides.
function startDocument() {
  const raw = document.querySelector("[data-side=raw]");
  if (!raw) return;
  const inspector = document.querySelector(".inspector");
  const tell = (event) => {
    const gone = event.target.closest?.("del");
    inspector.hidden = !gone;
    inspector.replaceChildren(...(gone ? about(gone) : []));
  };
  raw.addEventListener("mouseover", tell);
  raw.addEventListener("focusin", tell);
  raw.addEventListener("mouseleave", () => { inspector.hidden = true; });
  raw.addEventListener("focusout", () => { inspector.hidden = true; });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-fact], [data-pick]");
    if (button?.dataset.fact !== undefined) showEvidence(button);
    else if (button) pick(button, raw);
    const passage = event.target.closest("mark[data-f]");
    if (passage) showEvidence(document.querySelector(`[data-fact="${passage.dataset.f.split(" ").pop()}"]`));
  });
}
function about(gone) {
  // Kind, rule and reason in the language chosen: as the table of the page's rules has them.
  const why = document.querySelector(`[data-why="${CSS.escape(gone.dataset.rule)}"]`);
  if (!why) return [gone.title];
  const kind = [...why.closest("tr").cells[0].cloneNode(true).childNodes];
  return [...kind, ` · ${gone.dataset.rule}`, ...(why.textContent ? [": ", why.cloneNode(true)] : [])];
}
function showEvidence(button) {
  if (!button) return;
  for (const element of all(".on")) element.classList.remove("on");
  for (const element of all("[data-fact]")) element.setAttribute("aria-pressed", String(element === button));
  for (const side of all("[data-side]")) {
    const found = all(`[data-f~="${button.dataset.fact}"]`, side);
    for (const element of found) element.classList.add("on");
    if (found.length) bring(found[0], side);
  }
}
function bring(element, side) {
  // Within its own pane, so that the page and the button stay where they are.
  const box = element.getBoundingClientRect(), frame = side.getBoundingClientRect();
  side.scrollTop += box.top - frame.top - side.clientHeight / 3;
}
function pick(button, raw) {
  const on = button.getAttribute("aria-pressed") !== "true";
  for (const other of all("[data-pick]")) other.setAttribute("aria-pressed", String(on && other === button));
  const found = all("del", raw);
  for (const gone of found) gone.classList.toggle("picked", on && gone.dataset.kind === button.dataset.pick);
  const first = found.find((gone) => gone.classList.contains("picked"));
  if (first) bring(first, raw);
}

// The list of documents, from data files that call report.index and report.documents.
const FACETS = ["status", "publisher", "kind", "rule", "flag"];
const STEP = 50;
const list = { index: null, rows: [], loaded: 0, shown: STEP };
window.report = {
  index(index) { list.index = index; },
  documents(rows) { for (const row of rows) list.rows.push(row); },
};
function loadNext() {
  return new Promise((done) => {
    const script = make("script", undefined, { src: `documents/list-${++list.loaded}.js` });
    script.onload = script.onerror = done;
    document.head.append(script);
  });
}
const wanted = () => ({
  words: document.getElementById("search").value.trim().toLowerCase().split(/\s+/u).filter(Boolean),
  facets: FACETS.map((name) => document.getElementById(`by-${name}`).value),
});
const fits = (row, { words, facets }) => {
  const text = `${row[0]} ${row[1]} ${row[2]}`.toLowerCase();
  return words.every((part) => text.includes(part))
    && facets.every((value, place) => value === "" || row[5 + place].includes(Number(value)));
};
let asked = 0;
async function search() {
  const mine = ++asked;
  const filter = wanted();
  const isFiltered = filter.words.length > 0 || filter.facets.some((value) => value !== "");
  // Unfiltered, only as many files as the shown entries need; filtered, all, one after the other.
  while (list.loaded < list.index.files && (isFiltered || list.rows.length < list.shown)) {
    await loadNext();
    if (mine !== asked) return;
    if (isFiltered && list.loaded % 10 === 0) render(filter, isFiltered);
  }
  render(filter, isFiltered);
}
function render(filter, isFiltered) {
  const found = isFiltered ? list.rows.filter((row) => fits(row, filter)) : list.rows;
  const count = isFiltered ? found.length : list.index.count;
  document.getElementById("found").replaceChildren(word(`${count} 个文档`, `${count} documents`));
  document.getElementById("results").replaceChildren(...found.slice(0, list.shown).map(entry));
  document.getElementById("more").hidden = count <= list.shown;
}
function entry(row) {
  const [id, path, title, date, hasPage] = row;
  const line = make("li");
  const name = title || path;
  line.append(make("a", name, { href: hasPage ? `documents/${id}.html` : `#document=${id}` }));
  const suspicion = row[10] === null ? "" : row[10].toFixed(2);
  const [publisher] = told(row, 1).filter((name) => name !== "–");
  const about = [suspicion, date, title ? path : "", ...called(row, 0), publisher, id].filter(Boolean);
  const small = make("small");
  small.append(...about.flatMap((part, place) => (place ? [" · ", part] : [part])));
  line.append(small);
  return line;
}
// The values of one of the facets of an entry; and what those are called in the language chosen.
const told = (row, place) => row[5 + place].map((value) => list.index.facets[FACETS[place]][value]);
const called = (row, place) => told(row, place).map((value) => {
  const label = list.index.labels[FACETS[place]]?.[value];
  return label ? word(...label) : value;
});
// A document without a page of its own still has a card, made of its entry in the list: #document=<id>.
function card(row) {
  const [id, path, title, date] = row;
  const box = document.getElementById("card");
  const reasons = row[11].map((code) => {
    const [sign, count] = code.split(":");
    const [zh, en] = list.index.signs[sign] ?? [sign, sign];
    return word(zh.replace("{}", count), en.replace("{}", count));
  });
  const terms = make("dl");
  const term = (zh, en, value) => {
    if (!value) return;
    const name = make("dt"), said = make("dd");
    name.append(word(zh, en)); said.append(...[value].flat()); terms.append(name, said);
  };
  const reason = list.index.reasons[row[12].split(":")[0]];
  term("状态", "status", called(row, 0)); term("原因", "reason", reason ? word(reason[0], row[12]) : row[12]);
  term("发布者", "publisher", told(row, 1).join());
  term("日期", "date", date); term("网址", "address", row[13]); term("路径", "path", path); term("编号", "id", id);
  term("可疑程度", "suspicion", row[10] === null ? "" : row[10].toFixed(2));
  const why = make("ul");
  for (const reason of reasons) { const line = make("li"); line.append(reason); why.append(line); }
  const how = make("pre"), code = make("code", `shegong explain latest ${id}`);
  how.append(code);
  box.replaceChildren(make("h2", title || path), terms, why, how);
  if (row[4]) box.append(make("a", "→", { href: `documents/${id}.html` }));
  box.hidden = false;
  box.focus();
}
async function openCard() {
  const id = new URLSearchParams(location.hash.slice(1)).get("document");
  if (!id || !list.index) return;
  let row = list.rows.find((one) => one[0] === id);
  while (!row && list.loaded < list.index.files) {
    await loadNext();
    row = list.rows.find((one) => one[0] === id);
  }
  if (row) card(row);
}
function fill(name, place) {
  const select = document.getElementById(`by-${name}`);
  const fromAddress = new URLSearchParams(location.hash.slice(1)).get(name);
  list.index.facets[name].forEach((value, number) => {
    const label = list.index.labels[name]?.[value]?.join(" ") ?? value;
    select.append(make("option", label, { value: number }));
    if (value === fromAddress) select.value = number;
  });
}
function startList() {
  if (!document.getElementById("results") || !list.index) return;
  FACETS.forEach(fill);
  document.querySelector("form").addEventListener("submit", (event) => event.preventDefault());
  document.querySelector("form").addEventListener("input", () => { list.shown = STEP; search(); });
  document.getElementById("more").addEventListener("click", () => { list.shown += STEP; search(); });
  search();
  openCard();
  window.addEventListener("hashchange", openCard);
}

// Keys on a document's page: left and right lead to the pages before and after it, ? opens and shuts the legend.
function startKeys() {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest?.("input, select, textarea, pre, .text")) return;
    const step = { ArrowLeft: "prev", ArrowRight: "next" }[event.key];
    const link = step && document.querySelector(`[data-step=${step}]`);
    if (link) { event.preventDefault(); link.click(); }
    const legend = event.key === "?" && document.querySelector(".legend")?.closest("details");
    if (legend) legend.open = !legend.open;
  });
}

document.addEventListener("DOMContentLoaded", () => {
  startLanguages();
  startDocument();
  startKeys();
  startList();
});
