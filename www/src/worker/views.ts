/** What the page shows of single rows. Masked, the values of personal data stay in the worker. */
import type { SentimentLabel, Span } from "hearken";
import { Problem, problemTexts } from "../shared/problems.ts";
import type { Detail, Part, Reading, RowView } from "../shared/protocol.ts";
import type { Study } from "./analyse.ts";
import { CellMasker, WITHHELD } from "./masking.ts";
import { analyseRow, shownParts, toReading } from "./reading.ts";
import type { Deciding } from "./policies.ts";
import { NO_LABEL } from "./results.ts";
import { queryRow } from "./rows.ts";
import { decideRow, triageOptions } from "./triage.ts";

/** Characters of one comment that a row of the table shows. */
const ROW_CHARS = 240;

/** True when the text could not be redacted and must stay in the worker. */
const withheld = (study: Study, row: number, reveal: boolean): boolean => !reveal && ((study.results.problems[row] ?? 0) & Problem.Withheld) !== 0;

/** Rows of the table. */
export function rowViews(study: Study, rows: Uint32Array, reveal: boolean): RowView[] {
  const parts = (row: number): Part[] => withheld(study, row, reveal)
    ? [{ text: WITHHELD }]
    : shownParts(study.engine, study.text(row), study.results.places(row), !reveal, ROW_CHARS, hits(study, row));
  return Array.from(rows, (row) => ({ row, parts: parts(row) }));
}

/** Where the words of the search stand in a row. */
function hits(study: Study, row: number): Span[] {
  const { search } = study;
  return search?.readsText ? (search.highlights(queryRow(study, row, search)) ?? []) : [];
}

/** Everything about one row. Reads it again for what a batch does not give: sentences, evidence and a decision. */
export function detail(study: Study, row: number, reveal: boolean, policy: Deciding, nowMs: number): Detail {
  const { engine, table, choice } = study;
  const masker = new CellMasker(engine);
  const show = (cell: string): Part[] => [{ text: reveal ? cell : masker.mask(cell) }];
  return {
    ...readRow(study, row, reveal),
    row,
    cells: table.allNames().map((name, column) => ({ name, column })).filter(({ column }) => column !== choice.text)
      .map(({ name, column }) => ({ name, parts: show(table.cell(row, column)) })),
    decision: decisionOf(study, policy, row, nowMs),
    problems: problemTexts(study.results.problems[row] ?? 0),
  };
}

function readRow(study: Study, row: number, reveal: boolean): Reading {
  const { engine, results } = study;
  const places = results.places(row);
  const text = study.text(row);
  const hide = withheld(study, row, reveal);
  if (results.label[row] === NO_LABEL) {
    const parts = hide ? [{ text: WITHHELD }] : shownParts(engine, text, places, !reveal);
    return { parts, answer: null, why: [], sentences: [], piiTypes: places.flatMap((place) => engine.info.piiTypes[place.type] ?? []), signals: null, topics: [], truncated: false };
  }
  const reading = toReading(engine, text, analyseRow(study, row, { sentences: true, evidence: true }), study.topics.names, places, !reveal);
  return hide ? { ...reading, parts: [{ text: WITHHELD }], why: [], sentences: [], signals: null, topics: reading.topics.map((topic) => ({ ...topic, words: [] })) } : reading;
}

function decisionOf(study: Study, policy: Deciding, row: number, nowMs: number): Detail["decision"] {
  const decision = decideRow(study, policy, row, triageOptions(study, policy, nowMs));
  if (decision === undefined) return null;
  const { analysis: _analysis, redacted: _redacted, ...rest } = decision;
  return rest;
}

/** The label of a row, `undefined` without a result. */
export function labelOf(study: Study, row: number): SentimentLabel | undefined {
  return study.engine.info.sentiment[study.results.label[row] ?? NO_LABEL];
}
