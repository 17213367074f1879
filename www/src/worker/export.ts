/** Writes rows as CSV: the columns of the source, then the results. */
import { FLAG_MEANINGFUL } from "hearken/inline";
import { csvLine } from "../shared/csv-write.ts";
import { facetBits, labelsOf, type BitFacet } from "../shared/facets.ts";
import { Problem, problemTexts } from "../shared/problems.ts";
import type { ExportOptions } from "../shared/protocol.ts";
import type { Study } from "./analyse.ts";
import type { Job } from "./job.ts";
import { CellMasker, WITHHELD } from "./masking.ts";
import { ownLabel } from "./teach.ts";
import { labelOf } from "./views.ts";

/** Result columns, named as the command line tool names them. */
const RESULT_COLUMNS = [
  "sentiment.label", "sentiment.score", "sentiment.mixed", "emotions", "acts", "intent.label", "intent.confidence", "topics", "safety", "irony", "broadcast",
  "disposition", "states", "meaningful", "language.code", "language.confidence", "pii", "problems",
];
/** Columns of the person's own labels, where there are some. */
const OWN_COLUMNS = ["own.label", "own.confidence"];
/** Rows in one piece of the file. */
const PIECE_ROWS = 256;

/**
 * The file. Masked, every cell of the source goes through the engine's redaction, headers included,
 * and what cannot be redacted is left out. Starts with a byte order mark, so that spreadsheets read UTF-8.
 */
export async function exportCsv(study: Study, options: ExportOptions, job: Job): Promise<{ blob: Blob; rows: number }> {
  const { table, choice } = study;
  const count = options.rows?.length ?? table.rows.length;
  const masker = options.masked ? new CellMasker(study.engine) : undefined;
  const names = table.allNames();
  const unparsed = table.unparsed.size > 0;
  const header = [...names.map((name) => masker?.mask(name) ?? name), ...(unparsed ? ["unparsed_line"] : []), ...free([...RESULT_COLUMNS, ...(study.own ? OWN_COLUMNS : [])], names)];
  const pieces: Blob[] = [];
  let lines = `\uFEFF${csvLine(header)}`;
  for (let at = 0; at < count; at++) {
    const row = options.rows === null ? at : (options.rows[at] ?? 0);
    const cells: (string | number)[] = names.map((_, column) => {
      if (table.unparsed.has(row)) return "";
      return column === choice.text ? comment(study, row, options.masked) : (masker?.mask(table.cell(row, column)) ?? table.cell(row, column));
    });
    if (unparsed) cells.push(table.unparsed.has(row) ? comment(study, row, options.masked) : "");
    cells.push(...resultCells(study, row), ...ownCells(study, row));
    lines += csvLine(cells);
    if (at % PIECE_ROWS === PIECE_ROWS - 1) {
      pieces.push(new Blob([lines]));
      lines = "";
      await job.step("export", at, count);
    }
  }
  pieces.push(new Blob([lines]));
  return { blob: new Blob(pieces, { type: "text/csv;charset=utf-8" }), rows: count };
}

function comment(study: Study, row: number, masked: boolean): string {
  return masked ? (study.maskedText(row) ?? WITHHELD) : study.text(row);
}

function ownCells(study: Study, row: number): (string | number)[] {
  if (study.own === undefined) return [];
  const own = ownLabel(study, row);
  return own === undefined ? ["", ""] : [own.label, round(own.confidence)];
}

function resultCells(study: Study, row: number): (string | number)[] {
  const { results, engine } = study;
  const problems = problemTexts(results.problems[row] ?? 0).join("; ");
  const pii = (results.problems[row] ?? 0) & Problem.Withheld ? "" : results.places(row).map((place) => engine.info.piiTypes[place.type]).join(" ");
  const label = labelOf(study, row);
  if (label === undefined) return [...RESULT_COLUMNS.slice(2).map(() => ""), pii, problems];
  const slugs = (facet: BitFacet): string[] => labelsOf(study.labels[facet], facetBits(results, facet, row));
  const marks = slugs("mark");
  const yes = (holds: boolean): string => (holds ? "true" : "false");
  return [
    label,
    round(results.score[row] ?? 0),
    yes(marks.includes("mixed")),
    slugs("emotion").join(" "),
    slugs("act").join(" "),
    slugs("intent").join(),
    round(results.intentConfidence[row] ?? 0),
    results.topics(row).map(({ topic, sentiment }) => `${study.labels.topic[topic] ?? ""}=${engine.info.sentiment[sentiment] ?? ""}`).join(" "),
    marks.filter((mark) => (engine.info.safety as readonly string[]).includes(mark)).join(" "),
    yes(marks.includes("irony")),
    yes(marks.includes("broadcast")),
    slugs("disposition").join(),
    labelsOf(engine.info.states, results.states[row] ?? 0).join(" "),
    yes(((results.flags[row] ?? 0) & FLAG_MEANINGFUL) !== 0),
    engine.info.languages[results.language[row] ?? 0] ?? "und",
    round(results.confidence[row] ?? 0),
    pii,
    problems,
  ];
}

/** Four decimals: more would only show the noise of a 32-bit float. */
function round(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}

/** Names that the source does not have yet. */
function free(wanted: readonly string[], taken: readonly string[]): string[] {
  const seen = new Set(taken);
  return wanted.map((name) => {
    let own = name;
    for (let n = 2; seen.has(own); n++) own = `${name} (${n})`;
    seen.add(own);
    return own;
  });
}
