// A query that was compiled once, asked of any number of rows.

import type { BatchAnalysis, BatchTopic } from "./batch.js";
import { HearkenError, kindOf, wrongField, wrongOption } from "./errors.js";
import type { RawEngine, RawQuery, RawRow } from "./glue.js";
import { Handle, type HandleNames } from "./handle.js";
import type { Instance } from "./instance.js";
import { flat } from "./message.js";
import type { Message, QueryField, Span } from "./types.js";

/** What queries read of an analysis, of `analyze` or of a batch. */
export type QueryAnalysis = Pick<
  BatchAnalysis,
  | "language" | "sentiment" | "emotions" | "acts" | "intent" | "topics" | "safety" | "irony" | "broadcast" | "meaningful"
  | "disposition" | "states" | "pii"
> & Partial<Pick<BatchAnalysis, "urgency" | "churn" | "effort" | "journeyStage" | "wished">> & { wishes?: readonly unknown[]; otherStages?: readonly string[] };

/** A message with what was found out about it. What is not known matches no test. */
export type QueryRow = Message & { analysis?: QueryAnalysis };

/** Options of `query`. */
export interface QueryOptions {
  /** Labels of the topics in force; another `topic:` is then refused. Default: any is allowed. */
  topics?: readonly string[];
}

/** Rows that cross at a time. */
const ROWS = 1_000;
/** Characters that cross at a time. */
const UNITS = 4 * 1024 * 1024;

const NAMES: HandleNames = {
  option: "query", freed: "the query was freed; compile it again", otherEngine: "was compiled by another engine",
};

/** A query made by `Engine.query`. Belongs to that engine; `free` it, or let it go with the engine. */
export class Query extends Handle<RawQuery> {
  /** The query as it is written out: the same for queries that mean the same in the same order. */
  readonly text: string;
  /** The fields it tests: what rows must carry to be found by them. */
  readonly fields: readonly QueryField[];
  /** False when it tests fields only; texts are then not read. */
  readonly readsText: boolean;
  readonly #source: string;
  readonly #topics: string[];

  /** @internal Made by `Engine.query`. */
  constructor(instance: Instance, source: string, options: QueryOptions | undefined) {
    if (typeof source !== "string") throw new HearkenError("E_QUERY", `query refused: must be a string, is ${kindOf(source)}`, { at: 0, end: 0 });
    const topics: unknown = options?.topics ?? [];
    if (!Array.isArray(topics) || topics.some((topic) => typeof topic !== "string")) throw wrongOption("topics", "a list of strings", topics);
    super(instance, NAMES, (engine) => engine.query(source, topics as string[]));
    this.#source = source;
    this.#topics = topics as string[];
    this.text = this.use((_, raw) => raw.text);
    this.fields = this.use((_, raw) => raw.fields as QueryField[]);
    this.readsText = this.use((_, raw) => raw.readsText);
  }

  /** True when the row is found. @throws HearkenError `E_FIELD` for a row that is none. */
  matches(row: QueryRow): boolean {
    return this.filter([row]).length === 1;
  }

  /**
   * Positions of the rows that are found, in order. `O(characters)`, in parts.
   *
   * @throws HearkenError `E_FIELD` with the `index` of a row that is none.
   */
  filter(rows: Iterable<QueryRow>): number[] {
    const found: number[] = [];
    let part: RawRow[] = [];
    let units = 0;
    let from = 0;
    const send = (): void => {
      const asked = part;
      this.use((_, raw) => raw.filter(asked)).forEach((holds, at) => {
        if (holds === 1) found.push(from + at);
      });
      from += part.length;
      part = [];
      units = 0;
    };
    for (const row of rows) {
      const raw = this.#row(row, from + part.length);
      part.push(raw);
      units += raw.text.length;
      if (part.length === ROWS || units > UNITS) send();
    }
    if (part.length > 0) send();
    return found;
  }

