/** Writes decisions as CSV or JSON, in the order of the list. */
import { csvLine } from "../shared/csv-write.ts";
import { NO_DUE, type DecisionExport } from "../shared/deciding.ts";
import type { Study } from "./analyse.ts";
import type { Job } from "./job.ts";
import { WITHHELD } from "./masking.ts";
import type { Deciding } from "./policies.ts";
import { becauseOf, decideRow, dueOf, triageOptions } from "./triage.ts";

const COLUMNS = ["row", "done", "action", "queue", "priority", "respondWithinMinutes", "minutesLeft", "mode", "toneHint", "missing", "rule", "reasons", "language", "text"];
/** Rows in one piece of the file. */
const PIECE_ROWS = 256;

/** The file. Rows count from 1, as on the page; a cell a spreadsheet could take for a formula gets an apostrophe in front. */
export async function exportDecisions(study: Study, policy: Deciding, nowMs: number, { rows, done, form, masked }: DecisionExport, job: Job): Promise<{ blob: Blob; rows: number }> {
  const options = triageOptions(study, policy, nowMs);
  const csv = form === "csv";
  const pieces: Blob[] = [];
  let lines = csv ? `\uFEFF${csvLine(COLUMNS)}` : `${JSON.stringify({ policy: policy.inUse, asOf: new Date(nowMs).toISOString() }).slice(0, -1)},"items":[\n`;
  let written = 0;
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at]!;
    await job.step("export", at, rows.length);
    const decision = decideRow(study, policy, row, options);
    if (decision === undefined) continue;
    const { action, queue, priority, respondWithinMinutes = null, mode, toneHint, missing = [], reasons, analysis: { language } } = decision;
    const due = dueOf(decision);
    const item = {
      row: row + 1, done: done[row] === 1, action, queue, priority, respondWithinMinutes, minutesLeft: due === NO_DUE ? null : due, mode, toneHint,
      missing, rule: reasons[0]?.rule ?? "", reasons: becauseOf(decision), language: language.code,
      text: masked ? (study.maskedText(row) ?? WITHHELD) : study.text(row),
    };
    if (csv) lines += csvLine(Object.values(item).map((value) => (typeof value === "number" ? value : Array.isArray(value) ? value.join("; ") : String(value ?? ""))));
    else lines += `${written > 0 ? ",\n" : ""}${JSON.stringify(item)}`;
    written += 1;
    if (written % PIECE_ROWS === 0) {
      pieces.push(new Blob([lines]));
      lines = "";
    }
  }
  pieces.push(new Blob([csv ? lines : `${lines}\n]}\n`]));
  return { blob: new Blob(pieces, { type: csv ? "text/csv;charset=utf-8" : "application/json" }), rows: written };
}
