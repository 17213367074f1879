// What build.mjs makes of the wasm-bindgen glue (dist/wasm/hearken.js): a function whose every call
// gives a fresh, independent copy of it. See docs in src/wasm of the crate for the meaning.

import type {
  Analysis, ClassifierInfo, Conversation, Decision, DetectorFinding, FieldClass, FormFinding, LabelEvidence, LedgerReport,
  PolicyDifference, PolicyFinding, Prediction, RecordRedaction, Redaction, Span, TaxonomyFinding, TaxonomyTest, ThemeReport,
  ThresholdChoice, TopicInfo, TrainQuality, UseDecision, VaultEntry,
} from "./types.js";

/** Labels behind the numbers of the columns, versions and sizes. */
export interface RawInfo {
  engine: string;
  model: string;
  features: number;
  sentiment: string[];
  languages: string[];
  scripts: string[];
  acts: string[];
  emotions: string[];
  intents: string[];
  safety: string[];
  dispositions: string[];
  states: string[];
  effort: string[];
  urgency: string[];
  churn: string[];
  journeyStages: string[];
  targets: string[];
  piiTypes: string[];
  piiKinds: string[];
  queryFields: { name: string; values: string[] }[];
}

export interface RawColumns {
  readonly length: number;
  readonly sentiment: Uint8Array;
  readonly score: Float32Array;
  readonly probabilities: Float32Array;
  readonly language: Uint8Array;
  readonly script: Uint8Array;
  readonly languageConfidence: Float32Array;
  readonly acts: Uint8Array;
  readonly emotions: Uint16Array;
  readonly intent: Uint8Array;
  readonly intentConfidence: Float32Array;
  readonly safety: Uint8Array;
  readonly disposition: Uint8Array;
  readonly states: Uint8Array;
  readonly effort: Uint8Array;
  readonly minutesLost: Uint32Array;
  readonly urgency: Uint8Array;
  readonly churn: Uint8Array;
  readonly journeyStage: Uint8Array;
  readonly flags: Uint8Array;
  readonly topicOffsets: Uint32Array;
  readonly topic: Uint16Array;
  readonly topicSentiment: Uint8Array;
  readonly topicScore: Float32Array;
  readonly topicFlags: Uint8Array;
  readonly piiOffsets: Uint32Array;
  readonly piiType: Uint8Array;
  readonly piiStart: Uint32Array;
  readonly piiEnd: Uint32Array;
  readonly piiCertainty: Float64Array;
  readonly piiValidated: Uint8Array;
  readonly piiKind: Uint8Array;
  free(): void;
}

export interface RawPolicy {
  readonly id: string;
  readonly version: string;
  lint(topics: string[]): PolicyFinding[];
  free(): void;
}

export interface RawTaxonomy {
  readonly handle: number;
  readonly id: string;
  readonly phrases: number;
  readonly memoryBytes: number;
  topics(): TopicInfo[];
  lint(): TaxonomyFinding[];
  test(): TaxonomyTest;
  free(): void;
}

export interface RawClassifier {
  readonly duplicates: number;
  toBytes(): Uint8Array;
  info(): ClassifierInfo;
  quality(): TrainQuality | null;
  free(): void;
}

export interface RawLabels {
  readonly label: Uint16Array;
  readonly confidence: Float32Array;
  free(): void;
}

export interface RawCorrections {
  readonly handle: number;
  readonly length: number;
  free(): void;
}

/** One row as a query reads it. */
export interface RawRow {
  text: string;
  /** Pairs of field and label. */
  labels: [string, string][];
  /** Label, the topic it belongs to, its sentiment. */
  topics?: [string, string | null, string | null][];
  rating?: object;
  sentAt?: string | number;
}

export interface RawQuery {
  readonly text: string;
  readonly fields: string[];
  readonly readsText: boolean;
  filter(rows: RawRow[]): Uint8Array;
  find(rows: RawRow[]): Span[] | null;
  free(): void;
}

export interface RawThemes {
  add(texts: string[], ids: Float64Array, languages: string[], sentiments: Uint8Array, places: Uint32Array): void;
  merge(other: RawThemes): void;
  report(options?: object): ThemeReport;
  reportAgainst(options: object | undefined, background: RawThemes): ThemeReport;
  toBytes(): Uint8Array;
  free(): void;
}

export interface RawRedactor {
  redact(text: string): Redaction | undefined;
  json(json: string): RecordRedaction;
  csv(csv: string, delimiter: string): RecordRedaction;
  push(piece: string): string;
  finish(): [string, { [type: string]: number }];
  vault(): VaultEntry[];
  lint(): DetectorFinding[];
  free(): void;
}

export interface RawDataUse {
  readonly id: string;
  check(fields: string[], usage: object): UseDecision[];
  removed(usage: object, counts: object): void;
  form(fields: object[], purpose: string): FormFinding[];
  merge(other: RawDataUse): void;
  ledger(): LedgerReport;
  free(): void;
}

export interface RawEngine {
  analyze(text: string, options?: object): Analysis;
  analyzeBatch(texts: string[], options?: object): RawColumns;
  analyzeTurns(turns: object[], options?: object): Conversation;
  redact(text: string, options?: object): Redaction | undefined;
  redactor(options: object | undefined, vault: boolean): RawRedactor;
  classifyField(name: string, sample?: string): FieldClass;
  dataUse(json: string): RawDataUse;
  compilePolicy(json: string): RawPolicy;
  compileTaxonomy(json: string): RawTaxonomy;
  /** Topics of the taxonomy used where no option names one. */
  topics(): TopicInfo[];
  defaultPolicy(): string;
  triage(message: object, policy: RawPolicy, options?: object): Decision;
  triageByDefault(message: object, options?: object): Decision;
  comparePolicies(message: object, before: RawPolicy, after: RawPolicy, options?: object): PolicyDifference;
  chooseThresholds(confidence: Float64Array, correct: Uint8Array, costs: object): ThresholdChoice;
  query(text: string, topics: string[]): RawQuery;
  themes(phrases?: number): RawThemes;
  readThemes(bytes: Uint8Array): RawThemes;
  train(texts: string[], labels: string[], options: object | undefined, progress: (share: number) => void): RawClassifier;
  classifier(bytes: Uint8Array): RawClassifier;
  predict(classifier: RawClassifier, text: string): Prediction;
  predictBatch(classifier: RawClassifier, texts: string[]): RawLabels;
  explainLabel(classifier: RawClassifier, text: string, label: string): LabelEvidence;
  correct(log: object[]): RawCorrections;
  info(): RawInfo;
  free(): void;
  /** Forgets the pointer without calling into wasm; for poisoned instances. */
  __destroy_into_raw(): number;
}

export interface Glue {
  initSync(options: { module: WebAssembly.Module }): { memory: WebAssembly.Memory };
  RawEngine: new (model?: Uint8Array, taxonomy?: string) => RawEngine;
}

/** A fresh copy of the glue, not yet bound to an instance. */
export function createGlue(): Glue;
