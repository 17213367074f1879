// Everything of insight a caller can name. Each runtime's entry adds the wasm to `Insight.load`.

export { Insight, type InsightOptions } from "./insight.js";
export { Replies } from "./replies.js";
export { Rollup } from "./rollup.js";
export { HearkenError, type ErrorDetails } from "../errors.js";
export type { WasmSource } from "../load.js";
export type * from "../types.js";
