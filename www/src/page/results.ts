/** Last view, in four tabs: what the comments say with the table of all rows, what to answer first, what they say together, and the policy. */
import type { Telling } from "hearken";
import type { Choice } from "../shared/guess.ts";
import type { Analysed, Opened, Query } from "../shared/protocol.ts";
import { answerPanel, type AnswerPanel } from "./answer.ts";
import { sentimentChart, timeChart } from "./chart.ts";
import { Refused, type Client } from "./client.ts";
import { commentNodes } from "./comment.ts";
import { DetailDialog } from "./detail.ts";
import { announce, el } from "./dom.ts";
import { exportControl } from "./export.ts";
import { facetLists, toTable } from "./facets.ts";
import { headline } from "./figures.ts";
import { filterForm, NO_FILTER, type Filter } from "./filters.ts";
import { count, counted, languageName, signed, slugName } from "./format.ts";
import { Grid } from "./grid.ts";
import { insightPanel } from "./insight.ts";
import { policyEditor, type PolicyEditor } from "./policy.ts";
import type { PolicyState } from "./policy-state.ts";
import { segmentTable } from "./segments.ts";
import { tabs } from "./tabs.ts";
import { teachPanel } from "./teach.ts";
import { themesPanel } from "./themes.ts";

/** Ways out of the view. */
export interface ResultActions {
  columns: () => void;
  restart: () => void;
  policy: PolicyState;
}

