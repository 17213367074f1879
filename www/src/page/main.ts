/** Starts the app and leads from one view to the next. */
import type { Choice } from "../shared/guess.ts";
import type { Opened, Progress, Reading, ReadOptions, Source } from "../shared/protocol.ts";
import { TaxonomyState, topicChooser } from "./chooser.ts";
import { Client, Refused } from "./client.ts";
import { columnsView } from "./columns.ts";
import { announce, byId, el } from "./dom.ts";
import { modes, type Mode } from "./modes.ts";
import { oneView, type OneActions } from "./one.ts";
import { policyEditor } from "./policy.ts";
import { PolicyState } from "./policy-state.ts";
import { ProgressView } from "./progress.ts";
import { resultsView } from "./results.ts";
import { startView } from "./start.ts";
import { startTheme } from "./theme.ts";
import { topicsView } from "./topics.ts";

/** Work that is done sooner shows no progress view, in milliseconds. */
const PATIENCE_MS = 120;

const client = new Client();
const main = byId("main");
const taxonomy = new TaxonomyState(async (wish) => {
  await client.ready;
  return client.call("useTaxonomy", wish);
});
const policy = new PolicyState(async (wish) => {
  await client.ready;
  return client.call("usePolicy", wish);
});
let source: Source | undefined;

/** Shows a view and puts the focus on its heading, so that the keyboard and screen readers follow. */
function show(view: HTMLElement, title: string): void {
  main.replaceChildren(view);
  document.title = `${title} · hearken`;
  window.scrollTo(0, 0);
  view.querySelector("h1")?.focus({ preventScroll: true });
}

function start(problem: string | null = null): void {
  source = undefined;
  show(startView((next) => void open(next, {}), enter, problem), "See what your customers say");
}

/** The choice of topics, with a way to edit them. */
const chooser = (back: (() => void) | null): HTMLElement => topicChooser(taxonomy, () => editTopics(back));

/** The view where a taxonomy is written. */
function editTopics(back: (() => void) | null): void {
  show(topicsView(taxonomy, {
    source: async (name) => {
      await client.ready;
      return client.call("taxonomy", { name });
    },
    check: async (json, text) => {
      await client.ready;
      return client.call("checkTaxonomy", { json, text });
    },
    go: enter,
    back,
  }), "Topics in your own words");
}

/** The view where a policy is written before comments are loaded. */
function editPolicy(): void {
  const ready = async <T>(work: () => Promise<T>): Promise<T> => {
    await client.ready;
    return work();
  };
  const editor = policyEditor({
    state: policy, effect: null, open: () => undefined,
    source: (name) => ready(() => client.call("policy", { name })),
    check: (json, topics) => ready(() => client.call("checkPolicy", { json, topics })),
  });
  show(el("section", { class: "view topics" }, modes("policy", enter), el("h1", { tabindex: "-1" }, "What to do about a message"),
    el("p", { class: "lead" }, "A policy is one JSON file: rules, the first of which that holds decides. Begin with one of these and change it; what is odd about it shows while you type."), editor.element), "A policy of your own");
}

/** Leads to one of the ways in. */
function enter(mode: Mode): void {
  if (mode === "file") return start();
  source = undefined;
  if (mode === "topics") return editTopics(null);
  if (mode === "policy") return editPolicy();
  const read = async (text: string, question: string): Promise<Reading> => {
    await client.ready;
    return client.call("text", { text, question });
  };
  const redact: OneActions["redact"] = (text, mode, except) => client.call("redact", { text, mode, except });
  show(oneView({ read, redact, go: enter, topics: chooser(null) }), "Read one text");
}

/** Runs a long request with its progress view. */
async function watch<T>(phase: Progress["phase"], run: (progress: (progress: Progress) => void) => Promise<T>): Promise<T> {
  const view = new ProgressView(phase, () => client.cancel());
  const timer = setTimeout(() => show(view.element, phase === "read" ? "Reading" : "Analysing"), PATIENCE_MS);
  try {
    return await run((progress) => view.update(progress));
  } finally {
    clearTimeout(timer);
  }
}

async function open(next: Source, read: Partial<ReadOptions>): Promise<void> {
  source = next;
  try {
    await client.ready;
    const opened = await watch("read", (progress) => client.call("open", { source: next, read }, progress));
    columns(opened, opened.choice, null);
  } catch (error) {
    start(problemOf(error));
  }
}

function columns(opened: Opened, choice: Choice, problem: string | null): void {
  const view = columnsView(
    opened,
    choice,
    {
      analyse: (chosen) => void analyse(opened, chosen),
      reread: (read) => {
        if (source !== undefined) void open(source, read);
      },
      restart: () => start(),
      topics: chooser(() => columns(opened, choice, null)),
    },
    problem,
    source?.kind === "file",
  );
  show(view, "Check the columns");
}

async function analyse(opened: Opened, choice: Choice): Promise<void> {
  try {
    const analysed = await watch("analyse", (progress) => client.call("analyse", choice, progress));
    show(resultsView(client, opened, choice, analysed, { columns: () => columns(opened, choice, null), restart: () => start(), policy }), opened.name);
    announce("The analysis is done.");
  } catch (error) {
    columns(opened, choice, problemOf(error));
  }
}

/** What to tell the person; nothing for what they stopped themselves. */
function problemOf(error: unknown): string | null {
  if (error instanceof Refused) {
    if (error.code !== "CANCELLED") return error.message;
    announce("Cancelled.");
    return null;
  }
  throw error;
}

startTheme();
start();
client.ready.then(
  ({ engine, model }) => {
    byId("versions").textContent = `hearken ${engine}, model ${model}`;
    document.documentElement.dataset["engine"] = "ready";
  },
  (error: unknown) => {
    main.replaceChildren(el("section", { class: "view" }, el("h1", {}, "The engine did not start"), el("p", { class: "alert", role: "alert" }, error instanceof Error ? error.message : "It needs a browser with WebAssembly and SIMD.")));
  },
);
