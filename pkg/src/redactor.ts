// Redaction over many texts and records: options as they cross, pseudonyms that stay, one stream at a time.

import { HearkenError, wrongField, wrongOption } from "./errors.js";
import { Gathered, type GatheredNames } from "./gathered.js";
import type { RawRedactor } from "./glue.js";
import type { Instance } from "./instance.js";
import { textLimit, utf8Length } from "./limits.js";
import { checkOptions } from "./options.js";
import type {
  DetectorFinding, RecordRedaction, Redaction, RedactorOptions, VaultEntry,
} from "./types.js";

/** Text that crosses at a time in a stream, in UTF-16 code units. */
const PIECE = 64 * 1024;

/**
 * The options of a redaction as they cross: the key in hexadecimal digits, detectors as JSON text. Values are the
 * engine's to check; here is refused what would not cross as what it is.
 */
export function crossing(options: RedactorOptions | undefined): object | undefined {
  if (options === undefined || options === null) return undefined;
  if (typeof options !== "object" || Array.isArray(options)) throw wrongOption("options", "an object", options);
  const { key, detectors, modes, fields, vault: _, ...plain } = options;
  checkOptions(plain);
  const raw: Record<string, unknown> = { ...plain };
  if (key !== undefined && key !== null) {
    if (!(key instanceof Uint8Array)) throw wrongOption("key", "a Uint8Array", key);
    raw["key"] = Array.from(key, (byte) => byte.toString(16).padStart(2, "0")).join("");
  }
  if (detectors !== undefined && detectors !== null) raw["detectors"] = typeof detectors === "string" ? detectors : jsonText("detectors", detectors);
  for (const [name, map] of [["modes", modes], ["fields", fields]] as const) {
    if (map === undefined || map === null) continue;
    const isPlain = typeof map === "object" && Object.values(map).every((value) => typeof value === "string");
    if (!isPlain) throw wrongOption(name, "an object of strings", map);
    raw[name] = { ...map };
  }
  return raw;
}

/** What nothing was taken out of need not cross back. */
export function unchanged(text: string): Redaction {
  return { text, pii: [], counts: {} };
}

/** JSON text of an object given as an option. */
export function jsonText(name: string, value: unknown): string {
  let json: string | undefined;
  try {
    json = JSON.stringify(value);
  } catch {
    // A cycle or a BigInt: refused below, without what JSON.stringify says of it.
  }
  if (typeof value !== "object" || json === undefined) throw wrongOption(name, "an object or JSON text", value);
  return json;
}

/** What a stream took out. */
export interface StreamEnd {
  /** The rest of the redacted text. */
  text: string;
  /** Of the whole text, by type. */
  counts: { [type: string]: number };
}

const NAMES: GatheredNames = {
  freed: "the redactor was freed; make a new one",
  lost: "the redactor was lost with its wasm instance; make a new one",
};

/**
 * Redacts many texts and records with the same options. With the mode `numbered` a value has the same number in all
 * of them. Belongs to the engine that made it.
 *
 * When that engine's instance traps, the numbers are gone and every later call fails with `E_TRAP`: a redactor never
 * begins to count anew by itself.
 */
export class Redactor extends Gathered<RawRedactor> {
  readonly #limit: number;
  #streams = false;

  /** @internal Made by `Engine.redactor`. */
  constructor(instance: Instance, options: RedactorOptions | undefined) {
    const raw = crossing(options);
    const vault: unknown = options?.vault ?? false;
    if (typeof vault !== "boolean") throw wrongOption("vault", "true or false", vault);
    const limit = textLimit(options);
    super(instance, NAMES, (engine) => engine.redactor(raw, vault));
    this.#limit = limit;
  }

