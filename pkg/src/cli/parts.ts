// The rows of an input in parts, with progress on a terminal.

import type { Input, Row } from "./input.js";
import type { Item, ItemMaker } from "./items.js";

/** Rows worked on at a time. */
const PART = 1_000;

/** Says on a terminal how many rows are done, five times a second at most. */
export class Progress {
  #done = 0;
  #shown = 0;
  readonly #isShown = process.stderr.isTTY === true;

  add(rows: number): void {
    this.#done += rows;
    if (!this.#isShown || performance.now() - this.#shown < 200) return;
    this.#shown = performance.now();
    process.stderr.write(`\r${this.#done} rows`);
  }

  end(): void {
    if (this.#isShown) process.stderr.write(`\r${this.#done} rows\n`);
  }
}

/** Items in parts of at most `PART`, with progress on a terminal. */
export async function* parts(input: Input, maker: ItemMaker): AsyncGenerator<Item[]> {
  let part: Item[] = [];
  const progress = new Progress();
  const tick = (): void => {
    progress.add(part.length);
    part = [];
  };
  for await (const rows of input.rows as AsyncIterable<Row[]>) {
    for (const row of rows) {
      part.push(maker.make(row));
      if (part.length < PART) continue;
      yield part;
      tick();
    }
  }
  if (part.length > 0) {
    yield part;
    tick();
  }
  progress.end();
}
