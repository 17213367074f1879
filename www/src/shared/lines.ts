/** Cuts text that comes in pieces into lines (LF, CRLF or CR). Lines of white space are counted, not given. */
export class LineSplitter {
  blankLines = 0;
  readonly #onLine: (line: string) => void;
  #rest = "";
  #afterCr = false;

  constructor(onLine: (line: string) => void) {
    this.#onLine = onLine;
  }

  /** Reads the next piece; a piece may end anywhere. */
  push(piece: string): void {
    let from = 0;
    if (this.#afterCr && piece !== "") {
      this.#afterCr = false;
      if (piece.startsWith("\n")) from = 1;
    }
    for (let at = from; at < piece.length; at++) {
      const c = piece.charCodeAt(at);
      if (c !== 10 && c !== 13) continue;
      this.#line(this.#rest + piece.slice(from, at));
      this.#rest = "";
      if (c === 13) {
        if (at + 1 === piece.length) this.#afterCr = true;
        else if (piece.charCodeAt(at + 1) === 10) at++;
      }
      from = at + 1;
    }
    this.#rest += piece.slice(from);
  }

  /** Ends the input: a last line without a line end is a line too. */
  end(): void {
    if (this.#rest !== "") this.#line(this.#rest);
    this.#rest = "";
  }

  #line(line: string): void {
    if (line.trim() === "") this.blankLines++;
    else this.#onLine(line);
  }
}
