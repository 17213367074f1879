/** Teach by label: examples by hand, from a column or a file; then quality, advice, and a label for every row. */
import type { Opened, Progress, RowView, Taught, TeachWish } from "../shared/protocol.ts";
import { commentNodes } from "./comment.ts";
import { announce, el } from "./dom.ts";
import { download } from "./export.ts";
import { count, counted, share } from "./format.ts";

/** What the panel needs from the results. */
export interface TeachActions {
  /** Rows listed now, in their order. */
  listed: () => Uint32Array;
  view: (row: number) => Promise<RowView | undefined>;
  open: (row: number) => void;
  teach: (wish: TeachWish, progress: (progress: Progress) => void) => Promise<Taught>;
  load: (file: File, progress: (progress: Progress) => void) => Promise<Taught>;
  save: () => Promise<Blob>;
  rows: (label: string | null, most: number) => Promise<Uint32Array>;
  /** Name of the classifier file. */
  fileName: string;
}

const percent = (part: number): string => share(part, 1);
/** Rows shown of one label, and lines of confusions and advice. */
const ROWS = 5;
const LINES = 12;

/** The panel. */
export interface TeachPanel {
  element: HTMLElement;
  /** Call when other rows are listed: the comment to label is one of them. */
  refresh: () => void;
}

/** Makes the panel; `text` is the column of the comments. */
export function teachPanel(opened: Opened, text: number, actions: TeachActions): TeachPanel {
  const picked = new Map<number, string>();
  let now: number | undefined;

  const quote = el("p", { class: "teach-quote", id: "teach-quote" }, "No comment is listed.");
  const names = el("datalist", { id: "teach-names" });
  const name = el("input", { type: "text", id: "teach-label", list: "teach-names", maxlength: "40", autocomplete: "off", spellcheck: "false" });
  const tally = el("p", { class: "quiet", id: "teach-picked", role: "status" }, "No comment has a label yet.");
  const column = el("select", { id: "teach-column" }, el("option", { value: "" }, "None"),
    opened.header.map((title, at) => (at === text ? null : el("option", { value: at }, title))));
  const file = el("input", { type: "file", id: "teach-file", accept: ".csv,.tsv,.tab,.jsonl,.ndjson,.gz,text/*" });
  const unsure = el("input", { type: "checkbox", id: "teach-unsure" });
  const bar = el("progress", { id: "teach-progress", max: "1", value: "0", "aria-label": "Progress", hidden: true });
  const status = el("p", { id: "teach-status", class: "quiet", role: "status" });
  const result = el("div", { id: "teach-result", class: "teach-result" });
  const train = el("button", { type: "button", class: "button primary", id: "teach-train", on: { click: () => void run((tell) => actions.teach(wish(), tell)) } }, "Learn and label all rows");
  const save = el("button", { type: "button", class: "button", id: "teach-save", disabled: true, on: { click: () => void keep() } }, "Save what was learned");
  const saved = el("input", { type: "file", id: "teach-load", class: "hidden", accept: ".hkc", on: { change: () => load() } });

  const wish = (): TeachWish => ({
    picked: [...picked],
    column: column.value === "" ? null : Number(column.value),
    file: file.files?.[0] ?? null,
    unsure: unsure.checked,
  });

  /** Shows the first listed comment behind `row` that has no label yet. */
  const next = async (row: number | undefined): Promise<void> => {
    const listed = actions.listed();
    const from = row === undefined ? 0 : listed.indexOf(row) + 1;
    const order = [...listed.subarray(from), ...listed.subarray(0, from)];
    now = order.find((row) => !picked.has(row));
    const view = now === undefined ? undefined : await actions.view(now);
    quote.replaceChildren(...(view === undefined ? ["Every listed comment has a label."] : commentNodes(view.parts)));
  };

  const give = (): void => {
    const label = name.value.trim();
    if (label === "" || now === undefined) return;
    picked.set(now, label);
    const counts = new Map<string, number>();
    for (const label of picked.values()) counts.set(label, (counts.get(label) ?? 0) + 1);
    tally.textContent = `${counted(picked.size, "comment")}: ${[...counts].map(([label, n]) => `${label} ${count(n)}`).join(", ")}`;
    names.replaceChildren(...[...counts.keys()].map((label) => el("option", { value: label })));
    name.select();
    void next(now);
  };

  const run = async (work: (tell: (progress: Progress) => void) => Promise<Taught>): Promise<void> => {
    train.disabled = true;
    bar.hidden = false;
    status.textContent = "Learning";
    try {
      const taught = await work(({ phase, done, total }) => {
        bar.value = total === 0 ? 0 : done / total;
        status.textContent = phase === "label" ? `Labelling ${count(done)} of ${counted(total, "row")}` : phase === "teach" ? `Learning: ${done} %` : "Reading";
      });
      show(taught);
      save.disabled = false;
      const labelled = taught.counts.reduce((sum, n) => sum + n, 0);
      status.textContent = `${counted(labelled, "row")} labelled${taught.without > 0 ? `, ${count(taught.without)} belong to no label` : ""}.`;
    } catch (error) {
      status.textContent = error instanceof Error ? error.message : "It could not be learned.";
    } finally {
      train.disabled = false;
      bar.hidden = true;
      announce(status.textContent ?? "");
    }
  };

  const load = (): void => {
    const chosen = saved.files?.[0];
    if (chosen !== undefined) void run((tell) => actions.load(chosen, tell));
    saved.value = "";
  };

  const keep = async (): Promise<void> => {
    download(await actions.save(), actions.fileName);
    status.textContent = "Saved.";
  };

  const show = (taught: Taught): void => {
    result.replaceChildren(...[quality(taught), labels(taught, actions), confusions(taught), advice(taught, actions)].filter((part) => part !== null));
  };

  const form = el(
    "form",
    { class: "teach-pick", on: { submit: (event) => { event.preventDefault(); give(); } } },
    el("h3", {}, "By hand"),
    el("p", { class: "quiet" }, "One listed comment after another; search and filters above choose which."),
    quote,
    el("div", { class: "fields" },
      el("div", { class: "field" }, el("label", { for: "teach-label" }, "Your label"), name, names),
      el("div", { class: "actions" },
        el("button", { type: "submit", class: "button", id: "teach-give" }, "Give label"),
        el("button", { type: "button", class: "button", id: "teach-skip", on: { click: () => void next(now) } }, "Skip"))),
    tally,
  );
  const refresh = (): void => {
    if (now === undefined || !actions.listed().includes(now)) void next(undefined);
  };
  const element = el(
    "section",
    { class: "card teach", "aria-labelledby": "teach-title" },
    el("h2", { id: "teach-title" }, "Teach your own labels"),
    el("p", { class: "quiet" }, "About ten comments a label are enough to begin. What is learned stays on this device; the saved file holds your labels and hashes of words, no comment."),
    form,
    el("h3", {}, "From a table"),
    el("div", { class: "fields" },
      el("div", { class: "field" }, el("label", { for: "teach-column" }, "Column with labels"), column),
      el("div", { class: "field" }, el("label", { for: "teach-file" }, "File of texts and labels"), file)),
    el("label", { class: "check" }, unsure, "Leave comments without a label where it is unsure"),
    el("div", { class: "actions" }, train, save, saved, el("label", { for: "teach-load", class: "button" }, "Load what was saved")),
    bar,
    status,
    result,
  );
  return { element, refresh };
}

