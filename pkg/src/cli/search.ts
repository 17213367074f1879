// What `search` and `themes` do with a part of the rows.

import type { Engine, Query, Themes } from "../index.js";
import type { Args } from "./args.js";
import type { Result } from "./fields.js";
import type { RowError } from "./input.js";
import type { Item } from "./items.js";
import { work } from "./work.js";

/** Results of a part by their items; rows without a text have none. */
function analysed(engine: Engine, args: Args, text: string, items: Item[]): { item: Item; result: Result }[] {
  const results = work(engine, { ...args, command: "analyze" }, undefined, text, items);
  return items.flatMap((item, at) => (results[at] ? [{ item, result: results[at] }] : []));
}

/** The rows that the query finds, in order, and the errors of those that could not be asked. */
export function search(engine: Engine, args: Args, query: Query, text: string, items: Item[]): { found: Result[]; failed: RowError[] } {
  const found: Result[] = [];
  const failed: RowError[] = [];
  for (const { item, result } of analysed(engine, args, text, items)) {
    if (item.error || !result.analysis) {
      if (result.error) failed.push(result.error);
      continue;
    }
    const { rating, channel, sentAt } = item;
    const row = {
      text: item.text!, analysis: result.analysis,
      ...(rating ? { rating } : {}), ...(channel ? { channel } : {}), ...(sentAt === undefined ? {} : { sentAt }),
    };
    const highlights = query.highlights(row);
    if (highlights) found.push({ ...result, highlights, matched: highlights.map((span) => row.text.slice(...span)) });
  }
  return { found, failed };
}

/** Adds the rows to themes, under their number in the file; gives the errors of those that could not be read. */
export function addToThemes(engine: Engine, args: Args, themes: Themes, text: string, items: Item[]): RowError[] {
  const failed: RowError[] = [];
  for (const { item, result } of analysed(engine, args, text, items)) {
    if (!item.error && result.analysis) themes.add({ text: item.text!, analysis: result.analysis, id: item.row.index });
    else if (result.error) failed.push(result.error);
  }
  return failed;
}
