/** Finds and orders the rows that a query asks for. */
import { FACETS, facetBits } from "../shared/facets.ts";
import type { Query } from "../shared/protocol.ts";
import type { Study } from "./analyse.ts";
import type { Job } from "./job.ts";
import { NO_LABEL } from "./results.ts";

/** Rows tested between two looks at the clock. */
const STRIDE = 2048;

/** Case and width do not matter to a search. */
const fold = (text: string): string => text.normalize("NFKC").toLowerCase();

/**
 * Positions of the matching rows in the order asked for. `O(rows + characters)`, plus sorting by score.
 * Rows without a result match no filter but "problems" and a search, and come last in order of score.
 */
export async function findRows(study: Study, query: Query, job: Job): Promise<Uint32Array<ArrayBuffer>> {
  const { results } = study;
  const { info } = study.engine;
  const label = query.label === null ? -1 : info.sentiment.indexOf(query.label);
  const language = query.language === null ? -1 : info.languages.indexOf(query.language);
  const wanted = FACETS.flatMap((facet) => {
    const slug = query.facets[facet];
    return slug === null ? [] : [{ facet, bit: 1 << study.labels[facet].indexOf(slug) }];
  });
  const needle = fold(query.search.trim());
  const found = new Uint32Array(results.rows);
  let n = 0;
  for (let row = 0; row < results.rows; row++) {
    if (row % STRIDE === 0) await job.step("read", row, results.rows);
    const hasResult = results.label[row] !== NO_LABEL;
    if (label >= 0 && results.label[row] !== label) continue;
    if (query.language !== null && (!hasResult || results.language[row] !== language)) continue;
    if (wanted.length > 0 && (!hasResult || wanted.some(({ facet, bit }) => (facetBits(results, facet, row) & bit) === 0))) continue;
    if (query.pii && results.placeCount(row) === 0) continue;
    if (query.problems && results.problems[row] === 0) continue;
    if (needle !== "" && !fold(study.text(row)).includes(needle)) continue;
    found[n++] = row;
  }
  const rows = found.slice(0, n);
  if (query.sort === "score") sortByScore(rows, study, query.descending);
  else if (query.descending) rows.reverse();
  return rows;
}

/** Ties stay in the order of the rows. */
function sortByScore(rows: Uint32Array, study: Study, descending: boolean): void {
  const { score, label } = study.results;
  const sign = descending ? -1 : 1;
  rows.sort((a, b) => {
    const missing = Number(label[a] === NO_LABEL) - Number(label[b] === NO_LABEL);
    return missing || sign * ((score[a] ?? 0) - (score[b] ?? 0)) || a - b;
  });
}