function quality({ info, quality }: Taught): HTMLElement {
  const { summary } = info;
  const right = `${percent(summary.accuracy)} right on ${counted(summary.heldOut, "example")} it did not learn from`;
  const none = quality?.none ? `; ${percent(quality.none.kept)} keep their own label, ${percent(quality.none.refused)} of those without one get none` : "";
  return el("p", { id: "teach-quality" }, el("strong", {}, right), `${none}.`);
}

function labels(taught: Taught, actions: TeachActions): HTMLElement {
  const shown = el("ul", { class: "telling", id: "teach-rows" });
  const list = async (label: string | null): Promise<void> => {
    const rows = [...(await actions.rows(label, ROWS))];
    const views = await Promise.all(rows.map((row) => actions.view(row)));
    shown.replaceChildren(...views.flatMap((view) => view === undefined ? [] : [el("li", {}, el("p", {}, commentNodes(view.parts)),
      el("button", { type: "button", class: "link", on: { click: () => actions.open(view.row) } }, `Row ${count(view.row + 1)}`))]));
  };
  const row = (label: string | null, n: number): HTMLElement => {
    const each = taught.quality?.labels.find((one) => one.label === label);
    const shares = [each?.precision, each?.recall].map((share) => el("td", { class: "number" }, share === undefined ? "" : percent(share)));
    const open = el("button", { type: "button", class: "link", on: { click: () => void list(label) } }, label ?? "No label");
    return el("tr", {}, el("th", { scope: "row" }, open), el("td", { class: "number" }, count(n)), el("td", { class: "number" }, each ? count(each.examples) : ""), shares);
  };
  const { info, counts, without } = taught;
  return el("div", {},
    el("table", { class: "plain", id: "teach-labels" },
      el("thead", {}, el("tr", {}, ["Label", "Rows", "Examples", "Precision", "Recall"].map((title, at) => el("th", { scope: "col", class: at > 0 && "number" }, title)))),
      el("tbody", {}, info.labels.map((label, at) => (label === info.none ? null : row(label, counts[at] ?? 0))), without > 0 && row(null, without))),
    shown);
}

function confusions({ quality }: Taught): HTMLElement | null {
  if (quality === null || quality.confusions.length === 0) return null;
  const lines = quality.confusions.slice(0, LINES).map(({ label, predicted, count: n }) => el("li", {}, `${count(n)} of “${label}” taken for “${predicted}”`));
  return el("details", {}, el("summary", {}, "Taken for another"), el("ul", { id: "teach-confusions" }, lines));
}

function advice({ advice }: Taught, actions: TeachActions): HTMLElement | null {
  if (advice.length === 0) return null;
  const line = ({ text, row }: Taught["advice"][number]): HTMLElement => el("li", {}, text,
    row !== null && [" ", el("button", { type: "button", class: "link", on: { click: () => actions.open(row) } }, "Show")]);
  return el("details", { open: true }, el("summary", {}, "What would help"), el("ul", { id: "teach-advice" }, advice.slice(0, LINES).map(line)));
}
