// The engine, the policy and the redaction settings of this isolate, made at the first use and kept.

import { Engine, HearkenError, type CompiledPolicy, type RedactorOptions } from "hearken";
import type { Env } from "./headers.ts";
import { theIndustry } from "./industries.ts";
import { Refusal } from "./respond.ts";
import { jsonOf } from "./settings.ts";

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
 * The policy that the settings name, else that of their industry, compiled once; `undefined` for the default of the engine.
 *
 * @throws Refusal 500 `E_POLICY` with `path`, or with line and column when it is not JSON
 */
export function thePolicy(engine: Engine, env: Env): CompiledPolicy | undefined {
  const json = jsonOf(env.POLICY) ?? theIndustry(env)?.policy;
  if (json === undefined) return undefined;
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

let privacy: { from: string; options: RedactorOptions } | undefined;

/**
 * How texts are redacted, checked once: `PRIVACY`, with the key of `PRIVACY_KEY`.
 *
 * @throws Refusal 500 `E_PRIVACY` when the settings cannot be used; with `path` where detectors are wrong
 */
export function thePrivacy(engine: Engine, env: Env): RedactorOptions {
  const given = env.PRIVACY ?? "";
  const key = typeof env.PRIVACY_KEY === "string" ? env.PRIVACY_KEY : "";
  const json = typeof given === "string" ? given : JSON.stringify(given);
  if (json === "" && key === "") return {};
  const from = `${key} ${json}`;
  if (privacy?.from === from) return privacy.options;
  try {
    const options = (json === "" ? {} : JSON.parse(json)) as RedactorOptions;
    if (key !== "") options.key = bytes(key);
    engine.redactor(options).free();
    privacy = { from, options };
    return options;
  } catch (error) {
    // Of the settings only the place is repeated: an allow list holds values.
    const known = error instanceof HearkenError ? error : undefined;
    if (known?.code === "E_TRAP") throw known;
    const at = known?.path ?? known?.field;
    throw new Refusal(500, "E_PRIVACY", "the settings of redaction cannot be used", at === undefined ? {} : { path: at });
  }
}

/** @throws Refusal 500 `E_PRIVACY` for anything but pairs of hexadecimal digits */
function bytes(hex: string): Uint8Array {
  if (!/^(?:[0-9a-f]{2})+$/i.test(hex)) throw new HearkenError("E_OPTION", "option key: must be hexadecimal digits", { field: "key" });
  return Uint8Array.from({ length: hex.length / 2 }, (_, at) => Number.parseInt(hex.slice(2 * at, 2 * at + 2), 16));
}