  /** As `Engine.redact`. @throws HearkenError `E_TEXT_TOO_LARGE`, `E_FIELD`. */
  redact(text: string): Redaction {
    if (typeof text !== "string") throw wrongField("text", "a string", text);
    if (text.length > this.#limit) {
      const actual = utf8Length(text);
      throw new HearkenError("E_TEXT_TOO_LARGE", `text of ${actual} bytes is over the limit of ${this.#limit} bytes`, { limit: this.#limit, actual });
    }
    return this.use((raw) => raw.redact(text)) ?? unchanged(text);
  }

  /**
   * JSON text without personal data: fields by their names, free text by what is in it. All else stays as it was.
   *
   * @throws HearkenError `E_JSON` with line and column, `E_BATCH_TOO_LARGE`, and those of `redact` for one value.
   */
  redactJson(json: string): RecordRedaction {
    if (typeof json !== "string") throw wrongField("json", "a string", json);
    return this.use((raw) => raw.json(json));
  }

  /**
   * A copy of a record (or a list of them) without personal data, with what was taken out of each field.
   *
   * @throws HearkenError as `redactJson`; `E_FIELD` for what JSON cannot hold.
   */
  redactRecord<T extends object>(record: T): Omit<RecordRedaction, "text"> & { record: T } {
    let json: string | undefined;
    if (typeof record === "object" && record !== null) {
      try {
        json = JSON.stringify(record);
      } catch {
        // As in `jsonText`.
      }
    }
    if (json === undefined) throw wrongField("record", "an object of JSON values", record);
    const { text, counts, fields } = this.redactJson(json);
    return { record: JSON.parse(text) as T, counts, fields };
  }

  /**
   * CSV without personal data, by the names of its columns and what is in its cells.
   *
   * @throws HearkenError `E_FIELD` for a quote that is not closed; as `redactJson`.
   */
  redactCsv(csv: string, delimiter: "," | ";" | "\t" | "|" = ","): RecordRedaction {
    if (typeof csv !== "string") throw wrongField("csv", "a string", csv);
    if (typeof delimiter !== "string" || delimiter.length !== 1) throw wrongOption("delimiter", "one character", delimiter);
    return this.use((raw) => raw.csv(csv, delimiter));
  }

  /**
   * A long text piece by piece, with the result of the whole. Pieces are given out as soon as nothing in them can
   * change. One stream at a time.
   *
   * @throws HearkenError as `redact`; from then on nothing more is given out.
   */
  *redactStream(pieces: Iterable<string>): Generator<string, StreamEnd, undefined> {
    if (this.#streams) throw new HearkenError("E_FIELD", "field pieces: another stream of this redactor is not at its end", { field: "pieces" });
    this.#streams = true;
    let isDone = false;
    try {
      // Half a surrogate pair at the end of a piece waits for the other half.
      let half = "";
      for (const piece of pieces) {
        if (typeof piece !== "string") throw wrongField("pieces", "strings", piece);
        const text = half + piece;
        const cut = (text.charCodeAt(text.length - 1) & 0xfc00) === 0xd800 ? text.length - 1 : text.length;
        half = text.slice(cut);
        for (let from = 0; from < cut; from += PIECE) yield* this.#push(text.slice(from, Math.min(cut, from + PIECE)));
      }
      if (half !== "") yield* this.#push(half);
      const [text, counts] = this.use((raw) => raw.finish());
      isDone = true;
      return { text, counts };
    } finally {
      this.#streams = false;
      // What was held back is dropped.
      if (!isDone && this.live) this.#drop();
    }
  }

  *#push(piece: string): Generator<string, void, undefined> {
    const text = this.use((raw) => raw.push(piece));
    if (text !== "") yield text;
  }

  #drop(): void {
    try {
      this.use((raw) => raw.finish());
    } catch {
      // A stream that was refused, or an instance that is gone: nothing is held.
    }
  }

  /** What the pseudonyms so far stand for; empty without the option `vault`. Keep it apart from the texts. */
  vault(): VaultEntry[] {
    return this.use((raw) => raw.vault());
  }

  /** What is wrong or doubtful about the option `detectors`. */
  lint(): DetectorFinding[] {
    return this.use((raw) => raw.lint());
  }
}

/** `text` with the tokens of a vault turned back into their values. */
export function restore(text: string, vault: readonly VaultEntry[]): string {
  if (typeof text !== "string") throw wrongField("text", "a string", text);
  const values = new Map(vault.map(({ token, value }) => [token, value]));
  return text.replace(/\[[A-Z][A-Z0-9_]*(?::[a-p]{16})?\]/g, (token) => values.get(token) ?? token);
}
