/** What the page shows of single rows. Masked, the values of personal data stay in the worker. */
import { FLAG_MEANINGFUL, FLAG_RELIABLE } from "hearken/inline";
import type { SentimentLabel } from "hearken";
import { MAX_TEXT_BYTES } from "../shared/limits.ts";
import { Problem, problemTexts } from "../shared/problems.ts";
import type { Detail, Part, RowView } from "../shared/protocol.ts";
import type { Study } from "./analyse.ts";
import { CellMasker, partsOf, WITHHELD } from "./masking.ts";
import { NO_LABEL } from "./results.ts";

/** Characters of one comment that a row of the table shows. */
const ROW_CHARS = 240;

/** The comment of a row in parts; cut after `chars` characters of the original. */
function commentParts(study: Study, row: number, reveal: boolean, chars = Infinity): Part[] {
  if (!reveal && (study.results.problems[row] ?? 0) & Problem.Withheld) return [{ text: WITHHELD }];
  const text = study.text(row);
  const to = Math.min(text.length, chars);
  const parts = partsOf(text, study.results.places(row), study.engine.info.piiTypes, !reveal, 0, to);
  if (to < text.length) parts.push({ text: "…" });
  return parts;
}

/** Rows of the table. */
export function rowViews(study: Study, rows: Uint32Array, reveal: boolean): RowView[] {
  return Array.from(rows, (row) => ({ row, parts: commentParts(study, row, reveal, ROW_CHARS) }));
}

/** Everything about one row. Reads it again for what a batch does not give: sentences and a decision. */
export function detail(study: Study, row: number, reveal: boolean): Detail {
  const { engine, results, table, choice } = study;
  const { info } = engine;
  const problems = results.problems[row] ?? 0;
  const hasResult = results.label[row] !== NO_LABEL;
  const places = results.places(row);
  const text = study.text(row);
  const masker = new CellMasker(engine);
  const show = (cell: string): Part[] => [{ text: reveal ? cell : masker.mask(cell) }];
  const sentences: Detail["sentences"] = [];
  let decision: Detail["decision"] = null;
  if (hasResult) {
    const hide = !reveal && (problems & Problem.Withheld) !== 0;
    const whole = engine.analyze(text, { sentences: true });
    if (!hide && (whole.sentences?.length ?? 0) > 1) {
      for (const { span, sentiment } of whole.sentences ?? []) {
        sentences.push({ parts: partsOf(text, places, info.piiTypes, !reveal, span[0], span[1]), label: sentiment.label });
      }
    }
    const { analysis: _analysis, redacted: _redacted, ...rest } = engine.triage(study.message(row), undefined, { maxTextBytes: MAX_TEXT_BYTES });
    decision = rest;
  }
  return {
    row,
    parts: commentParts(study, row, reveal),
    cells: table.allNames().map((name, column) => ({ name, column })).filter(({ column }) => column !== choice.text)
      .map(({ name, column }) => ({ name, parts: show(table.cell(row, column)) })),
    probabilities: hasResult ? [0, 1, 2].map((at) => results.probabilities[row * 3 + at] ?? 0) as [number, number, number] : null,
    language: hasResult
      ? {
          code: info.languages[results.language[row] ?? 0] ?? "und",
          confidence: results.confidence[row] ?? 0,
          reliable: ((results.flags[row] ?? 0) & FLAG_RELIABLE) !== 0,
        }
      : null,
    acts: info.acts.filter((_, bit) => ((results.acts[row] ?? 0) >> bit) & 1),
    meaningful: ((results.flags[row] ?? 0) & FLAG_MEANINGFUL) !== 0,
    sentences,
    decision,
    piiTypes: places.flatMap((place) => info.piiTypes[place.type] ?? []),
    problems: problemTexts(problems),
  };
}

/** The label of a row, `undefined` without a result. */
export function labelOf(study: Study, row: number): SentimentLabel | undefined {
  return study.engine.info.sentiment[study.results.label[row] ?? NO_LABEL];
}
