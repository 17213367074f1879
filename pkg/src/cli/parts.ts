// The rows of an input in parts, with progress on a terminal.

import type { Input, Row } from "./input.js";
import type { Item, ItemMaker } from "./items.js";

/** Rows worked on at a time. */
const PART = 1_000;

/** Items in parts of at most `PART`, with progress on a terminal. */
export async function* parts(input: Input, maker: ItemMaker): AsyncGenerator<Item[]> {
  let part: Item[] = [];
  let done = 0;
  let shown = 0;
  const progress = process.stderr.isTTY === true;
  const tick = (): void => {
    done += part.length;
    part = [];
    if (!progress || performance.now() - shown < 200) return;
    shown = performance.now();
    process.stderr.write(`\r${done} rows`);
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
  if (progress) process.stderr.write(`\r${done} rows\n`);
}
