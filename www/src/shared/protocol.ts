/** What the page and its worker say to each other. Every request is answered once, by value or by error. */
import type {
  Act, Advice, ChurnReason, ClassifierInfo, Decision, Disposition, EffortLevel, Emotion, Evidence, IntentAnswer, JourneyStage, LinkKind, PiiType,
  RedactMode, Report, Safety, Segment, SentimentLabel, State, Theme, TrainQuality, UrgencyLevel, UrgencyReason,
} from "hearken";
import type { FacetColumns, PerFacet } from "./facets.ts";
import type { Format } from "./format.ts";
import type { Choice } from "./guess.ts";
import type { CountingRequests } from "./counting.ts";
import type { DecidingRequests, LineFinding } from "./deciding.ts";
import type { TaxonomyName } from "./taxonomies.ts";

/** How a source is read. */
export interface ReadOptions {
  format: Format;
  /** True when the first row holds the names of the columns; has no meaning for jsonl. */
  header: boolean;
  /** A label of the Encoding Standard. */
  encoding: string;
}

/** Where comments come from. */
export type Source = { kind: "file"; file: File } | { kind: "text"; text: string } | { kind: "sample" };

/** A source that was read. */
export interface Opened {
  name: string;
  read: ReadOptions;
  rows: number;
  header: string[];
  /** Cells that are not empty, by column. */
  filled: number[];
  choice: Choice;
  /** The likely scale of a rating, by column. */
  scales: Choice["scale"][];
  /** The first rows, personal data masked. */
  preview: string[][];
  problems: [text: string, rows: number][];
  /** Rows that hold characters which could not be decoded. */
  undecodable: number;
  blankLines: number;
}

/** Results, one entry a row. */
export interface RowColumns extends FacetColumns {
  /** Index into negative, neutral, positive; 255 where the row has no result. */
  label: Uint8Array;
  /** -1..1. */
  score: Float32Array;
  /** Index into `Analysed.languageCodes`. */
  language: Uint8Array;
  /** How many pieces of personal data, at most 255. */
  pii: Uint8Array;
  /** Bits of `Problem`. */
  problems: Uint16Array;
  /** Where the topics of each row begin in `topics`; one more entry than rows. */
  topicOffsets: Uint32Array;
  /** `4 * number of the topic + sentiment`, an index into negative, neutral, positive. */
  topics: Uint32Array;
}

/** Which taxonomy tells topics: one that the page carries, or JSON text of the person's own. */
export type TaxonomyWish = { name: TaxonomyName } | { json: string };

/** The taxonomy in use. */
export interface TaxonomyInUse {
  id: string;
  topics: number;
}

/** What a taxonomy is worth as it stands, and what it finds in a text. */
export interface TaxonomyCheck {
  usable: boolean;
  id: string;
  topics: { label: string; name: string; languages: string[] }[];
  phrases: number;
  lines: LineFinding[];
  /** Lines left out. */
  more: number;
  examples: number;
  /** Examples that do what they say. */
  passed: number;
  counts: Record<LineFinding["severity"], number>;
  /** The text, with the words of topics marked. */
  parts: Part[];
  found: TopicView[];
}

/** A topic found in a text. */
export interface TopicView {
  name: string;
  sentiment: SentimentLabel;
  mixed: boolean;
  /** Every mention is negated. */
  negated: boolean;
  /** The words that name it. */
  words: Part[][];
}

/** Comments in time; arrays have one entry a bucket. */
export interface Timeline {
  unit: "day" | "week" | "month" | "year";
  /** First day of each bucket, in days since 1970-01-01. */
  start: number[];
  negative: number[];
  neutral: number[];
  positive: number[];
  /** Rows without a readable date. */
  undated: number;
}

/** Everything the results page shows at once. */
export interface Analysed {
  report: Report;
  channels: Segment[];
  languages: Segment[];
  timeline: Timeline | null;
  columns: RowColumns;
  /** The labels of each facet, and how many rows have each. */
  labels: PerFacet<string[]>;
  counts: PerFacet<number[]>;
  languageCodes: string[];
  /** Names of the topics, by label. */
  topicNames: Readonly<Record<string, string>>;
  rowsWithPii: number;
  piiCounts: [type: PiiType, count: number][];
  problems: [text: string, rows: number][];
  engine: string;
  model: string;
  elapsedMs: number;
}

/** Which rows to list, and in which order. */
export interface Query {
  /** In the engine's query language; blank for all. */
  search: string;
  label: SentimentLabel | null;
  language: string | null;
  /** One label a facet, `null` for any. */
  facets: PerFacet<string | null>;
  pii: boolean;
  problems: boolean;
  sort: "row" | "score";
  descending: boolean;
}

/** A stretch of text; `pii` says what it is, and masked parts hold `[EMAIL]` instead of the value. */
export interface Part {
  text: string;
  pii?: PiiType;
  /** True where the search found its words. */
  hit?: boolean;
}

/** One text before and after redaction. */
export interface Redacted {
  /** The text with what was found in it marked. */
  before: Part[];
  after: string;
  /** Types found and how often, those that stay among them. */
  found: [type: PiiType, count: number][];
}

/** One row of the table. */
export interface RowView {
  row: number;
  parts: Part[];
}

/** What one text says. */
export interface Answer {
  sentiment: { label: SentimentLabel; mixed: boolean; probabilities: [negative: number, neutral: number, positive: number] };
  intent: IntentAnswer;
  acts: Act[];
  emotions: Emotion[];
  safety: Safety[];
  irony: boolean;
  broadcast: boolean;
  meaningful: boolean;
  disposition: Disposition;
  states: State[];
  language: { code: string; confidence: number; reliable: boolean };
}

