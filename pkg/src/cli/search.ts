// What `search` and `themes` do with a part of the rows.

import type { Engine, Query, TextOptions, Themes } from "../index.js";
import type { Args } from "./args.js";
import type { Result } from "./fields.js";
import type { RowError } from "./input.js";
import type { Item } from "./items.js";
import { rowError, work, type Given } from "./work.js";

/** Results of a part by their items; rows without a text have none. */
function analysed(engine: Engine, args: Args, given: Given, text: string, items: Item[]): { item: Item; result: Result }[] {
  const results = work(engine, { ...args, command: "analyze" }, given, text, items);
  return items.flatMap((item, at) => (results[at] ? [{ item, result: results[at] }] : []));
}

/** The rows that the query finds, in order, and the errors of those that could not be asked. */
export function search(engine: Engine, args: Args, given: Given, query: Query, text: string, items: Item[]): { found: Result[]; failed: RowError[] } {
  const found: Result[] = [];
  const failed: RowError[] = [];
  for (const { item, result } of analysed(engine, args, given, text, items)) {
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

/**
 * Adds the rows to themes, under their number in the file, with what topics explain; gives the errors
 * of those that could not be read. Read one by one: batches do not have the places of topics.
 */
export function addToThemes(engine: Engine, themes: Themes, text: string, items: Item[]): RowError[] {
  const failed: RowError[] = [];
  for (const item of items) {
    if (item.error) failed.push(item.error);
    if (item.error || item.text === undefined) continue;
    const options: TextOptions = { spans: false, pii: false, signals: false };
    if (item.lang !== undefined) options.lang = item.lang;
    if (item.question !== undefined) options.question = item.question;
    try {
      const analysis = engine.analyze(item.text, options);
      themes.add({ text: item.text, analysis, id: item.row.index, covered: analysis.topics.flatMap(({ spans }) => spans) });
    } catch (error) {
      failed.push(rowError(error, text, item.row.line));
    }
  }
  return failed;
}
