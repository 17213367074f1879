// What `hearken redact` takes out, and how: its files are read, its redactor made, its counts kept.

import { readFile, writeFile } from "node:fs/promises";
import { HearkenError } from "../errors.js";
import type { Engine, Redactor } from "../index.js";
import type { PiiType, Removed, RedactorOptions } from "../types.js";
import { UsageError, unknown, type Args } from "./args.js";
import { replaceAt, valueAt } from "./columns.js";

/** One row without personal data. */
export interface RedactedRow {
  record: Record<string, unknown>;
  redacted: string;
  /** Of the text column. */
  pii: Removed[];
}

/** The redactor of a run, and what it took out so far. */
export class Redacting {
  readonly #redactor: Redactor;
  readonly #args: Args;
  readonly #counts = new Map<string, number>();
  #rows = 0;
  #touched = 0;

  private constructor(redactor: Redactor, args: Args) {
    this.#redactor = redactor;
    this.#args = args;
  }

  /** @throws UsageError for a file that cannot be read, or values in it or on the line that cannot be used. */
  static async open(engine: Engine, args: Args): Promise<Redacting> {
    const options: RedactorOptions = { mode: args.mode };
    if (args.types) options.types = types(engine, args.types);
    if (args.key !== undefined) options.key = key(await file("--key", args.key));
    if (args.allow !== undefined) options.allow = lines(await file("--allow", args.allow));
    if (args.deny !== undefined) options.deny = lines(await file("--deny", args.deny));
    if (args.detectors !== undefined) options.detectors = (await file("--detectors", args.detectors)).toString("utf8");
    if (args.vault !== undefined) {
      if (args.mode !== "numbered" && args.mode !== "keyed") throw new UsageError("--vault needs --mode numbered or keyed: only pseudonyms lead back");
      options.vault = true;
    }
    try {
      return new Redacting(engine.redactor(options), args);
    } catch (error) {
      if (error instanceof HearkenError) throw new UsageError(`${error.message} (${error.code})`);
      throw error;
    }
  }

  /** The row without personal data; `text` is the text column. @throws HearkenError of what cannot be redacted. */
  row(record: Record<string, unknown>, text: string, value: string): RedactedRow {
    const { text: redacted, pii, counts } = this.#redactor.redact(value);
    let result = replaceAt(record, text, redacted);
    let all: { [type: string]: number } = counts;
    if (this.#args.records) {
      const done = this.#redactor.redactRecord(record);
      result = done.record;
      all = done.counts;
    }
    this.#rows += 1;
    if (Object.keys(all).length > 0) this.#touched += 1;
    for (const [type, count] of Object.entries(all)) this.#counts.set(type, (this.#counts.get(type) ?? 0) + count);
    return { record: result, redacted: this.#args.records ? String(valueAt(result, text) ?? "") : redacted, pii };
  }

  /** Writes the vault, readable for its owner only, and gives the report that was asked for. */
  async finish(): Promise<string> {
    if (this.#args.vault !== undefined) {
      const entries = Object.fromEntries(this.#redactor.vault().map(({ token, value }) => [token, value]));
      await writeFile(this.#args.vault, `${JSON.stringify(entries, null, 2)}\n`, { mode: 0o600 }).catch((error: NodeJS.ErrnoException) => {
        throw new UsageError(`--vault ${this.#args.vault} cannot be written (${error.code ?? "unknown error"})`);
      });
    }
    this.#redactor.free();
    if (!this.#args.report) return "";
    const counts = [...this.#counts].sort(([a, left], [b, right]) => right - left || (a < b ? -1 : 1));
    const width = Math.max(4, ...counts.map(([type]) => type.length));
    const total = counts.map(([type, count]) => `  ${type.padEnd(width)}  ${count}\n`).join("");
    return `hearken: ${this.#touched} of ${this.#rows} rows held personal data\n${total}`;
  }
}

function types(engine: Engine, asked: readonly string[]): PiiType[] {
  const known: readonly string[] = engine.info.piiTypes;
  const wrong = asked.find((type) => !known.includes(type));
  if (wrong !== undefined) throw new UsageError(unknown("--types", wrong, known));
  return asked as PiiType[];
}

async function file(option: string, path: string): Promise<Buffer> {
  return readFile(path).catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`${option} ${path} cannot be read (${error.code ?? "unknown error"})`);
  });
}

/** One entry a line; blank lines and those that begin with # are left out. */
function lines(bytes: Buffer): string[] {
  return bytes.toString("utf8").split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== "" && !line.startsWith("#"));
}

/** A key as raw bytes, or as hexadecimal digits with a line end. */
function key(bytes: Buffer): Uint8Array {
  const digits = bytes.toString("latin1").trim();
  return /^(?:[0-9a-f]{2}){16,128}$/i.test(digits) ? Uint8Array.from(Buffer.from(digits, "hex")) : Uint8Array.from(bytes);
}