/** What a text wishes, cost, presses and threatens, with its pieces as they are shown. */
export interface SignalsView {
  wishes: Part[][];
  /** What would be bought. */
  interest: Part[][];
  /** `got` is empty where nothing is told of what came. */
  expectations: { expected: Part[]; got: Part[] }[];
  effort: EffortLevel | null;
  minutes: number | null;
  urgency: { level: UrgencyLevel; reasons: UrgencyReason[] };
  churn: ChurnReason[];
  /** Null where neither is said. */
  recommends: Advice | null;
  links: { kind: LinkKind; disguised: boolean }[];
  stage: JourneyStage;
}

/** A place in the text as it is shown, in UTF-16 code units, and what it added to the logit of a label. */
export interface Push {
  start: number;
  end: number;
  weight: number;
}

/** Why a label was given: `logit = bias + rest + weights of parts + others.weight`, up to rounding. */
export interface Why extends Pick<Evidence, "head" | "label" | "byRule" | "logit" | "bias" | "rest"> {
  /** By place, without overlap. */
  parts: Push[];
  /** Weaker places, and those beyond the text shown, together. */
  others: { count: number; weight: number };
}

/** One text read on demand. */
export interface Reading {
  /** The text, cut where it is too long to be shown. */
  parts: Part[];
  /** `null` for a row without result. */
  answer: Answer | null;
  why: Why[];
  /** Empty when there is only one. */
  sentences: { parts: Part[]; label: SentimentLabel; acts: Act[] }[];
  piiTypes: PiiType[];
  /** `null` for a row without result. */
  signals: SignalsView | null;
  topics: TopicView[];
  /** True when only the beginning was read. */
  truncated: boolean;
}

/** One row with all that is known about it. */
export interface Detail extends Reading {
  row: number;
  cells: { name: string; parts: Part[] }[];
  decision: Omit<Decision, "analysis" | "redacted"> | null;
  problems: string[];
}

/** A theme of all comments. */
export interface ThemeLine extends Pick<Theme, "name" | "language" | "count" | "share" | "sentiment"> {
  /** Its weightiest other phrases with their numbers of rows. */
  phrases: [text: string, rows: number][];
  /** A search that lists its comments. */
  search: string;
  /** True when no topic explains it in more than half of its comments. */
  fresh: boolean;
}

/** What many comments speak of. */
export interface ThemesFound {
  themes: ThemeLine[];
  /** Comments with a phrase. */
  texts: number;
  /** By how much a number may be too low. */
  error: number;
}

/** What to write into a file. */
export interface ExportOptions {
  /** Rows in order; `null` for all. */
  rows: Uint32Array | null;
  masked: boolean;
}

/** What to learn own labels from. */
export interface TeachWish {
  /** Rows that were given a label by hand. */
  picked: [row: number, label: string][];
  /** Column of the source that holds labels. */
  column: number | null;
  /** A file of texts and labels. */
  file: File | null;
  /** True when texts the classifier is unsure of get no label. */
  unsure: boolean;
}

/** Own labels, learned or loaded, and how many rows have each. */
export interface Taught {
  info: ClassifierInfo;
  /** `null` for a classifier that was loaded. */
  quality: TrainQuality | null;
  counts: number[];
  /** Rows that belong to no label. */
  without: number;
  advice: { text: string; row: number | null }[];
}

/** Requests: what goes in, what comes back. */
export interface Requests extends DecidingRequests, CountingRequests {
  open: { in: { source: Source; read: Partial<ReadOptions> }; out: Opened };
  analyse: { in: Choice; out: Analysed };
  /** Refused with `E_QUERY` and the place when the search cannot be read. */
  query: { in: Query; out: Uint32Array };
  themes: { in: null; out: ThemesFound };
  rows: { in: { rows: Uint32Array; reveal: boolean }; out: RowView[] };
  detail: { in: { row: number; reveal: boolean }; out: Detail };
  export: { in: ExportOptions; out: { blob: Blob; rows: number } };
  /** One text, with the survey question it answers, if any. */
  text: { in: { text: string; question: string }; out: Reading };
  /** The same text without personal data, but for the types in `except`. */
  redact: { in: { text: string; mode: RedactMode; except: readonly PiiType[] }; out: Redacted };
  /** Topics are told by this taxonomy from now on. Refused with `E_JSON` or `E_TAXONOMY`. */
  useTaxonomy: { in: TaxonomyWish; out: TaxonomyInUse };
  /** JSON text of a taxonomy that the page carries. */
  taxonomy: { in: { name: TaxonomyName }; out: string };
  checkTaxonomy: { in: { json: string; text: string }; out: TaxonomyCheck };
  teach: { in: TeachWish; out: Taught };
  loadClassifier: { in: { file: File }; out: Taught };
  saveClassifier: { in: null; out: Blob };
  /** Rows with an own label (`null`: none), the surest first. */
  ownRows: { in: { label: string | null; most: number }; out: Uint32Array };
}

/** Name of a request. */
export type Kind = keyof Requests;

/** How far a long request is. `total` is 0 when it cannot be known. */
export interface Progress {
  phase: "read" | "analyse" | "export" | "teach" | "label" | "decide" | "count";
  done: number;
  total: number;
}

/** Page to worker. */
export type ToWorker = { [K in Kind]: { id: number; kind: K; input: Requests[K]["in"] } }[Kind] | { kind: "cancel" };

/** Worker to page. */
export type FromWorker =
  | { kind: "ready"; engine: string; model: string }
  | { kind: "failed"; message: string }
  | { kind: "progress"; id: number; progress: Progress }
  | { kind: "done"; id: number; output: unknown }
  | { kind: "error"; id: number; code: string; message: string; at?: number; end?: number };