/** The view of one analysis. */
export function resultsView(client: Client, opened: Opened, choice: Choice, analysed: Analysed, actions: ResultActions): HTMLElement {
  const total = analysed.columns.label.length;
  let filter: Filter = NO_FILTER;
  let sort: Query["sort"] = "row";
  let descending = false;
  let reveal = false;
  let listed: Uint32Array = new Uint32Array();
  let openAt = 0;
  let marked = "";
  /** Not in the list: opened from the telling comments. */
  let openRow: number | null = null;

  const shown = el("p", { class: "shown", id: "shown", role: "status" });
  const nothing = el("p", { class: "nothing", hidden: true }, "No comment matches. Clear the search and filters to see all.");
  const telling = el("div", { class: "pair" });
  const grid = new Grid(analysed, {
    fetch: (rows) => client.call("rows", { rows, reveal }),
    open: (_, at) => void openDetail(at, null),
    sort: (by) => {
      descending = by === sort && !descending;
      sort = by;
      void list();
    },
  });
  const dialog = new DetailDialog({
    go: (step) => void openDetail(openAt + step, null),
    closed: () => {
      // Elsewhere the browser gives the focus back to the button that opened it.
      if (openRow === null) grid.element.focus();
    },
  });

  const openDetail = async (at: number, row: number | null): Promise<void> => {
    const wanted = row ?? grid.rowAt(at);
    if (wanted === undefined) return;
    openAt = at;
    openRow = row;
    if (row === null) grid.activate(at);
    const detail = await client.call("detail", { row: wanted, reveal });
    dialog.show(detail, { first: row !== null || at === 0, last: row !== null || at === grid.length - 1 });
  };

  const list = async (): Promise<void> => {
    try {
      listed = await client.call("query", { ...filter, sort, descending });
      filters.refuse(null);
    } catch (error) {
      // Otherwise a newer query has taken its place.
      if (error instanceof Refused && error.code === "E_QUERY") filters.refuse(error);
      return;
    }
    grid.setRows(listed, sort, descending);
    // The words of the search are marked in the rows: those shown before have marks of another search.
    if (filter.search !== marked) grid.refresh();
    marked = filter.search;
    lists.show(filter.facets, listed.length);
    nothing.hidden = listed.length > 0;
    teach.refresh();
    shown.textContent = listed.length === total ? counted(total, "comment") : `${count(listed.length)} of ${counted(total, "comment")}`;
  };

  const showTelling = async (): Promise<void> => {
    const { positive, negative } = analysed.report.telling;
    const rows = Uint32Array.from([...negative, ...positive], (one) => one.index);
    const views = await client.call("rows", { rows, reveal });
    const parts = new Map(views.map((view) => [view.row, view.parts]));
    const column = (title: string, list: readonly Telling[]): HTMLElement =>
      el("section", { class: "card" }, el("h3", {}, title),
        list.length === 0
          ? el("p", { class: "quiet" }, "None clear enough to show.")
          : el("ul", { class: "telling" }, list.map((one) =>
              el("li", { class: one.sentiment },
                el("p", {}, commentNodes(parts.get(one.index) ?? [])),
                el("button", { type: "button", class: "link", on: { click: () => void openDetail(0, one.index) } }, `Row ${count(one.index + 1)} · ${signed(one.score, 2)}`)))));
    telling.replaceChildren(column("What hurts", negative), column("What pleases", positive));
  };

  const toggle = el("input", {
    type: "checkbox", id: "reveal", role: "switch",
    on: {
      change: () => {
        reveal = toggle.checked;
        announce(reveal ? "Personal data is shown." : "Personal data is masked.");
        grid.refresh();
        void showTelling();
      },
    },
  });

  const stem = opened.name.replace(/(\.(csv|tsv|tab|txt|jsonl|ndjson|gz))+$/i, "").replace(/[^\p{L}\p{N}._-]+/gu, "-");
  const { button, dialog: exportDialog } = exportControl({
    rows: () => ({ listed, total }),
    write: (options, progress) => client.call("export", options, progress),
    cancel: () => client.cancel(),
    fileName: `${stem}-hearken.csv`,
  });
  const teach = teachPanel(opened, choice.text, {
    listed: () => listed,
    view: async (row) => (await client.call("rows", { rows: Uint32Array.of(row), reveal }))[0],
    open: (row) => void openDetail(0, row),
    teach: (wish, progress) => client.call("teach", wish, progress),
    load: (file, progress) => client.call("loadClassifier", { file }, progress),
    save: () => client.call("saveClassifier", null),
    rows: (label, most) => client.call("ownRows", { label, most }),
    fileName: `${stem}.hkc`,
  });

  const filters = filterForm(analysed, (next) => {
    filter = next;
    void list();
  });
  const lists = facetLists(analysed, filters.set);
  const lower = (): HTMLElement[] => [
    el("div", { class: "pair" }, analysed.channels.length > 0 && segmentTable("By channel", analysed.channels, slugName), segmentTable("By language", analysed.languages, languageName)),
    themesPanel(() => client.call("themes", null), (search) => {
      filters.search(search);
      toTable();
    }),
    el("section", { "aria-labelledby": "telling-title" }, el("h2", { id: "telling-title" }, "Most telling comments"), telling),
    el(
      "section",
      { class: "all", "aria-labelledby": "all-title" },
      el("div", { class: "title" }, el("h2", { id: "all-title" }, "All comments"), el("label", { class: "switch" }, toggle, el("span", { class: "track", "aria-hidden": "true" }), "Show personal data")),
      filters.element,
      shown,
      grid.element,
      nothing,
    ),
  ];
  const openAny = (row: number): void => void openDetail(0, row);
  let answers: AnswerPanel | undefined;
  let editor: PolicyEditor | undefined;
  const makeAnswers = (): HTMLElement => (answers = answerPanel({ client, state: actions.policy, open: openAny, edit: () => views.open("policy"), rows: total, stem })).element;
  const overview = el("div", { class: "view overview" },
    el("section", { "aria-label": "Headline figures" }, headline(analysed)),
    el("div", { class: analysed.timeline === null ? "" : "pair charts" }, sentimentChart(analysed.report.sentiment), analysed.timeline !== null && timeChart(analysed.timeline)));
  const views = tabs("Views of the comments", [
    { id: "overview", name: "What they say", make: () => overview },
    { id: "answer", name: "Answer first", make: makeAnswers, shown: () => answers?.shown() },
    {
      id: "insight", name: "Insight",
      make: () => insightPanel({
        client, timeline: analysed.timeline, open: openAny, title: opened.name, stem,
        topic: (label) => {
          views.open("overview");
          filters.set("topic", label);
          toTable();
        },
      }),
    },
    {
      id: "policy", name: "Policy",
      make: () => (editor = policyEditor({
        state: actions.policy, open: openAny,
        source: (name) => client.call("policy", { name }),
        check: (json, topics) => client.call("checkPolicy", { json, topics }),
        effect: (json, topics, progress) => client.call("policyEffect", { json, topics }, progress),
      })).element,
      shown: () => editor?.shown(),
    },
  ]);
  const seconds = analysed.elapsedMs / 1000;
  const view = el(
    "div",
    { class: "view results" },
    el(
      "div",
      { class: "title" },
      el("div", {}, el("h1", { tabindex: "-1" }, opened.name), el("p", { class: "quiet", id: "done" }, `${counted(total, "comment")} analysed in ${seconds.toFixed(seconds < 10 ? 1 : 0)} s on this device`)),
      el("div", { class: "actions" }, button, el("button", { type: "button", class: "button", on: { click: actions.columns } }, "Change columns"), el("button", { type: "button", class: "button", id: "restart", on: { click: actions.restart } }, "New file")),
    ),
    analysed.problems.length > 0 &&
      el("div", { class: "note", id: "problems" }, el("p", {}, "Some rows need a look. They are kept, marked “Check row”, and can be filtered below."), el("ul", {}, analysed.problems.map(([what, rows]) => el("li", {}, `${what}: ${counted(rows, "row")}`)))),
    views.list,
    views.panels,
    exportDialog,
    dialog.element,
  );
  inTurns([
    () => {
      overview.append(lists.element);
      void list();
    },
    () => {
      overview.append(...lower());
      void showTelling();
    },
    () => overview.append(teach.element),
  ]);
  return view;
}

/** Does each piece of work in a task of its own: made at once, the view would hold the page up. */
function inTurns(work: (() => void)[]): void {
  const [first, ...rest] = work;
  if (first === undefined) return;
  setTimeout(() => {
    first();
    inTurns(rest);
  });
}
