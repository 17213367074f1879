// CSV by RFC 4180, in pieces of any size, in constant memory.
//
// Beyond the RFC: a lone CR ends a line; a quote inside an unquoted field is an ordinary character;
// a byte order mark is taken off before this. A quoted field that never closes costs only the line
// it starts on: reading goes on with the next line.

/** One record of a CSV file. */
export interface CsvRecord {
  fields: string[];
  /** Line the record starts on, from 1. */
  line: number;
  /** Why the record cannot be used. */
  problem?: string;
}

/** Longest record kept while looking for its closing quote, in UTF-16 code units. */
export const MAX_RECORD = 16 * 1024 * 1024;

const enum State { Start, Plain, Quoted, QuoteInQuoted, AfterJunk }
const QUOTE = 34;
const LF = 10;
const CR = 13;

/** Takes text in pieces, gives the records that are complete. */
export class CsvParser {
  readonly #delimiter: number;
  #state = State.Start;
  #fields: string[] = [];
  #field = "";
  #problem: string | undefined;
  /** Line of the next character, and of the first character of the record. */
  #line = 1;
  #recordLine = 1;
  /** A CR was the last character: an LF that follows belongs to it. */
  #afterCr = false;
  /** The record so far as written, kept only while one of its quotes is open. */
  #raw = "";

  /** `delimiter` is one character. */
  constructor(delimiter: string) {
    this.#delimiter = delimiter.charCodeAt(0);
  }

  /** Records completed by `piece`. */
  push(piece: string): CsvRecord[] {
    const records: CsvRecord[] = [];
    this.#read(piece, records);
    return records;
  }

  /** The last record, when the file does not end with a line end. */
  end(): CsvRecord[] {
    const records: CsvRecord[] = [];
    while (this.#state === State.Quoted) this.#unclosed(records);
    if (this.#state !== State.Start || this.#fields.length > 0) this.#close(records);
    return records;
  }

  #read(piece: string, records: CsvRecord[]): void {
    let at = 0;
    let recordStart = 0;
    let start = 0;
    while (at < piece.length) {
      const unit = piece.charCodeAt(at);
      if (this.#afterCr) {
        this.#afterCr = false;
        if (unit === LF && this.#state !== State.Quoted) {
          at += 1;
          recordStart = at;
          start = at;
          continue;
        }
        if (unit === LF) {
          at += 1;
          continue;
        }
      }
      if (this.#state === State.Quoted) {
        if (unit === QUOTE) {
          this.#field += piece.slice(start, at);
          this.#state = State.QuoteInQuoted;
        } else if (unit === LF || unit === CR) {
          this.#line += 1;
          this.#afterCr = unit === CR;
        }
        at += 1;
        continue;
      }
      if (this.#state === State.QuoteInQuoted && unit === QUOTE) {
        // A doubled quote stands for one: the second begins the next stretch.
        this.#state = State.Quoted;
        start = at;
        at += 1;
        continue;
      }
      if (unit === this.#delimiter || unit === LF || unit === CR) {
        if (this.#state === State.Plain) this.#field += piece.slice(start, at);
        at += 1;
        start = at;
        if (unit === this.#delimiter) {
          this.#fields.push(this.#field);
          this.#field = "";
          this.#state = State.Start;
          continue;
        }
        this.#line += 1;
        this.#afterCr = unit === CR;
        this.#endOfLine(records);
        recordStart = at;
        continue;
      }
      if (this.#state === State.Start) {
        this.#state = unit === QUOTE ? State.Quoted : State.Plain;
        start = unit === QUOTE ? at + 1 : at;
      } else if (this.#state === State.QuoteInQuoted) {
        this.#problem ??= "text follows a closing quote";
        this.#state = State.AfterJunk;
      }
      at += 1;
    }
    this.#keep(piece, start, recordStart);
    while (this.#state === State.Quoted && this.#raw.length > MAX_RECORD) this.#unclosed(records);
  }

  /** Carries over what belongs to the record that the piece leaves open. */
  #keep(piece: string, start: number, recordStart: number): void {
    if (this.#state === State.Plain || this.#state === State.Quoted) this.#field += piece.slice(start);
    const open = this.#state !== State.Start || this.#fields.length > 0;
    this.#raw = open ? this.#raw + piece.slice(recordStart) : "";
    if (this.#state === State.Plain && this.#field.length > MAX_RECORD) {
      this.#problem ??= `the record is longer than ${MAX_RECORD} characters`;
      this.#field = "";
    }
    if (this.#problem !== undefined && this.#raw.length > MAX_RECORD) this.#raw = "";
  }

  #endOfLine(records: CsvRecord[]): void {
    const blank = this.#state === State.Start && this.#fields.length === 0;
    if (!blank) this.#close(records);
    this.#raw = "";
    this.#recordLine = this.#line;
  }

  #close(records: CsvRecord[]): void {
    this.#fields.push(this.#field);
    const record: CsvRecord = { fields: this.#fields, line: this.#recordLine };
    if (this.#problem !== undefined) record.problem = this.#problem;
    records.push(record);
    this.#reset();
  }

  #reset(): void {
    this.#fields = [];
    this.#field = "";
    this.#problem = undefined;
    this.#state = State.Start;
  }

  /** Gives up the line where the open record starts and reads what followed it anew. */
  #unclosed(records: CsvRecord[]): void {
    const raw = this.#raw;
    const line = this.#recordLine;
    const found = /\r\n|\n|\r/.exec(raw);
    records.push({ fields: this.#fields, line, problem: "a quoted field is never closed" });
    this.#reset();
    this.#raw = "";
    this.#afterCr = false;
    this.#line = found ? line + 1 : line;
    this.#recordLine = this.#line;
    if (found) this.#read(raw.slice(found.index + found[0].length), records);
  }
}

/**
 * The delimiter of a header line: the one of `,` `;` tab `|` that occurs most outside quotes;
 * a comma when none does.
 */
export function guessDelimiter(line: string): string {
  const bare = line.replace(/"[^"]*"/g, "");
  let best = ",";
  let most = 0;
  for (const candidate of [",", ";", "\t", "|"]) {
    const count = bare.split(candidate).length - 1;
    if (count > most) [best, most] = [candidate, count];
  }
  return best;
}
