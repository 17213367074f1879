/** First view: bring comments. */
import type { Source } from "../shared/protocol.ts";
import { el } from "./dom.ts";
import { modes, type Mode } from "./modes.ts";

/** The view; `open` is called with what the person chose, `go` leads to one text, `problem` says what went wrong before. */
export function startView(open: (source: Source) => void, go: (mode: Mode) => void, problem: string | null): HTMLElement {
  const file = el("input", {
    type: "file",
    id: "file",
    class: "hidden",
    accept: ".csv,.tsv,.tab,.txt,.jsonl,.ndjson,.gz,text/*",
    on: {
      change: () => {
        const chosen = file.files?.[0];
        if (chosen !== undefined) open({ kind: "file", file: chosen });
      },
    },
  });
  const drop = el(
    "div",
    { class: "drop" },
    el("p", { class: "drop-lead" }, "Drop a file of comments here"),
    el("p", { class: "quiet" }, "CSV, TSV, JSON Lines or one comment a line; also as .gz"),
    el(
      "div",
      { class: "actions center" },
      file,
      el("label", { for: "file", class: "button primary" }, "Choose a file"),
      el("button", { type: "button", class: "button", id: "sample", on: { click: () => open({ kind: "sample" }) } }, "Try the sample"),
    ),
  );
  acceptDrops(drop, open);
  return el(
    "section",
    { class: "view start" },
    modes("file", go),
    el("h1", { tabindex: "-1" }, "See what your customers say"),
    el("p", { class: "lead" }, "Open survey answers, reviews or messages. They are read and analysed in this tab, in your browser."),
    problem !== null && el("p", { class: "alert", role: "alert" }, problem),
    drop,
    pasteForm(open),
    el(
      "ul",
      { class: "facts" },
      fact("Private by design", "No upload, no account, no tracking. The page's policy blocks every connection."),
      fact("Many languages", "Sentiment, reason, acts, emotions and what to do next: for each comment, in any mix of languages, with the words behind every label."),
      fact("Honest figures", "Net sentiment and NPS come with their 95 % interval and the number of answers behind them."),
    ),
  );
}

function fact(title: string, text: string): HTMLElement {
  return el("li", {}, el("h2", {}, title), el("p", {}, text));
}

function pasteForm(open: (source: Source) => void): HTMLElement {
  const text = el("textarea", { id: "paste", rows: "4", spellcheck: "false", placeholder: "One comment a line, or a table copied from a spreadsheet" });
  const use = el("button", { type: "submit", class: "button" }, "Use this text");
  const sync = (): void => {
    use.disabled = text.value.trim() === "";
  };
  text.addEventListener("input", sync);
  sync();
  return el(
    "form",
    {
      class: "paste",
      on: {
        submit: (event) => {
          event.preventDefault();
          if (text.value.trim() !== "") open({ kind: "text", text: text.value });
        },
      },
    },
    el("label", { for: "paste" }, "Or paste comments"),
    text,
    el("div", { class: "actions end" }, use),
  );
}

/** Files may be dropped anywhere on the page; the zone lights up. */
function acceptDrops(zone: HTMLElement, open: (source: Source) => void): void {
  const over = (event: Event): void => {
    event.preventDefault();
    zone.classList.add("over");
  };
  const leave = (event: Event): void => {
    if ((event as DragEvent).relatedTarget === null) zone.classList.remove("over");
  };
  const drop = (event: Event): void => {
    event.preventDefault();
    zone.classList.remove("over");
    const data = (event as DragEvent).dataTransfer;
    const file = data?.files[0];
    const text = data?.getData("text/plain") ?? "";
    if (file !== undefined) open({ kind: "file", file });
    else if (text.trim() !== "") open({ kind: "text", text });
  };
  const controller = new AbortController();
  const { signal } = controller;
  document.addEventListener("dragover", over, { signal });
  document.addEventListener("dragleave", leave, { signal });
  document.addEventListener("drop", drop, { signal });
  // The view is replaced once something was opened; its listeners go with it.
  new MutationObserver((_, observer) => {
    if (zone.isConnected) return;
    controller.abort();
    observer.disconnect();
  }).observe(document.getElementById("main") ?? document.body, { childList: true });
}
