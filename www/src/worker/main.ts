/** The worker: holds the engine and the rows, answers the page. Makes no request of any kind. */
import { Engine } from "hearken/inline";
import sample from "../../public/sample.csv?raw";
import { scaleOf, guessChoice } from "../shared/guess.ts";
import { countProblems, Problem } from "../shared/problems.ts";
import type { FromWorker, Kind, Opened, Requests, ToWorker } from "../shared/protocol.ts";
import { analyse, Study } from "./analyse.ts";
import { freeCounts } from "./counting.ts";
import { exportDecisions } from "./decision-export.ts";
import { exportCsv } from "./export.ts";
import { count, findings, report } from "./insight.ts";
import { Cancelled, Job, UserError } from "./job.ts";
import { CellMasker } from "./masking.ts";
import { checkTaxonomy } from "./check.ts";
import { Deciding, policySource } from "./policies.ts";
import { checkPolicy, policyEffect } from "./policy-check.ts";
import { findRows } from "./query.ts";
import { readFile, readText } from "./read.ts";
import { readOne } from "./reading.ts";
import { redactOne } from "./redaction.ts";
import { doubtsOf, draftOf } from "./replies.ts";
import type { Table } from "./table.ts";
import { sourceOf, Topics } from "./taxonomies.ts";
import { forget, loadClassifier, ownRows, saveClassifier, teach } from "./teach.ts";
import { findThemes } from "./themes.ts";
import { decide, decideRow, itemOf, triageOptions } from "./triage.ts";
import { detail, rowViews } from "./views.ts";

/** Rows that guesses look at, and rows of the preview. */
const GUESS_ROWS = 200;
const PREVIEW_ROWS = 5;

const scope = self as unknown as DedicatedWorkerGlobalScope;
const post = (message: FromWorker, transfer: Transferable[] = []): void => scope.postMessage(message, transfer);

let engine: Engine | undefined;
let table: Table | undefined;
let study: Study | undefined;
/** What tells topics from now on. */
let topics: Topics | undefined;
/** What decides from now on, and the time it decides for. */
let policy: Deciding | undefined;
let nowMs = 0;
/** The work a cancel stops, and the query that a newer one replaces. */
let long: Job | undefined;
let query: Job | undefined;
/** Work with the policy in use, and work on the table that is open: neither outlives it. */
let deciding: Job | undefined;
let effect: Job | undefined;
let writing: Job | undefined;
let counting: Job | undefined;

type Handlers = { [K in Kind]: (input: Requests[K]["in"], job: () => Job) => Promise<Requests[K]["out"]> };

function need<T>(thing: T | undefined): T {
  if (thing === undefined) throw new UserError("ORDER", "There is nothing to work on yet. Open a file first.");
  return thing;
}

const handlers: Handlers = {
  async open({ source, read: wish }, start) {
    for (const old of [deciding, effect, writing, counting]) old?.cancel();
    const job = (long = start());
    const result =
      source.kind === "file" ? await readFile(source.file, wish, job)
      : source.kind === "text" ? await readText("", source.text, wish, job)
      : await readText("sample.csv", sample, wish, job);
    table = result.table;
    leave(study);
    study = undefined;
    const name = source.kind === "file" ? source.file.name : source.kind === "text" ? "Pasted text" : "Sample comments";
    return describe(name, result.read, result.table, need(engine));
  },
  async analyse(choice, start) {
    const job = (long = start());
    const next = new Study(need(engine), need(table), choice, inUse());
    const analysed = await analyse(next, job);
    leave(study);
    study = next;
    return analysed;
  },
  async query(input, start) {
    query?.cancel();
    const job = (query = start());
    return findRows(need(study), input, job);
  },
  async themes(_, start) {
    return findThemes(need(study), (long = start()));
  },
  async rows({ rows, reveal }) {
    return rowViews(need(study), rows, reveal);
  },
  async detail({ row, reveal }) {
    return detail(need(study), row, reveal, decider(), nowMs || Date.now());
  },
  async export(options, start) {
    return exportCsv(need(study), options, (long = start()));
  },
  async text({ text, question }) {
    return readOne(need(engine), inUse(), text, question);
  },
  async useTaxonomy(wish) {
    const next = new Topics(need(engine), wish);
    if (topics !== study?.topics) topics?.free();
    topics = next;
    return { id: next.id, topics: next.topics.length };
  },
  async taxonomy({ name }) {
    return sourceOf(name);
  },
  async checkTaxonomy({ json, text }) {
    return checkTaxonomy(need(engine), json, text);
  },
  async redact({ text, mode, except }) {
    return redactOne(need(engine), text, mode, except);
  },
  async teach(wish, start) {
    return teach(need(study), wish, (long = start()));
  },
  async loadClassifier({ file }, start) {
    return loadClassifier(need(study), file, (long = start()));
  },
  async saveClassifier() {
    return saveClassifier(need(study));
  },
  async ownRows({ label, most }) {
    return ownRows(need(study), label, most);
  },
  async policy({ name }) {
    return policySource(name);
  },
  async usePolicy(wish) {
    const next = new Deciding(need(engine), wish);
    for (const old of [deciding, effect, writing]) old?.cancel();
    policy?.free();
    policy = next;
    return next.inUse;
  },
  async checkPolicy(input) {
    return checkPolicy(need(engine), input, study?.topics ?? inUse());
  },
  async policyEffect(input, start) {
    effect?.cancel();
    return policyEffect(need(study), decider(), input, nowMs || Date.now(), (effect = start()));
  },
  async decide({ asOf }, start) {
    deciding?.cancel();
    const decided = await decide(need(study), decider(), asOf, Date.now(), (deciding = long = start()));
    nowMs = decided.asOfMs;
    return decided;
  },
  async item({ row, reveal, values }) {
    return need(await itemOf(need(study), decider(), nowMs, row, reveal, values));
  },
  async draft({ row, ...wish }) {
    const of = need(study);
    const decision = decideRow(of, decider(), row, triageOptions(of, decider(), nowMs));
    return decision === undefined ? null : draftOf(of, decision, row, wish);
  },
  async checkReply({ row, text }) {
    return doubtsOf(need(study), row, text);
  },
  async exportDecisions(input, start) {
    return exportDecisions(need(study), decider(), nowMs, input, (writing = long = start()));
  },
  async count({ reader }, start) {
    return count(need(study), reader, (counting = long = start()));
  },
  async findings({ reader }, start) {
    return findings(need(study), reader, start());
  },
  async report(input, start) {
    return report(need(study), input, start());
  },
};

