/** What rows can be counted and filtered by. Each facet but topics has at most 32 labels, so a row is one bit set a facet. */
import { ACT, DISPOSITION, EMOTION, FLAG, INTENT, SAFETY } from "./labels.ts";

/** Name of a facet. `mark` joins the safety labels with mixed, irony and broadcast. */
export type Facet = BitFacet | "topic";

/** A facet whose labels are bits. */
export type BitFacet = "disposition" | "intent" | "emotion" | "act" | "mark";

/** The facets in the order of the page. */
export const FACETS: readonly Facet[] = ["disposition", "intent", "topic", "act", "emotion", "mark"];

/** Those whose labels are bits. */
export const BIT_FACETS: readonly BitFacet[] = ["disposition", "intent", "act", "emotion", "mark"];

/** For people: the title of the list, and the choice that filters nothing. */
export const FACET_NAMES: Readonly<Record<Facet, { title: string; one: string; any: string; none: string }>> = {
  disposition: { title: "What to do next", one: "Next step", any: "Any next step", none: "Nothing was read." },
  intent: { title: "Why they write", one: "Reason", any: "Any reason", none: "No contact reason was found." },
  topic: { title: "What it is about", one: "Topic", any: "Any topic", none: "No topic was found." },
  act: { title: "What they do", one: "Act", any: "Any act", none: "No act was found." },
  emotion: { title: "Emotions in the words", one: "Emotion", any: "Any emotion", none: "No emotion was sensed." },
  mark: { title: "Safety and other marks", one: "Mark", any: "Any mark", none: "No mark was found." },
};

const NAMES: Readonly<Record<BitFacet, Readonly<Record<string, string>>>> = {
  disposition: Object.fromEntries(Object.entries(DISPOSITION).map(([slug, { name }]) => [slug, name])),
  intent: INTENT,
  act: ACT,
  emotion: EMOTION,
  mark: { ...SAFETY, ...FLAG },
};

/** Name of a label of a facet; `topics` names those of the taxonomy in use. */
export const facetName = (facet: Facet, slug: string, topics: Readonly<Record<string, string>> = {}): string =>
  (facet === "topic" ? topics : NAMES[facet])[slug] ?? slug;

/** One value a facet. */
export type PerFacet<T> = Record<Facet, T>;

/** Makes one value a facet. */
export function perFacet<T>(make: (facet: Facet) => T): PerFacet<T> {
  return Object.fromEntries(FACETS.map((facet) => [facet, make(facet)])) as PerFacet<T>;
}

/** The columns of results that facets are read from; see `RowColumns`. */
export interface FacetColumns {
  disposition: Uint8Array;
  intent: Uint8Array;
  acts: Uint8Array;
  emotions: Uint16Array;
  /** Bit i: safety label i, then mixed, irony, broadcast. */
  marks: Uint16Array;
}

/** The labels of one row as bits: bit i is label i of the facet. The row must have a result. */
export function facetBits(columns: FacetColumns, facet: BitFacet, row: number): number {
  switch (facet) {
    case "disposition": return 1 << (columns.disposition[row] ?? 0);
    case "intent": return 1 << (columns.intent[row] ?? 0);
    case "act": return columns.acts[row] ?? 0;
    case "emotion": return columns.emotions[row] ?? 0;
    case "mark": return columns.marks[row] ?? 0;
  }
}

/** The labels whose bits are set. */
export function labelsOf<L extends string>(labels: readonly L[], bits: number): L[] {
  return labels.filter((_, bit) => (bits >> bit) & 1);
}