  /**
   * The places of the words and phrases that made the row match, in order, without overlap; `null`
   * when the row is not found. Words under NOT have no place.
   */
  highlights(row: QueryRow): Span[] | null {
    const asked = this.#row(row, undefined);
    return this.use((_, raw) => raw.find([asked]));
  }

  /** @internal */
  protected override remake(engine: RawEngine): RawQuery {
    return engine.query(this.#source, this.#topics);
  }

  /** What crosses of a row: only what the query asks for. */
  #row(row: QueryRow, index: number | undefined): RawRow {
    if (typeof row !== "object" || row === null || Array.isArray(row)) throw wrongField("row", "an object", row, index);
    if (typeof row.text !== "string") throw wrongField("text", "a string", row.text, index);
    const labels: [string, string][] = [];
    const raw: RawRow = { text: this.readsText ? row.text : "", labels };
    for (const field of this.fields) {
      if (field === "topic" || field === "has") raw.topics = topicsOf(row.analysis);
      if (field === "rating" || field === "scale" || field === "has") {
        if (row.rating !== undefined && row.rating !== null) raw.rating = flat(row.rating) as object;
      }
      if (field === "after" || field === "before" || field === "has") {
        if (typeof row.sentAt === "string" || typeof row.sentAt === "number") raw.sentAt = row.sentAt;
      }
      for (const label of labelsOf(row, field)) labels.push([field, label]);
    }
    return raw;
  }
}

const yesNo = (holds: boolean): string[] => [holds ? "yes" : "no"];

/** The labels that a row has of one field. */
function labelsOf(row: QueryRow, field: QueryField): string[] {
  const { analysis } = row;
  switch (field) {
    case "channel": case "source": case "customer": case "thread": case "id": {
      const value: unknown = row[field];
      return typeof value === "string" ? [value] : [];
    }
    case "lang": return analysis ? [analysis.language.code] : typeof row.lang === "string" ? [row.lang] : [];
    default: return analysis ? analysed(analysis, field) : [];
  }
}

function analysed(analysis: QueryAnalysis, field: QueryField): string[] {
  const { sentiment, emotions, acts, intent, safety, disposition, states, pii } = analysis;
  switch (field) {
    case "sentiment": return sentiment.mixed ? [sentiment.label, "mixed"] : [sentiment.label];
    case "emotion": return emotions.map(({ label }) => label);
    case "act": return [...acts];
    case "intent": return [intent.label];
    case "safety": return safety.map(({ label }) => label);
    case "disposition": return [disposition];
    case "state": return [...states];
    case "urgency": return analysis.urgency ? [analysis.urgency.level] : [];
    case "churn": return analysis.churn ? [...yesNo(analysis.churn.present), ...analysis.churn.reasons] : [];
    case "effort": return analysis.effort ? [analysis.effort.level] : [];
    // Only analyses that looked for signals have an urgency.
    case "wish": return analysis.urgency ? yesNo(analysis.wished === true || (analysis.wishes ?? []).length > 0) : [];
    case "journey": return analysis.journeyStage ? [analysis.journeyStage, ...(analysis.otherStages ?? [])] : [];
    case "meaningful": return yesNo(analysis.meaningful);
    case "irony": return yesNo(analysis.irony);
    case "broadcast": return yesNo(analysis.broadcast);
    case "has": return [
      ...(pii.length > 0 ? ["pii"] : []), ...(emotions.length > 0 ? ["emotion"] : []), ...(safety.length > 0 ? ["safety"] : []),
      ...pii.map(({ type }) => type),
    ];
    default: return [];
  }
}

/** Topics of an analysis: label, the topic it belongs to, its own sentiment; also as `mixed` where it is. */
function topicsOf(analysis: QueryAnalysis | undefined): [string, string | null, string | null][] {
  // Analyses that were kept from an older version have no topics.
  const topics: readonly BatchTopic[] = analysis?.topics ?? [];
  return topics.flatMap(({ label, parent, sentiment }) => {
    const tones = sentiment.mixed ? [sentiment.label, "mixed"] : [sentiment.label];
    return tones.map((tone): [string, string | null, string | null] => [label, parent ?? null, tone]);
  });
}