/** The taxonomy in use: the general one until another is chosen. */
const inUse = (): Topics => (topics ??= new Topics(need(engine), { name: "general" }));

/** The policy in use: the default one until another is chosen. */
const decider = (): Deciding => (policy ??= new Deciding(need(engine), { name: "default" }));

/** Lets go of what only a study that is no longer shown needs. */
function leave(old: Study | undefined): void {
  forget(old);
  old?.search?.free();
  if (old?.counts !== undefined) freeCounts(old.counts);
  if (old !== undefined && old.topics !== topics) old.topics.free();
}

/** Guesses and a preview; cells are masked before they leave the worker. */
function describe(name: string, read: Opened["read"], from: Table, by: Engine): Opened {
  const head = from.rows.slice(0, GUESS_ROWS);
  const masker = new CellMasker(by);
  const filled = from.header.map((_, column) => from.rows.reduce((n, cells) => n + ((cells[column] ?? "").trim() === "" ? 0 : 1), 0));
  return {
    name,
    read,
    rows: from.rows.length,
    header: [...from.header],
    filled,
    choice: guessChoice(from.header, head),
    scales: from.header.map((title, column) => scaleOf(title, head.map((cells) => cells[column] ?? ""))),
    preview: from.rows.slice(0, PREVIEW_ROWS).map((_, row) => from.header.map((__, column) => masker.mask(from.cell(row, column)))),
    problems: countProblems(from.problems),
    undecodable: from.problems.reduce((n, bits) => n + (bits & Problem.Undecodable ? 1 : 0), 0),
    blankLines: from.blankLines,
  };
}

async function answer(message: Exclude<ToWorker, { kind: "cancel" }>): Promise<void> {
  const { id, kind } = message;
  try {
    const handler = handlers[kind] as (input: unknown, job: () => Job) => Promise<unknown>;
    const output = await handler(message.input, () => new Job((progress) => post({ kind: "progress", id, progress })));
    post({ kind: "done", id, output });
  } catch (error) {
    post({ kind: "error", id, ...explain(error) });
  }
}

function explain(error: unknown): { code: string; message: string; at?: number; end?: number } {
  if (error instanceof Cancelled || error instanceof UserError) return { code: error.code, message: error.message };
  const code = (error as { code?: unknown } | null)?.code;
  if (code === "E_QUERY" && error instanceof Error) {
    const { at = 0, end = 0 } = error as { at?: number; end?: number };
    return { code, message: error.message, at, end };
  }
  // Engine errors never hold text of a comment, so they may be shown.
  if (typeof code === "string" && code.startsWith("E_") && error instanceof Error) return { code, message: error.message };
  if (error instanceof DOMException && error.name === "NotReadableError") {
    return { code: "NOT_READABLE", message: "The file could not be read. Has it been moved or changed?" };
  }
  return { code: "UNEXPECTED", message: `Something went wrong that the app did not expect (${error instanceof Error ? error.name : typeof error}).` };
}

scope.onmessage = (event: MessageEvent<ToWorker>) => {
  if (event.data.kind === "cancel") long?.cancel();
  else void answer(event.data);
};

try {
  engine = await Engine.load();
  post({ kind: "ready", engine: engine.info.engine, model: engine.info.model });
} catch (error) {
  post({ kind: "failed", message: explain(error).message });
}
