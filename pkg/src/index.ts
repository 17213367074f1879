// Everything a caller can name. Each runtime's entry adds the wasm to `Engine.load`.

export { Engine } from "./engine.js";
export type { BatchOptions, TextOptions, TriageOptions } from "./options.js";
export { Batch, type BatchAnalysis, type BatchRow, type BatchTopic } from "./batch.js";
export {
  FLAG_BROADCAST, FLAG_IRONY, FLAG_MEANINGFUL, FLAG_MIXED, FLAG_RELIABLE, FLAG_TRUNCATED, FLAG_WISH, TOPIC_MIXED, TOPIC_NEGATED,
  type Columns, type EngineInfo,
} from "./columns.js";
export { Classifier, NO_LABEL, type Labels, type TrainCall } from "./classifier.js";
export { Corrections, fromLabelStudio, toLabelStudio, type StudioTask } from "./corrections.js";
export { DataUse, type UsedRecord } from "./data-use.js";
export { Redactor, restore, type StreamEnd } from "./redactor.js";
export { CompiledPolicy } from "./policy.js";
export { CompiledTaxonomy } from "./taxonomy.js";
export { Query, type QueryAnalysis, type QueryOptions, type QueryRow } from "./query.js";
export { Themes, type ThemeRow, type ThemesOptions } from "./themes.js";
export { HearkenError, type ErrorDetails } from "./errors.js";
export { DEFAULT_TEXT_BYTES, MAX_TEXT_BYTES, MAX_TURNS } from "./limits.js";
export type { LoadOptions, WasmSource } from "./load.js";
export type * from "./types.js";
