// From a file or standard input to rows: unpacks, decodes, splits. Constant memory.

import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import type { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import type { ErrorCode } from "../types.js";
import { UsageError, type Format } from "./args.js";
import { CsvParser, guessDelimiter, type CsvRecord } from "./csv.js";
import { decodeStream, hasInvalid, withoutMarks } from "./decode.js";
import { jsonErrorColumn } from "./json.js";

/** Why a row has no result. Codes of the engine, and two of files: a row that is no CSV, bytes that are no UTF-8. */
export interface RowError {
  code: ErrorCode | "E_CSV" | "E_UTF8";
  message: string;
  field?: string;
  /** Line of the input, from 1. */
  line?: number;
  /** Column of a JSON line, from 1. */
  column?: number;
}

/** One row of the input. `error` when it could not be read; `record` holds what could. */
export interface Row {
  index: number;
  line: number;
  record: Record<string, unknown>;
  error?: RowError;
}

/** An opened input: its shape is known, its rows are still to be read. */
export interface Input {
  format: Format;
  /** Columns of the header; for jsonl the fields of the first object; for lines just `text`. */
  columns: string[];
  rows: AsyncIterable<Row[]>;
  /** What was guessed, in words. */
  notes: string[];
}

/** How much is looked at to guess the format, in UTF-16 code units; more until one line is whole. */
const PEEK = 64 * 1024;
/** Longest line of jsonl and lines, in UTF-16 code units. */
const MAX_LINE = 16 * 1024 * 1024;

const EXTENSIONS: Record<string, Format> = {
  csv: "csv", tsv: "tsv", tab: "tsv", jsonl: "jsonl", ndjson: "jsonl", txt: "lines",
};

/** Opens `file` (`-` for standard input). @throws UsageError when it cannot be opened. */
export async function openInput(file: string, format: Format | undefined): Promise<Input> {
  const pieces = decodeStream(await openBytes(file));
  const head: string[] = [];
  let length = 0;
  let whole = false;
  for (let next = await pieces.next(); !next.done; next = await pieces.next()) {
    head.push(next.value);
    length += next.value.length;
    whole ||= next.value.includes("\n");
    if ((length >= PEEK && whole) || length > MAX_LINE) break;
  }
  const start = head.join("");
  const notes: string[] = [];
  const chosen = format ?? guessFormat(file, start, notes);
  const text = chain(start, pieces);
  if (chosen === "csv" || chosen === "tsv") return openCsv(chosen, start, text, notes);
  if (chosen === "lines") return { format: chosen, columns: ["text"], rows: lineRows(text, plainRow), notes };
  if (/^\s*\[/.test(start)) throw new UsageError("the input is one JSON array; jsonl wants one object per line");
  return { format: chosen, columns: jsonColumns(start), rows: lineRows(text, jsonRow), notes };
}

async function openBytes(file: string): Promise<AsyncIterable<Uint8Array>> {
  if (file !== "-") {
    const info = await stat(file).catch((error: NodeJS.ErrnoException) => {
      throw new UsageError(`${file} cannot be read (${error.code ?? "unknown error"})`);
    });
    if (info.isDirectory()) throw new UsageError(`${file} is a folder`);
  }
  const stream: Readable = file === "-" ? process.stdin : createReadStream(file, { highWaterMark: 256 * 1024 });
  return unzipped(stream, file);
}

/** Unpacks gzip, told by its first two bytes. */
async function* unzipped(stream: Readable, file: string): AsyncGenerator<Uint8Array> {
  const pieces = stream[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  let first: Buffer = Buffer.alloc(0);
  while (first.length < 2) {
    const next = await pieces.next();
    if (next.done) break;
    first = Buffer.concat([first, next.value]);
  }
  const rest = chain(first, { [Symbol.asyncIterator]: () => pieces });
  if (first[0] !== 0x1f || first[1] !== 0x8b) {
    yield* rest;
    return;
  }
  const { Readable: Stream } = await import("node:stream");
  const gunzip = createGunzip();
  const packed = Stream.from(rest);
  packed.on("error", (error) => gunzip.destroy(error));
  try {
    for await (const piece of packed.pipe(gunzip)) yield piece as Buffer;
  } catch (error) {
    throw new UsageError(`${file} is not a whole gzip file (${(error as NodeJS.ErrnoException).code ?? "unknown error"})`);
  }
}

async function* chain<T extends { length: number }>(first: T, rest: AsyncIterable<T>): AsyncGenerator<T> {
  if (first.length > 0) yield first;
  yield* rest;
}

function guessFormat(file: string, start: string, notes: string[]): Format {
  const extension = /\.([a-z]+)$/i.exec(file.replace(/\.gz$/i, ""))?.[1]?.toLowerCase() ?? "";
  const known = EXTENSIONS[extension];
  if (known) return known;
  const guess = formatOf(start);
  notes.push(`format ${guess} (guessed from the content; --format says otherwise)`);
  return guess;
}

/** By the first two lines that hold something: an object, cells of the same number, or neither. */
function formatOf(start: string): Format {
  const [first = "", second] = start.split(/\r\n|\n|\r/, 50).filter((line) => line.trim() !== "");
  if (/^\s*[{[]/.test(first)) return "jsonl";
  const delimiter = guessDelimiter(first);
  const cells = (line: string): number => line.replace(/"(?:[^"]|"")*("|$)/g, "").split(delimiter).length;
  const same = cells(first) > 1 && (second === undefined || cells(second) === cells(first) || second.includes('"'));
  // A sentence with a comma is no header: header cells are short and do not end like sentences.
  const header = first.split(delimiter).every((cell) => cell.trim().length <= 40) && !/[.!?。！？]\s*$/.test(first);
  if (!same || !header) return "lines";
  return delimiter === "\t" ? "tsv" : "csv";
}

// --- csv and tsv ---

async function openCsv(format: Format, start: string, text: AsyncIterable<string>, notes: string[]): Promise<Input> {
  const head = /^[^\r\n]*/.exec(start.replace(/^[\r\n]+/, ""))?.[0] ?? "";
  const delimiter = format === "tsv" ? "\t" : guessDelimiter(head);
  if (format === "csv" && delimiter !== ",") notes.push(`delimiter ${JSON.stringify(delimiter)} (guessed from the header)`);
  const records = csvRecords(new CsvParser(delimiter), text);
  let first: CsvRecord[] = [];
  while (first.length === 0) {
    const next = await records.next();
    if (next.done) throw new UsageError("the input is empty: a header with column names is missing");
    first = next.value;
  }
  const [header, ...rest] = first as [CsvRecord, ...CsvRecord[]];
  if (header.problem !== undefined) throw new UsageError(`the header cannot be read: ${header.problem} (line ${header.line})`);
  if (header.fields.some(hasInvalid)) throw new UsageError(`the header holds bytes that are not UTF-8 (line ${header.line})`);
  const columns = columnNames(header.fields);
  return { format, columns, rows: csvRows(columns, rest, records), notes };
}

async function* csvRecords(parser: CsvParser, text: AsyncIterable<string>): AsyncGenerator<CsvRecord[]> {
  for await (const piece of text) {
    const records = parser.push(piece);
    if (records.length > 0) yield records;
  }
  const records = parser.end();
  if (records.length > 0) yield records;
}

/** Names without surrounding space; an empty one is `column_3`, a second `a` is `a_2`. */
function columnNames(header: string[]): string[] {
  const names: string[] = [];
  header.forEach((cell, i) => {
    const name = cell.trim() || `column_${i + 1}`;
    let unique = name;
    for (let copy = 2; names.includes(unique); copy++) unique = `${name}_${copy}`;
    names.push(unique);
  });
  return names;
}

async function* csvRows(columns: string[], first: CsvRecord[], rest: AsyncIterable<CsvRecord[]>): AsyncGenerator<Row[]> {
  let index = 0;
  const make = (record: CsvRecord): Row => csvRow(columns, record, index++);
  if (first.length > 0) yield first.map(make);
  for await (const records of rest) yield records.map(make);
}

function csvRow(columns: string[], { fields, line, problem }: CsvRecord, index: number): Row {
  const cells = columns.slice(0, fields.length).map((name, i): [string, unknown] => [name, fields[i]!]);
  const row: Row = { index, line, record: Object.fromEntries(cells) };
  if (problem !== undefined) row.error = { code: "E_CSV", message: problem, line };
  else if (fields.length !== columns.length) {
    row.error = { code: "E_CSV", message: `the row has ${fields.length} cells, the header ${columns.length}`, line };
  }
  return markInvalid(row);
}

/** Flags a row with bytes that are not UTF-8, naming the first such field; they read as U+FFFD. */
function markInvalid(row: Row): Row {
  for (const [name, value] of Object.entries(row.record)) {
    if (typeof value !== "string" || !hasInvalid(value)) continue;
    Object.defineProperty(row.record, name, { value: withoutMarks(value), enumerable: true, configurable: true, writable: true });
    row.error ??= { code: "E_UTF8", message: `field ${name}: holds bytes that are not UTF-8`, field: name, line: row.line };
  }
  return row;
}

// --- jsonl and lines ---

type MakeRow = (text: string, line: number, index: number) => Row | undefined;

async function* lineRows(text: AsyncIterable<string>, make: MakeRow): AsyncGenerator<Row[]> {
  let index = 0;
  let line = 0;
  let rest = "";
  let tooLong = false;
  const row = (written: string): Row | undefined => {
    line += 1;
    const bare = written.endsWith("\r") ? written.slice(0, -1) : written;
    const made = tooLong ? longRow(line, index) : make(bare, line, index);
    tooLong = false;
    if (made) index += 1;
    return made;
  };
  for await (const piece of text) {
    // A long line grows without being looked through again for each piece.
    const at = piece.indexOf("\n");
    const lines = at < 0 ? [] : [rest + piece.slice(0, at), ...piece.slice(at + 1).split("\n")];
    rest = at < 0 ? rest + piece : lines.pop()!;
    const rows = lines.map(row).filter((made) => made !== undefined);
    if (rest.length > MAX_LINE) {
      tooLong = true;
      rest = "";
    }
    if (rows.length > 0) yield rows;
  }
  const last = rest !== "" || tooLong ? row(rest) : undefined;
  if (last) yield [last];
}

function longRow(line: number, index: number): Row {
  const message = `the line is longer than ${MAX_LINE} characters`;
  return { index, line, record: {}, error: { code: "E_TEXT_TOO_LARGE", message, line } };
}

/** A line of plain text; blank ones count, so that row and line numbers agree. */
function plainRow(text: string, line: number, index: number): Row {
  return markInvalid({ index, line, record: { text } });
}

/** A line of JSON: an object, or a string that is the text. Blank lines are skipped. */
function jsonRow(text: string, line: number, index: number): Row | undefined {
  if (text.trim() === "") return undefined;
  const invalid = hasInvalid(text);
  const clean = invalid ? withoutMarks(text) : text;
  let value: unknown;
  try {
    value = JSON.parse(clean);
  } catch {
    const column = jsonErrorColumn(clean);
    const message = `not valid JSON at line ${line}, column ${column}`;
    return { index, line, record: {}, error: { code: "E_JSON", message, line, column } };
  }
  const row: Row = { index, line, record: {} };
  if (typeof value === "string") row.record = { text: value };
  else if (typeof value === "object" && value !== null && !Array.isArray(value)) row.record = value as Record<string, unknown>;
  else row.error = { code: "E_JSON", message: `line ${line} holds neither an object nor a string`, line, column: 1 };
  if (invalid) row.error ??= { code: "E_UTF8", message: `line ${line} holds bytes that are not UTF-8`, line };
  return row;
}

/** Fields of the first objects, for guessing and for messages. */
function jsonColumns(start: string): string[] {
  const names = new Set<string>();
  for (const text of start.split("\n", 100)) {
    try {
      const value: unknown = JSON.parse(text);
      if (typeof value === "string") names.add("text");
      else if (value !== null && !Array.isArray(value)) for (const name of Object.keys(value as object)) names.add(name);
    } catch {
      // A bad line, or the last one cut by the peek: becomes an error row when it is read.
    }
  }
  return [...names];
}
