// A log of answers that people changed, and what the engine makes of it.

import type { RawCorrections, RawEngine } from "./glue.js";
import { HearkenError, wrongField } from "./errors.js";
import { Handle, type HandleNames } from "./handle.js";
import type { Instance } from "./instance.js";
import { clip, MAX_LEARN_TEXT_BYTES } from "./limits.js";
import type { Act, Correction, Intent, SentimentLabel } from "./types.js";

const HEADS = ["sentiment", "intent", "acts"] as const;

const NAMES: HandleNames = {
  option: "corrections", freed: "the corrections were freed; make them again", otherEngine: "were made by another engine",
};

/** A log made ready by `Engine.correct`, the option `corrections` of an analysis or a decision. Belongs to that engine. */
export class Corrections extends Handle<RawCorrections> {
  /** Number of corrected texts. */
  readonly length: number;
  readonly #log: Correction[];

  /** @internal Made by `Engine.correct`. */
  constructor(instance: Instance, given: readonly Correction[]) {
    const log = checkLog(given);
    super(instance, NAMES, (engine) => engine.correct(log));
    this.#log = log;
    this.length = this.use((_, raw) => raw.length);
  }

  /** @internal */
  protected override remake(engine: RawEngine): RawCorrections {
    return engine.correct(this.#log);
  }
}

/** What the engine reads of a log. */
function checkLog(log: readonly Correction[]): Correction[] {
  if (!Array.isArray(log)) throw wrongField("corrections", "an array of corrections", log);
  return log.map((entry: unknown, at) => {
    if (typeof entry !== "object" || entry === null) throw wrongField(`corrections[${at}]`, "an object", entry, at);
    const { text, head, to } = entry as Correction;
    if (typeof text !== "string") throw wrongField(`corrections[${at}].text`, "a string", text, at);
    return { text: clip(text, MAX_LEARN_TEXT_BYTES), head, to } as Correction;
  });
}

/** One choice made about a task of Label Studio. */
interface StudioResult {
  from_name: string;
  to_name: string;
  type: string;
  value: { choices: string[] };
}

/** A task of Label Studio with the answers about it, as its JSON export and import have them. */
export interface StudioTask {
  data: { text: string };
  annotations: { result: StudioResult[]; was_cancelled?: boolean }[];
  predictions?: { model_version: string; result: StudioResult[] }[];
}

/**
 * The log as Label Studio tasks, one a text: `from` as a prediction, `to` as an annotation, in the
 * controls `sentiment`, `intent` and `acts` over the text `text`.
 */
export function toLabelStudio(log: readonly Correction[], model = ""): StudioTask[] {
  const tasks = new Map<string, { from: StudioResult[]; to: StudioResult[] }>();
  for (const { text, head, from, to } of log) {
    let task = tasks.get(text);
    if (task === undefined) tasks.set(text, (task = { from: [], to: [] }));
    if (from !== undefined) put(task.from, head, from);
    put(task.to, head, to);
  }
  return Array.from(tasks, ([text, { from, to }]) => ({
    data: { text },
    annotations: [{ result: to }],
    ...(from.length > 0 ? { predictions: [{ model_version: model, result: from }] } : {}),
  }));
}

/** A later answer of the same head takes the place of an earlier one. */
function put(results: StudioResult[], head: string, labels: string | readonly string[]): void {
  const choices = typeof labels === "string" ? [labels] : [...labels];
  const result = { from_name: head, to_name: "text", type: "choices", value: { choices } };
  const at = results.findIndex(({ from_name }) => from_name === head);
  if (at < 0) results.push(result);
  else results[at] = result;
}

/**
 * The log in a Label Studio export (JSON, not JSON-MIN), parsed. Controls other than `sentiment`,
 * `intent` and `acts` are not read, nor cancelled annotations; an annotation that agrees with the
 * prediction is no correction. Labels are checked by `Engine.correct`.
 *
 * @throws HearkenError `E_FIELD` naming the place, as in `tasks[3].data.text`.
 */
export function fromLabelStudio(tasks: unknown): Correction[] {
  if (!Array.isArray(tasks)) throw wrongField("tasks", "an array of tasks", tasks);
  const log: Correction[] = [];
  tasks.forEach((task: unknown, at) => {
    const text = (task as Partial<StudioTask> | null)?.data?.text;
    if (typeof text !== "string") throw wrongField(`tasks[${at}].data.text`, "a string", text, at);
    const { annotations, predictions } = task as StudioTask;
    const said = choices((predictions as unknown[] | undefined)?.at(-1), `tasks[${at}].predictions`, at);
    for (const annotation of Array.isArray(annotations) ? annotations : []) {
      if (annotation?.was_cancelled === true) continue;
      for (const [head, to] of choices(annotation, `tasks[${at}].annotations`, at)) {
        const from = said.get(head);
        if (from !== undefined && sameLabels(from, to)) continue;
        log.push(correction(text, head, from, to, `tasks[${at}]`, at));
      }
    }
  });
  return log;
}

function correction(text: string, head: string, from: string[] | undefined, to: string[], place: string, index: number): Correction {
  if (head === "acts") return { text, head, ...(from ? { from: from as Act[] } : {}), to: to as Act[] };
  if (to.length !== 1) {
    throw new HearkenError("E_FIELD", `field ${place}.${head}: must have one choice, has ${to.length}`, { field: `${place}.${head}`, index });
  }
  const before = from?.[0];
  const was = before === undefined ? {} : { from: before as SentimentLabel & Intent };
  return { text, head: head as "sentiment", ...was, to: to[0] as SentimentLabel };
}

/** The choices of one annotation or prediction, by head. */
function choices(answer: unknown, place: string, index: number): Map<string, string[]> {
  const found = new Map<string, string[]>();
  const results = (answer as { result?: unknown } | null | undefined)?.result ?? [];
  if (!Array.isArray(results)) throw wrongField(`${place}.result`, "an array", results, index);
  for (const result of results as Partial<StudioResult>[]) {
    if (result?.type !== "choices" || !(HEADS as readonly unknown[]).includes(result.from_name)) continue;
    const labels: unknown = result.value?.choices;
    const strings = Array.isArray(labels) && labels.every((label) => typeof label === "string");
    if (!strings) throw wrongField(`${place}.result.value.choices`, "an array of strings", labels, index);
    found.set(result.from_name as string, labels as string[]);
  }
  return found;
}

function sameLabels(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((label) => b.includes(label));
}
