// Everything of insight a caller can name. Each runtime's entry adds the wasm to `Insight.load`.

export { Insight, type InsightOptions } from "./insight.js";
export type { Analyses } from "./analyses.js";
export type { Care } from "./care.js";
export type { CaseTalk, CaseWork, CaseWorkOptions, WorkedCase } from "./casework.js";
export type { BatchFields, Names, Numbers } from "./columns.js";
export { driverMarks, journeyMarks, termsOf, whomToTell } from "./marks.js";
export { recordOf } from "./scoring.js";
export { Replies } from "./replies.js";
export { Rollup, type AddedRecords } from "./rollup.js";
export { zoneOffsets, type ZoneOffsets } from "./zones.js";
export { PrivacyBudget, type Shared } from "./share.js";
export { HearkenError, type ErrorDetails } from "../errors.js";
export type { WasmSource } from "../load.js";
export type * from "../types.js";
