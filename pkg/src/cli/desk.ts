// What `cases`, `replies`, `pause` and `returns` share: tables with columns of known meaning, and output.

import type { Writable } from "node:stream";
import { FORMATS, UsageError, type Format } from "./args.js";
import { given, valueAt } from "./columns.js";
import { choiceOf } from "./flags.js";
import { Progress } from "./parts.js";
import { openInput, type Input, type Row, type RowError } from "./input.js";
import { close, openOutput, write } from "./stream.js";

/** A row and the cells that were asked for, by meaning; empty ones are absent. */
export interface Entry<M extends string> {
  row: Row;
  cells: Partial<Record<M, unknown>>;
}

/** An opened table. */
export interface Table<M extends string> {
  input: Input;
  columns: Partial<Record<M, string>>;
  entries(): AsyncGenerator<Entry<M>>;
}

/** Opens a table. `asked` are columns by option, `usual` names that are taken where no option says so. */
export async function openTable<M extends string>(
  file: string, format: string | undefined, asked: Partial<Record<M, string | undefined>>, usual: Record<M, readonly string[]>,
): Promise<Table<M>> {
  const input = await openInput(file, choiceOf<Format>("--format", format, FORMATS));
  const columns: Partial<Record<M, string>> = {};
  for (const meaning of Object.keys(usual) as M[]) {
    const name = asked[meaning];
    const found = name === undefined ? usual[meaning].map((one) => input.columns.find((column) => fold(column) === fold(one))).find(Boolean) : given(name, `--${dashed(meaning)}`, input);
    if (found !== undefined) columns[meaning] = found;
  }
  return {
    input,
    columns,
    async *entries() {
      const progress = new Progress();
      for await (const rows of input.rows) {
        for (const row of rows) {
          const cells: Partial<Record<M, unknown>> = {};
          for (const [meaning, column] of Object.entries(columns) as [M, string][]) {
            const value = valueAt(row.record, column);
            if (value !== undefined && value !== null && value !== "") cells[meaning] = value;
          }
          yield { row, cells };
          progress.add(1);
        }
      }
      progress.end();
    },
  };
}

/** The columns a table must have. @throws UsageError naming the option. */
export function need<M extends string>({ columns, input }: Table<M>, ...meanings: M[]): void {
  for (const meaning of meanings) {
    if (columns[meaning] === undefined) throw new UsageError(`which column is the ${meaning}? Say --${dashed(meaning)} COLUMN; the columns are ${input.columns.join(", ")}.`);
  }
}

/** Says on standard error which columns were taken. */
export function tell<M extends string>({ input, columns }: Table<M>): void {
  const named = Object.entries(columns).map(([meaning, column]) => (meaning === column ? meaning : `${meaning} "${column}"`));
  for (const note of input.notes) process.stderr.write(`hearken: ${note}\n`);
  if (named.length > 0) process.stderr.write(`hearken: columns read: ${named.join(", ")}\n`);
}

function dashed(meaning: string): string {
  return meaning.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** Without case, spaces and signs. */
function fold(name: string): string {
  return name.normalize("NFKC").toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
}

/** A cell as text; `undefined` for lists and objects. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === "string") return value.trim() || undefined;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : undefined;
}

/** A cell as a list: a list of JSON, or text parted by `|`. */
export function listOf(value: unknown): string[] | undefined {
  if (Array.isArray(value)) return value.map(String);
  return textOf(value)?.split("|").map((one) => one.trim()).filter(Boolean);
}

/** Values of an option parted by commas. */
export function commas(value: string | undefined): string[] | undefined {
  return value?.split(",").map((one) => one.trim()).filter(Boolean);
}

/** The error of a field of a row. */
export function wrongCell(row: Row, field: string, what: string): RowError {
  return { code: "E_FIELD", message: `field ${field}: ${what}`, field, line: row.line };
}

/** Writes everything to the file of `--output` or to standard output. */
export async function put(output: string | undefined, pieces: Iterable<string> | AsyncIterable<string>): Promise<void> {
  const out: Writable = output === undefined ? process.stdout : await openOutput(output);
  for await (const piece of pieces) await write(out, piece);
  await close(out);
}

/** A moment for people. */
export function shownTime(ms: number | undefined): string {
  return ms === undefined ? "" : new Date(ms).toISOString().replace(/:00\.000Z$/, "Z");
}
