/** The taxonomy that tells topics: one that the page carries, or the person's own. */
import airline from "../../../taxonomy/airline.json?raw";
import banking from "../../../taxonomy/banking.json?raw";
import general from "../../../taxonomy/general.json?raw";
import healthcare from "../../../taxonomy/healthcare.json?raw";
import hospitality from "../../../taxonomy/hospitality.json?raw";
import publicServices from "../../../taxonomy/public.json?raw";
import retail from "../../../taxonomy/retail.json?raw";
import saas from "../../../taxonomy/saas.json?raw";
import telecom from "../../../taxonomy/telecom.json?raw";
import type { CompiledTaxonomy, Engine, TaxonomySource, TopicInfo } from "hearken";
import type { TaxonomyWish } from "../shared/protocol.ts";
import type { TaxonomyName } from "../shared/taxonomies.ts";

const SOURCES: Readonly<Record<TaxonomyName, string>> = { general, retail, hospitality, airline, banking, telecom, saas, healthcare, public: publicServices };

/** The JSON text of a taxonomy that the page carries. */
export const sourceOf = (name: TaxonomyName): string => SOURCES[name];

/** A taxonomy in use. */
export class Topics {
  readonly id: string;
  readonly topics: readonly TopicInfo[];
  /** Names for people, by label. */
  readonly names: Readonly<Record<string, string>>;
  /** What the calls take: nothing for the one inside the engine. */
  readonly option: { taxonomy?: CompiledTaxonomy };
  readonly #source: TaxonomySource;

  /** @throws what the engine refuses: `E_JSON` or `E_TAXONOMY`. */
  constructor(engine: Engine, wish: TaxonomyWish) {
    const json = "json" in wish ? wish.json : sourceOf(wish.name);
    const compiled = "name" in wish && wish.name === "general" ? undefined : engine.taxonomy(json);
    const source = JSON.parse(json) as TaxonomySource;
    this.id = source.id;
    this.#source = source;
    this.topics = compiled?.topics ?? engine.topics;
    this.names = Object.fromEntries(source.topics.map(({ id, name }) => [id, nameOf(name) ?? slugName(id)]));
    this.option = compiled === undefined ? {} : { taxonomy: compiled };
  }

  /** Names for people of another language, where there are some. */
  namesIn(language: string): Record<string, string> {
    return Object.fromEntries(this.#source.topics.map(({ id, name }) => [id, name?.[language] ?? this.names[id] ?? id]));
  }

  /** Gives the memory back. */
  free(): void {
    this.option.taxonomy?.free();
  }
}

const nameOf = (names: Readonly<Record<string, string>> | undefined): string | undefined => names?.["en"] ?? Object.values(names ?? {})[0];

function slugName(slug: string): string {
  const words = slug.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
