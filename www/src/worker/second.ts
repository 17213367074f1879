/** The second wasm, which counts and drafts: started when it is first needed, and kept. */
import { Insight } from "hearken/insight/inline";

let started: Promise<Insight> | undefined;

export const insightOf = (): Promise<Insight> => (started ??= Insight.load());
