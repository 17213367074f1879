// The engine and the policy of this isolate, made at the first use and kept.

import { Engine, HearkenError, type CompiledPolicy } from "hearken";
import type { Env } from "./headers.ts";
import { Refusal } from "./respond.ts";

let engine: Engine | undefined;
let policy: { json: string; compiled: CompiledPolicy } | undefined;

/**
 * The engine. After a trap the package starts a new instance by itself at the next call.
 *
 * The engine is kept, not the promise of it: a promise belongs to the request that made it.
 */
export async function theEngine(): Promise<Engine> {
  if (engine) return engine;
  const loaded = await Engine.load();
  return (engine ??= loaded);
}

/**
 * The policy that the settings name, compiled once; `undefined` for the default of the engine.
 *
 * @throws Refusal 500 `E_POLICY` with `path`, or with line and column when it is not JSON
 */
export function thePolicy(engine: Engine, env: Env): CompiledPolicy | undefined {
  if (env.POLICY === undefined || env.POLICY === null || env.POLICY === "") return undefined;
  const json = typeof env.POLICY === "string" ? env.POLICY : JSON.stringify(env.POLICY);
  if (policy?.json === json) return policy.compiled;
  try {
    const compiled = engine.policy(json);
    policy = { json, compiled };
    return compiled;
  } catch (error) {
    if (!(error instanceof HearkenError) || error.code !== "E_JSON") throw error;
    // `E_JSON` would blame the caller's body.
    const { line, column } = error;
    const at = line === undefined || column === undefined ? {} : { line, column };
    throw new Refusal(500, "E_POLICY", error.message, at);
  }
}
