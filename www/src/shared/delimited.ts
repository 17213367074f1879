/**
 * A parser of delimited text (RFC 4180, any one-character delimiter) that takes its input in pieces.
 *
 * Beyond the RFC it accepts LF, CRLF and CR as line ends and keeps what it would forbid: text after a
 * closing quote, a quote inside a bare cell, a quote never closed. Blank lines are counted, not rows.
 * Time is linear in the input; it holds one row at a time.
 */
import { Problem } from "./problems.ts";

const LF = 10;
const CR = 13;
const QUOTE = 34;

type State = "start" | "bare" | "quoted" | "after_quote";

/** Takes one row: its cells and what was wrong with how it was written. */
export type OnRow = (cells: string[], problems: number) => void;

/** See the head of this file. Call {@link push} for every piece, then {@link end} once. */
export class DelimitedParser {
  /** Lines without any character so far. */
  blankLines = 0;
  readonly #delimiter: number;
  readonly #onRow: OnRow;
  #state: State = "start";
  #cells: string[] = [];
  #cell = "";
  #problems = 0;
  #afterCr = false;
  /** True when the row holds a quoted cell: `""` alone on a line is a row with one empty cell. */
  #quoteSeen = false;

  /** `delimiter` is one UTF-16 code unit that is no quote and no line end. */
  constructor(delimiter: string, onRow: OnRow) {
    this.#delimiter = delimiter.charCodeAt(0);
    this.#onRow = onRow;
  }

  /** Reads the next piece; a piece may end anywhere. */
  push(piece: string): void {
    const n = piece.length;
    let at = 0;
    if (this.#afterCr && n > 0) {
      this.#afterCr = false;
      if (piece.charCodeAt(0) === LF) at = 1;
    }
    while (at < n) {
      if (this.#state === "start") {
        if (piece.charCodeAt(at) === QUOTE) {
          this.#state = "quoted";
          this.#quoteSeen = true;
          at++;
          continue;
        }
        this.#state = "bare";
      }
      if (this.#state === "quoted") {
        const close = piece.indexOf('"', at);
        if (close < 0) {
          this.#cell += piece.slice(at);
          return;
        }
        this.#cell += piece.slice(at, close);
        this.#state = "after_quote";
        at = close + 1;
        continue;
      }
      if (this.#state === "after_quote") {
        const c = piece.charCodeAt(at);
        if (c === QUOTE) {
          this.#cell += '"';
          this.#state = "quoted";
          at++;
          continue;
        }
        if (c !== this.#delimiter && c !== LF && c !== CR) this.#problems |= Problem.TextAfterQuote;
        this.#state = "bare";
      }
      at = this.#bare(piece, at);
    }
  }

  /** Ends the input: a last line without a line end is a row too. */
  end(): void {
    if (this.#state === "quoted") this.#problems |= Problem.UnclosedQuote;
    if (this.#state !== "start" || this.#cells.length > 0) this.#endRow();
  }

  /** Reads a bare cell from `from` to its end or the end of the piece; gives where to go on. */
  #bare(piece: string, from: number): number {
    const n = piece.length;
    const delimiter = this.#delimiter;
    let at = from;
    let c = 0;
    while (at < n) {
      c = piece.charCodeAt(at);
      if (c === delimiter || c === LF || c === CR) break;
      at++;
    }
    if (at > from) this.#cell += piece.slice(from, at);
    if (at === n) return n;
    if (c === delimiter) {
      this.#endCell();
      return at + 1;
    }
    if (this.#cells.length === 0 && this.#cell === "" && !this.#quoteSeen) {
      this.blankLines++;
      this.#reset();
    } else {
      this.#endRow();
    }
    if (c === CR) {
      if (at + 1 === n) this.#afterCr = true;
      else if (piece.charCodeAt(at + 1) === LF) at++;
    }
    return at + 1;
  }

  #endCell(): void {
    this.#cells.push(this.#cell);
    this.#cell = "";
    this.#state = "start";
  }

  #endRow(): void {
    this.#cells.push(this.#cell);
    this.#onRow(this.#cells, this.#problems);
    this.#reset();
  }

  #reset(): void {
    this.#cells = [];
    this.#cell = "";
    this.#problems = 0;
    this.#quoteSeen = false;
    this.#state = "start";
  }
}
