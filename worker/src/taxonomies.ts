// Taxonomies by name: those of the settings, then those of the package. Compiled when first asked for.

import airline from "hearken/taxonomy/airline.json";
import banking from "hearken/taxonomy/banking.json";
import healthcare from "hearken/taxonomy/healthcare.json";
import hospitality from "hearken/taxonomy/hospitality.json";
import publicServices from "hearken/taxonomy/public.json";
import retail from "hearken/taxonomy/retail.json";
import saas from "hearken/taxonomy/saas.json";
import telecom from "hearken/taxonomy/telecom.json";
import { HearkenError, type CompiledTaxonomy, type Engine } from "hearken";
import type { Env } from "./headers.ts";
import { theIndustry } from "./industries.ts";
import { Refusal, wrong } from "./respond.ts";

/** Of the package, as text: the bundler does not parse them. The engine itself carries the general one. */
const SHIPPED = { airline, banking, healthcare, hospitality, public: publicServices, retail, saas, telecom } as unknown as Readonly<Record<string, string>>;
const GENERAL = "general";

/** Gives the taxonomy with a name, else that of the industry; `undefined` for the one inside the engine. */
export type Taxonomies = (name: unknown) => CompiledTaxonomy | undefined;

const compiled = new Map<string, { json: string; taxonomy: CompiledTaxonomy }>();

/**
 * The taxonomies that requests may name.
 *
 * @throws Refusal 500 `E_TAXONOMY` for settings that are no object of taxonomies; the function it gives
 * throws 400 `E_FIELD` for a name that is not known, and 500 `E_TAXONOMY` with `path`, or with line and
 * column, for a taxonomy of the settings that cannot be used.
 */
export function theTaxonomies(engine: Engine, env: Env): Taxonomies {
  const own = ownOf(env);
  return (name) => {
    name ??= theIndustry(env)?.name;
    if (name === undefined) return undefined;
    const known = typeof name === "string" ? (own.get(name) ?? (Object.hasOwn(SHIPPED, name) ? SHIPPED[name] : undefined)) : undefined;
    if (known !== undefined) return compile(engine, name as string, known);
    if (name === GENERAL) return undefined;
    const names = [...new Set([GENERAL, ...Object.keys(SHIPPED), ...own.keys()])];
    throw wrong("options.taxonomy", `must be one of ${names.join(", ")}`);
  };
}

function ownOf(env: Env): Map<string, string> {
  const given = env.TAXONOMIES;
  if (given === undefined || given === null || given === "") return new Map();
  const refused = new Refusal(500, "E_TAXONOMY", "TAXONOMIES must be a JSON object of taxonomies by name");
  let object: unknown = given;
  if (typeof given === "string") {
    try {
      object = JSON.parse(given);
    } catch {
      throw refused;
    }
  }
  if (typeof object !== "object" || object === null || Array.isArray(object)) throw refused;
  return new Map(Object.entries(object).map(([name, one]) => [name, typeof one === "string" ? one : JSON.stringify(one)]));
}

function compile(engine: Engine, name: string, json: string): CompiledTaxonomy {
  const kept = compiled.get(name);
  if (kept?.json === json) return kept.taxonomy;
  try {
    const taxonomy = engine.taxonomy(json);
    compiled.set(name, { json, taxonomy });
    return taxonomy;
  } catch (error) {
    if (!(error instanceof HearkenError) || error.code !== "E_JSON") throw error;
    // `E_JSON` would blame the caller's body.
    const { line, column } = error;
    throw new Refusal(500, "E_TAXONOMY", error.message, line === undefined || column === undefined ? {} : { line, column });
  }
}
