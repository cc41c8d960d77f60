// Buttons of `shegong review --edit`; `make` and `word` are those of report.js, which runs before. Text goes in by
// textContent alone, as everywhere in the report.
"use strict";
(() => {
  const base = document.currentScript.src.replace(/edit\.js$/u, "");
  const NAMES = {
    accept: ["接受", "Accept"], correct: ["更正", "Correct"],
    take_down: ["撤下", "Take down"], example: ["给规则加例子", "Add an example to a rule"],
  };
  const ACTIONS = {
    drift: ["accept"], quarantined: ["accept", "correct", "take_down"], rows: ["accept", "correct"],
    broken: ["correct", "take_down"], suspect: ["correct", "take_down", "example"],
    page: ["correct", "take_down", "example"], gate: [],
  };
  const FIELDS = {
    accept: [], take_down: [],
    correct: [["expect", "原文（恰好出现一次）", "What stands there, exactly once"], ["replace", "改为", "What should stand there"]],
    example: [["rule", "规则", "rule"], ["sort", "take 或 leave", "take or leave"], ["text", "该行", "the line"]],
  };
  const SAID = [["why", "理由", "Why"], ["who", "决定人", "Who decides"]];
  let lastRemoval = null;
  document.addEventListener("focusin", (event) => { lastRemoval = event.target.closest?.("del[data-rule]") ?? lastRemoval; });

  async function ask(what, body) {
    const answer = await fetch(base + what, {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body),
    });
    return answer.json();
  }
  function known(action, name) {
    if (name === "who") return sessionStorage.getItem("who") ?? "";
    if (action === "correct" && name === "expect") return String(getSelection()).trim();
    const removal = document.activeElement?.closest?.("del[data-rule]") ?? lastRemoval;
    if (action === "example" && removal) {
      return { rule: removal.dataset.rule, sort: "leave", text: removal.textContent.trim() }[name] ?? "";
    }
    return name === "sort" ? "leave" : "";
  }
  function open(action, subject) {
    const dialog = make("dialog", undefined, { class: "edit", "aria-label": NAMES[action].join(" ") });
    const form = make("form"), said = make("p", undefined, { role: "status" }), shown = make("pre", undefined, { tabindex: "0" });
    const title = make("h2");
    title.append(word(...NAMES[action]));
    form.append(title);
    for (const [name, zh, en] of [...FIELDS[action], ...(action === "example" ? [] : SAID)]) {
      const label = make("label"), field = make(name === "expect" || name === "text" ? "textarea" : "input", undefined, { name });
      field.value = known(action, name);
      label.append(word(zh, en), field);
      form.append(label);
    }
    const look = make("button", undefined, { type: "submit" }), put = make("button", undefined, { type: "button" });
    const shut = make("button", undefined, { type: "button" });
    look.append(word("显示改动", "Show the change")); put.append(word("保存", "Save")); shut.append(word("关闭", "Close"));
    shown.hidden = put.hidden = true;
    let proposal = null;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const fields = Object.fromEntries(new FormData(form));
      if (fields.who) sessionStorage.setItem("who", fields.who);
      const found = await ask("propose", { action, subject, ...fields });
      proposal = found.proposal ?? null;
      shown.textContent = found.difference ?? "";
      shown.hidden = put.hidden = !proposal;
      said.textContent = found.error ?? "";
    });
    form.addEventListener("input", () => { proposal = null; put.hidden = true; });
    put.addEventListener("click", async () => {
      const found = await ask("save", { proposal });
      put.hidden = true;
      said.replaceChildren(found.error ?? word(`已写入 ${found.saved}；下次发布时生效。`, `Written to ${found.saved}; the next release honours it.`));
    });
    shut.addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => dialog.remove());
    const buttons = make("p");
    buttons.append(look, " ", put, " ", shut);
    form.append(shown, said, buttons);
    dialog.append(form);
    document.body.append(dialog);
    dialog.showModal();
  }
  document.addEventListener("DOMContentLoaded", () => {
    for (const one of document.querySelectorAll("[data-decision]")) {
      const row = make("p", undefined, { class: "acts" });
      for (const action of ACTIONS[one.dataset.decision] ?? []) {
        const button = make("button", undefined, { type: "button", "data-act": action });
        button.append(word(...NAMES[action]));
        button.addEventListener("mousedown", (event) => event.preventDefault()); // keeps what is selected
        button.addEventListener("click", () => open(action, one.dataset.subject));
        row.append(button, " ");
      }
      if (row.childElementCount) one.append(row);
    }
  });
})();
