/** The taxonomies that the page carries, under the names of their files. */

/** Name of one of them. */
export type TaxonomyName = "general" | "retail" | "hospitality" | "airline" | "banking" | "telecom" | "saas" | "healthcare" | "public";

/** For people, in the order of the choice. */
export const TAXONOMIES: readonly (readonly [TaxonomyName, string])[] = [
  ["general", "Any customer experience"],
  ["retail", "Shops and e-commerce"],
  ["hospitality", "Restaurants and hotels"],
  ["airline", "Airlines"],
  ["banking", "Banks"],
  ["telecom", "Telecom"],
  ["saas", "Software and apps"],
  ["healthcare", "Healthcare"],
  ["public", "Public services"],
];

/** Largest taxonomy the engine reads, in bytes. */
export const MAX_TAXONOMY_BYTES = 4 * 1024 * 1024;

/** Languages of the shipped taxonomies, for the form that adds a phrase. */
export const TOPIC_LANGUAGES = ["en", "ko", "ja", "pl", "de", "fr", "es", "it", "pt", "nl"] as const;
