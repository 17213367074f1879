/** Chooses the taxonomy that tells topics: one that the page carries, or a JSON file of the person's own. */
import type { TaxonomyInUse, TaxonomyWish } from "../shared/protocol.ts";
import { MAX_TAXONOMY_BYTES, TAXONOMIES, type TaxonomyName } from "../shared/taxonomies.ts";
import { announce, el } from "./dom.ts";
import { counted } from "./format.ts";

/** Value of the choice that stands for the person's own taxonomy. */
const OWN = "own";

/** Which taxonomy is in use, over all views. */
export class TaxonomyState {
  #chosen: string = TAXONOMIES[0]![0];
  #own: { json: string; id: string } | null = null;
  readonly #use: (wish: TaxonomyWish) => Promise<TaxonomyInUse>;

  constructor(use: (wish: TaxonomyWish) => Promise<TaxonomyInUse>) {
    this.#use = use;
  }

  /** The value of the choice. */
  get chosen(): string {
    return this.#chosen;
  }

  /** The person's own taxonomy, once there is one. */
  get own(): { json: string; id: string } | null {
    return this.#own;
  }

  /** Takes another one; refused, the one before stays. */
  async take(wish: TaxonomyWish): Promise<TaxonomyInUse> {
    const taken = await this.#use(wish);
    if ("json" in wish) this.#own = { json: wish.json, id: taken.id };
    this.#chosen = "json" in wish ? OWN : wish.name;
    return taken;
  }

  /** What a value of the choice asks for. */
  wishOf(value: string): TaxonomyWish {
    return value === OWN && this.#own !== null ? { json: this.#own.json } : { name: value as TaxonomyName };
  }
}

/** Text of a file that may be a taxonomy. @throws Error with what to tell the person. */
export async function readTaxonomyFile(file: File): Promise<string> {
  if (file.size > MAX_TAXONOMY_BYTES) throw new Error("The file is larger than 4 MiB, the most a taxonomy may have.");
  return file.text();
}

/** The choice, with a button for a file; `edit` leads to the view where it is written. */
export function topicChooser(state: TaxonomyState, edit: () => void): HTMLElement {
  const select = el("select", { id: "taxonomy", on: { change: () => void take(state.wishOf(select.value)) } });
  const file = el("input", { type: "file", id: "taxonomy-file", class: "hidden", accept: ".json,application/json", on: { change: () => void read() } });
  const problem = el("p", { class: "alert", id: "taxonomy-problem", role: "alert", hidden: true });
  const fill = (): void => {
    const own = state.own === null ? [] : [[OWN, `Your own: ${state.own.id}`] as const];
    select.replaceChildren(...[...TAXONOMIES, ...own].map(([value, name]) => el("option", { value }, name)));
    select.value = state.chosen;
  };
  const tell = (error: unknown): void => {
    problem.textContent = `This is no taxonomy that can be used: ${error instanceof Error ? error.message : "it could not be read"}. “Edit topics” shows where.`;
    problem.hidden = false;
    fill();
  };
  const take = async (wish: TaxonomyWish): Promise<void> => {
    problem.hidden = true;
    try {
      const { id, topics } = await state.take(wish);
      fill();
      announce(`${counted(topics, "topic")} of ${id} in use.`);
    } catch (error) {
      tell(error);
    }
  };
  const read = async (): Promise<void> => {
    const chosen = file.files?.[0];
    file.value = "";
    if (chosen === undefined) return;
    try {
      await take({ json: await readTaxonomyFile(chosen) });
    } catch (error) {
      tell(error);
    }
  };
  fill();
  return el("div", { class: "field topic-choice" }, el("label", { for: "taxonomy" }, "Topics"),
    el("div", { class: "actions" }, select, file, el("label", { for: "taxonomy-file", class: "button small" }, "Your own file"),
      el("button", { type: "button", class: "button small", id: "taxonomy-edit", on: { click: edit } }, "Edit topics")),
    problem);
}
