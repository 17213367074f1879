// Themes over many rows: added one by one or by batches, merged, saved, reported.

import type { Batch, BatchAnalysis } from "./batch.js";
import { HearkenError, wrongField, wrongOption } from "./errors.js";
import { Gathered, type GatheredNames } from "./gathered.js";
import type { RawThemes } from "./glue.js";
import type { Instance } from "./instance.js";
import { clip, DEFAULT_TEXT_BYTES } from "./limits.js";
import { checkOptions } from "./options.js";
import type { Span, ThemeOptions, ThemeReport } from "./types.js";

/** One row for themes. */
export interface ThemeRow {
  text: string;
  analysis: Pick<BatchAnalysis, "language" | "sentiment">;
  /** Number by which you find the row again, 0..2^53 - 1. Default: how many rows were added before. */
  id?: number;
  /** Places of the text that topics cover, such as the spans of `analysis.topics`: phrases over them count as explained. */
  covered?: readonly Span[];
}

/** Options of `themes`. */
export interface ThemesOptions {
  /** Phrases kept: 16..65,536, default 8,192; up to twice as many are held, of about 300 bytes each. */
  phrases?: number;
}

/** `sentiment` of a row without one. */
const NONE = 255;
/** Rows that cross at a time. */
const PART = 1_000;

const NAMES: GatheredNames = {
  freed: "the themes were freed; make new ones",
  lost: "the themes were lost with their wasm instance; add the rows again",
};

/**
 * Gathers phrases of rows; `merge` joins two. Belongs to the engine that made it.
 *
 * When that engine's instance traps, what was gathered is gone and every later call fails with
 * `E_TRAP`: begin again, from `toBytes` of before if you kept them.
 */
export class Themes extends Gathered<RawThemes> {
  #added = 0;

  /** @internal Made by `Engine.themes` and `Engine.readThemes`. */
  constructor(instance: Instance, from: ThemesOptions | Uint8Array | undefined) {
    const phrases: unknown = from instanceof Uint8Array ? undefined : (from?.phrases ?? undefined);
    if (phrases !== undefined && !Number.isInteger(phrases)) throw wrongOption("phrases", "a whole number", phrases);
    super(instance, NAMES, (engine) => (from instanceof Uint8Array ? engine.readThemes(from) : engine.themes(phrases as number | undefined)));
  }

  /** Counts one analysed row. @throws HearkenError `E_FIELD` naming the field. */
  add({ text, analysis, id = this.#added, covered = [] }: ThemeRow): this {
    if (typeof text !== "string") throw wrongField("text", "a string", text);
    if (typeof analysis !== "object" || analysis === null) throw wrongField("analysis", "an analysis", analysis);
    const label = SENTIMENTS.indexOf(analysis.sentiment.label);
    const places = covered.flatMap(([start, end]) => [0, start, end]);
    this.#send([clip(text, DEFAULT_TEXT_BYTES)], [id], [analysis.language.code], [label < 0 ? NONE : label], places);
    return this;
  }

  /** Counts the rows of a batch that have no error; `texts` are those it was made of, `firstId` is the number of the first. */
  addBatch(texts: readonly string[], batch: Batch, firstId: number = this.#added): this {
    if (!Array.isArray(texts) || texts.length !== batch.length) {
      throw wrongField("texts", `the ${batch.length} texts of the batch`, texts);
    }
    const { columns, info } = batch;
    for (let from = 0; from < texts.length; from += PART) {
      const rows = Array.from({ length: Math.min(PART, texts.length - from) }, (_, at) => from + at).filter((row) => !batch.error(row));
      this.#send(
        rows.map((row) => clip(texts[row] as string, DEFAULT_TEXT_BYTES)),
        rows.map((row) => firstId + row),
        rows.map((row) => info.languages[columns.language[row]!]!),
        rows.map((row) => columns.sentiment[row]!),
        [],
      );
    }
    return this;
  }

  /** Adds everything `other` holds; `other` stays as it is. */
  merge(other: Themes): this {
    if (!(other instanceof Themes)) throw wrongField("other", "Themes", other);
    if (other === this) throw new HearkenError("E_FIELD", "field other: are these themes themselves; everything would count twice", { field: "other" });
    if (other.instance !== this.instance) {
      throw new HearkenError("E_FIELD", "field other: are themes of another engine; give them as bytes", { field: "other" });
    }
    this.use((raw) => other.use((from) => raw.merge(from)));
    this.#added += other.#added;
    return this;
  }

  /**
   * The themes so far; more rows may be added after. With a `background` of other rows, what is as
   * frequent there weighs less.
   *
   * @throws HearkenError `E_OPTION` naming the option.
   */
  report(options?: ThemeOptions, background?: Themes): ThemeReport {
    checkOptions(options);
    if (background === undefined) return this.use((raw) => raw.report(options));
    if (!(background instanceof Themes)) throw wrongField("background", "Themes", background);
    if (background.instance !== this.instance) {
      throw new HearkenError("E_FIELD", "field background: are themes of another engine; give them as bytes", { field: "background" });
    }
    return this.use((raw) => background.use((from) => raw.reportAgainst(options, from)));
  }

  /** Everything as bytes, for `Engine.readThemes` here or elsewhere; the same for equal themes. */
  toBytes(): Uint8Array {
    return this.use((raw) => raw.toBytes());
  }

  #send(texts: string[], ids: number[], languages: string[], sentiments: number[], places: number[]): void {
    for (const id of ids) {
      if (!Number.isSafeInteger(id) || id < 0) throw wrongField("id", "a whole number from 0 to 9007199254740991", id);
    }
    this.use((raw) => raw.add(texts, Float64Array.from(ids), languages, Uint8Array.from(sentiments), Uint32Array.from(places)));
    this.#added += texts.length;
  }
}

/** In the order of the engine. */
const SENTIMENTS: readonly string[] = ["negative", "neutral", "positive"];
