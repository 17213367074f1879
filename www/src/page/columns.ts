/** Second view: which column is which, and how the source is read. */
import type { Scale } from "hearken";
import type { Choice } from "../shared/guess.ts";
import type { Format } from "../shared/format.ts";
import type { Opened, ReadOptions } from "../shared/protocol.ts";
import { el, type Child } from "./dom.ts";
import { count, counted } from "./format.ts";

/** What the view can ask for. */
export interface ColumnActions {
  analyse: (choice: Choice) => void;
  reread: (read: ReadOptions) => void;
  restart: () => void;
  /** The choice of the taxonomy. */
  topics: HTMLElement;
}

const SCALE_NAMES: readonly (readonly [Scale, string])[] = [
  ["nps", "NPS, 0 to 10"],
  ["stars5", "Stars, 1 to 5"],
  ["csat5", "Satisfaction, 1 to 5"],
  ["csat7", "Satisfaction, 1 to 7"],
  ["ces7", "Made it easy (CES), 1 to 7"],
];
const FORMAT_NAMES: readonly (readonly [Format, string])[] = [
  ["csv", "CSV, commas"],
  ["semicolon", "CSV, semicolons"],
  ["tsv", "TSV, tabs"],
  ["pipe", "Columns with |"],
  ["jsonl", "JSON Lines"],
  ["lines", "One comment a line"],
];
const ENCODINGS: readonly (readonly [string, string])[] = [
  ["utf-8", "UTF-8"],
  ["utf-16le", "UTF-16 LE"],
  ["utf-16be", "UTF-16 BE"],
  ["windows-1252", "Western (Windows-1252)"],
  ["windows-1250", "Central European (Windows-1250)"],
  ["shift_jis", "Japanese (Shift_JIS)"],
  ["euc-jp", "Japanese (EUC-JP)"],
  ["euc-kr", "Korean (EUC-KR)"],
  ["gb18030", "Chinese (GB 18030)"],
];

/** The view of a source that was read. `problem` says why an analysis could not start. */
export function columnsView(opened: Opened, choice: Choice, actions: ColumnActions, problem: string | null, isFile: boolean): HTMLElement {
  const text = columnSelect("text", opened, choice.text, false);
  const rating = columnSelect("rating", opened, choice.rating, true);
  const scale = select("scale", SCALE_NAMES, choice.scale);
  const channel = columnSelect("channel", opened, choice.channel, true);
  const language = columnSelect("language", opened, choice.language, true);
  const date = columnSelect("date", opened, choice.date, true);
  const person = columnSelect("person", opened, choice.person, true);
  const question = el("input", { type: "text", id: "question", value: choice.question, placeholder: "What could we do better?", autocomplete: "off" });
  const scaleField = field("Scale", scale);
  const syncScale = (): void => {
    scale.disabled = rating.value === "";
  };
  rating.addEventListener("change", () => {
    const guess = opened.scales[Number(rating.value)];
    if (rating.value !== "" && guess !== undefined) scale.value = guess;
    syncScale();
  });
  syncScale();
  const alert = el("p", { class: "alert", role: "alert", hidden: problem === null }, problem ?? "");
  const pick = (element: HTMLSelectElement): number | null => (element.value === "" ? null : Number(element.value));
  const submit = (event: Event): void => {
    event.preventDefault();
    const column = Number(text.value);
    if ((opened.filled[column] ?? 0) === 0 && opened.read.format !== "jsonl") {
      alert.hidden = false;
      alert.textContent = `The column “${opened.header[column] ?? ""}” has no text in any of ${count(opened.rows)} rows. Choose another column.`;
      text.focus();
      return;
    }
    actions.analyse({
      text: column, rating: pick(rating), scale: scale.value as Scale, channel: pick(channel), language: pick(language), date: pick(date), person: pick(person), question: question.value.trim(),
    });
  };
  return el(
    "section",
    { class: "view columns" },
    el("h1", { tabindex: "-1" }, "Check the columns"),
    el("p", { class: "lead" }, el("strong", {}, opened.name), ` · ${counted(opened.rows, "row")} · ${counted(opened.header.length, "column")}`),
    alert,
    notes(opened),
    el(
      "form",
      { class: "card", on: { submit } },
      el("div", { class: "fields" }, field("Comment", text), field("Rating", rating), scaleField, field("Channel", channel), field("Language hint", language), field("Date", date), field("Customer", person)),
        el("div", { class: "field" }, el("label", { for: "question" }, "Survey question, if every comment answers the same one"), question),
      actions.topics,
      preview(opened),
      el(
        "div",
        { class: "actions" },
        el("button", { type: "submit", class: "button primary", id: "analyse" }, `Analyse ${counted(opened.rows, "comment")}`),
        el("button", { type: "button", class: "button", on: { click: actions.restart } }, "Choose another source"),
      ),
    ),
    readingForm(opened, actions, isFile),
  );
}

function notes(opened: Opened): Child {
  const lines = opened.problems.map(([what, rows]) => `${what}: ${counted(rows, "row")}`);
  if (opened.blankLines > 0) lines.push(`Blank lines, skipped: ${count(opened.blankLines)}`);
  if (lines.length === 0) return null;
  return el(
    "div",
    { class: "note", id: "notes" },
    el("p", {}, "Every row is kept. Some need a look; they are marked in the results."),
    el("ul", {}, lines.map((line) => el("li", {}, line))),
    opened.undecodable > 0 && el("p", {}, "Characters were replaced because the file does not match its encoding. Choose the right one under “How it is read”."),
  );
}

function readingForm(opened: Opened, actions: ColumnActions, isFile: boolean): HTMLElement {
  const format = select("format", FORMAT_NAMES, opened.read.format);
  const encoding = select("encoding", ENCODINGS, opened.read.encoding);
  const header = el("input", { type: "checkbox", id: "header", checked: opened.read.header });
  const change = (): void => actions.reread({ format: format.value as Format, header: header.checked, encoding: encoding.value });
  for (const input of [format, encoding, header]) input.addEventListener("change", change);
  return el(
    "details",
    { class: "card reading", open: opened.undecodable > 0 },
    el("summary", {}, "How it is read"),
    el(
      "div",
      { class: "fields" },
      field("Format", format),
      isFile && field("Encoding", encoding),
      opened.read.format !== "jsonl" && el("label", { class: "check" }, header, "The first row holds the names of the columns"),
    ),
  );
}

function field(label: string, input: HTMLElement): HTMLElement {
  return el("div", { class: "field" }, el("label", { for: input.id }, label), input);
}

function select(id: string, options: readonly (readonly [string, string])[], value: string): HTMLSelectElement {
  const element = el("select", { id }, options.map(([key, name]) => el("option", { value: key }, name)));
  element.value = value;
  return element;
}

function columnSelect(id: string, opened: Opened, value: number | null, optional: boolean): HTMLSelectElement {
  const columns = opened.header.map((name, column): [string, string] => [String(column), name]);
  return select(id, optional ? [["", "None"], ...columns] : columns, value === null ? "" : String(value));
}

function preview(opened: Opened): HTMLElement {
  return el(
    "div",
    { class: "scroll", tabindex: "0", role: "region", "aria-label": "First rows, personal data masked" },
    el(
      "table",
      { class: "preview" },
      el("caption", {}, "First rows, personal data masked"),
      el("thead", {}, el("tr", {}, opened.header.map((name) => el("th", { scope: "col" }, name)))),
      el("tbody", {}, opened.preview.map((cells) => el("tr", {}, cells.map((cell) => el("td", {}, el("span", {}, cell)))))),
    ),
  );
}
