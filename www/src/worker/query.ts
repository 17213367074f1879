/** Finds and orders the rows that a query asks for. */
import type { Query as Search } from "hearken";
import { BIT_FACETS, facetBits } from "../shared/facets.ts";
import type { Query } from "../shared/protocol.ts";
import type { Study } from "./analyse.ts";
import type { Job } from "./job.ts";
import { NO_LABEL } from "./results.ts";
import { queryRow } from "./rows.ts";

/** Rows tested between two looks at the clock. */
const STRIDE = 2048;

/** Rows that a search is asked of at a time. */
const ASKED = 512;

/**
 * Positions of the matching rows in the order asked for. `O(rows + characters)`, plus sorting by score.
 * Rows without a result match no filter but "problems" and a search, and come last in order of score.
 */
export async function findRows(study: Study, query: Query, job: Job): Promise<Uint32Array<ArrayBuffer>> {
  const { results } = study;
  const { info } = study.engine;
  const label = query.label === null ? -1 : info.sentiment.indexOf(query.label);
  const language = query.language === null ? -1 : info.languages.indexOf(query.language);
  const wanted = BIT_FACETS.flatMap((facet) => {
    const slug = query.facets[facet];
    return slug === null ? [] : [{ facet, bit: 1 << study.labels[facet].indexOf(slug) }];
  });
  const topic = query.facets.topic === null ? -1 : study.labels.topic.indexOf(query.facets.topic);
  const search = compile(study, query.search);
  const found = new Uint32Array(results.rows);
  let n = 0;
  for (let row = 0; row < results.rows; row++) {
    if (row % STRIDE === 0) await job.step("read", row, results.rows);
    const hasResult = results.label[row] !== NO_LABEL;
    if (label >= 0 && results.label[row] !== label) continue;
    if (query.language !== null && (!hasResult || results.language[row] !== language)) continue;
    if (wanted.length > 0 && (!hasResult || wanted.some(({ facet, bit }) => (facetBits(results, facet, row) & bit) === 0))) continue;
    if (query.facets.topic !== null && (!hasResult || !results.topics(row).some((one) => one.topic === topic))) continue;
    if (query.pii && results.placeCount(row) === 0) continue;
    if (query.problems && results.problems[row] === 0) continue;
    found[n++] = row;
  }
  const rows = search === undefined ? found.slice(0, n) : await searched(study, search, found.subarray(0, n), job);
  if (query.sort === "score") sortByScore(rows, study, query.descending);
  else if (query.descending) rows.reverse();
  return rows;
}

/** The search of the study from now on; the one before is given back. @throws what the engine refuses. */
function compile(study: Study, text: string): Search | undefined {
  const next = text.trim() === "" ? undefined : study.engine.query(text, { topics: study.labels.topic });
  study.search?.free();
  study.search = next;
  return next;
}

/** Those of the rows that the search finds. */
async function searched(study: Study, search: Search, rows: Uint32Array, job: Job): Promise<Uint32Array<ArrayBuffer>> {
  const found = new Uint32Array(rows.length);
  let n = 0;
  for (let from = 0; from < rows.length; from += ASKED) {
    await job.step("read", from, rows.length);
    const part = rows.subarray(from, from + ASKED);
    for (const at of search.filter(Array.from(part, (row) => queryRow(study, row, search)))) found[n++] = part[at]!;
  }
  return found.slice(0, n);
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
