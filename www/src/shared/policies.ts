/** The policies that the page carries: the engine's own and those of eight industries, under the names of their files. */
import { TAXONOMIES, type TaxonomyName } from "./taxonomies.ts";

/** Name of one of them. An industry has the name of its taxonomy. */
export type PolicyName = "default" | Exclude<TaxonomyName, "general">;

/** For people, in the order of the choice. */
export const POLICIES: readonly (readonly [PolicyName, string])[] = [
  ["default", "Default"],
  ...TAXONOMIES.filter((one): one is readonly [Exclude<TaxonomyName, "general">, string] => one[0] !== "general"),
];

/** Largest policy the page reads, in bytes. */
export const MAX_POLICY_BYTES = 4 * 1024 * 1024;
