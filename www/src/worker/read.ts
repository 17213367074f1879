/** Reads a source into a {@link Table}: unpacks, decodes and parses in pieces. */
import { DelimitedParser } from "../shared/delimited.ts";
import { DELIMITERS, guessFormat, guessHeader } from "../shared/format.ts";
import { LineSplitter } from "../shared/lines.ts";
import { MAX_CHARS } from "../shared/limits.ts";
import type { ReadOptions } from "../shared/protocol.ts";
import { UserError, type Job } from "./job.ts";
import { Table } from "./table.ts";

/** Characters looked at before the format is decided, and read between two breaks. */
const PIECE = 64 * 1024;

/** A table and how it was read. */
export interface ReadResult {
  table: Table;
  read: ReadOptions;
}

/** Reads a file; `.gz` is recognised by its first bytes, UTF-16 by its byte order mark. */
export async function readFile(file: File, wish: Partial<ReadOptions>, job: Job): Promise<ReadResult> {
  const magic = new Uint8Array(await file.slice(0, 2).arrayBuffer());
  const gzip = magic[0] === 0x1f && magic[1] === 0x8b;
  let bytes = 0;
  const counted = file.stream().pipeThrough(
    new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
      transform(piece, controller) {
        bytes += piece.byteLength;
        controller.enqueue(piece);
      },
    }),
  );
  const stream = gzip ? counted.pipeThrough(new DecompressionStream("gzip")) : counted;
  const reader = new Reader(file.name, wish);
  const input = stream.getReader();
  let decoder: TextDecoder | undefined;
  try {
    for (;;) {
      const { done, value } = await input.read();
      if (done) break;
      if (decoder === undefined) {
        const encoding = wish.encoding ?? utf16Mark(value) ?? "utf-8";
        reader.encoding = encoding;
        decoder = new TextDecoder(encoding);
      }
      await reader.push(decoder.decode(value, { stream: true }), job, () => bytes, file.size);
    }
    if (decoder !== undefined) await reader.push(decoder.decode(), job, () => bytes, file.size);
  } catch (error) {
    await input.cancel().catch(() => undefined);
    if (gzip && error instanceof TypeError) {
      throw new UserError("GZIP", `The gzip data is damaged or cut off after ${bytes.toLocaleString("en")} bytes. Nothing was read.`);
    }
    throw error;
  }
  return reader.finish();
}

/** Reads text that was pasted or came with the app. */
export async function readText(name: string, text: string, wish: Partial<ReadOptions>, job: Job): Promise<ReadResult> {
  const reader = new Reader(name, wish);
  let at = text.startsWith("\uFEFF") ? 1 : 0;
  while (at < text.length) {
    await reader.push(text.slice(at, at + PIECE), job, () => at, text.length);
    at += PIECE;
  }
  return reader.finish();
}

function utf16Mark(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  return undefined;
}

/** What all parsers have in common. */
interface Parser {
  push(piece: string): void;
  end(): void;
  readonly blankLines: number;
}

class Reader {
  encoding = "utf-8";
  readonly #name: string;
  readonly #wish: Partial<ReadOptions>;
  readonly #table = new Table();
  #format: ReadOptions["format"] | undefined;
  #parser: Parser | undefined;
  #head = "";
  #chars = 0;

  constructor(name: string, wish: Partial<ReadOptions>) {
    this.#name = name;
    this.#wish = wish;
  }

  async push(text: string, job: Job, done: () => number, total: number): Promise<void> {
    this.#chars += text.length;
    if (this.#chars > MAX_CHARS) {
      throw new UserError("TOO_LARGE", `More than ${(MAX_CHARS / 1024 / 1024).toLocaleString("en")} million characters. Split the file and read the parts one by one.`);
    }
    if (this.#parser === undefined) {
      this.#head += text;
      if (this.#head.length < PIECE) return;
      text = this.#begin();
    }
    for (let at = 0; at < text.length; at += PIECE) {
      this.#parser?.push(text.slice(at, at + PIECE));
      await job.step("read", done(), total);
    }
  }

  finish(): ReadResult {
    if (this.#parser === undefined) {
      const text = this.#begin();
      (this.#parser as Parser | undefined)?.push(text);
    }
    const parser = this.#parser as Parser | undefined;
    parser?.end();
    const table = this.#table;
    table.blankLines = parser?.blankLines ?? 0;
    const format = this.#format ?? "lines";
    let header = false;
    if (format !== "jsonl") {
      header = this.#wish.header ?? guessHeader(table.rows[0] ?? [], table.rows[1]);
      table.finish(header);
    }
    if (table.rows.length === 0) throw new UserError("EMPTY", "There are no rows in it. A file needs at least one comment.");
    if (table.header.length === 0) {
      throw new UserError("NO_OBJECTS", "No line of it is a JSON object. JSON Lines has one object a line, such as {\"text\": \"…\"}.");
    }
    return { table, read: { format, header, encoding: this.encoding } };
  }

  /** Decides the format; gives the text kept back until then. */
  #begin(): string {
    const head = this.#head;
    this.#head = "";
    const format = this.#wish.format ?? guessFormat(this.#name, head);
    if (/\.json(\.gz)?$/i.test(this.#name) && format === "lines") {
      throw new UserError("JSON_DOCUMENT", "This is one JSON document. Save it as JSON Lines (.jsonl): one object a line.");
    }
    this.#format = format;
    const table = this.#table;
    const delimiter = DELIMITERS[format];
    if (delimiter !== undefined) this.#parser = new DelimitedParser(delimiter, (cells, problems) => table.add(cells, problems));
    else if (format === "jsonl") this.#parser = new LineSplitter((line) => table.addJson(line));
    else this.#parser = new LineSplitter((line) => table.add([line], 0));
    return head;
  }
}
