// hearken train: learns labels of the caller's own from a table, writes the classifier, says how well it does.

import { writeFile } from "node:fs/promises";
import { Engine, type Classifier } from "../node.js";
import type { LearnExample, TrainAdvice } from "../types.js";
import { FORMATS, UsageError } from "./args.js";
import { given, textColumn, valueAt } from "./columns.js";
import { choiceOf, FLAG, readFlags, VALUE } from "./flags.js";
import { openInput } from "./input.js";
import { padWidth } from "./width.js";

export const TRAIN_HELP = `Usage: hearken train FILE --label COLUMN --out CLASSIFIER [options]

Learns to label texts as FILE does, from about 10 examples a label, and writes CLASSIFIER (a .hkc file).
Prints how well it does on examples it did not learn from, and what would help it.

  --text COLUMN     column of the text; guessed from common names
  --label COLUMN    column of the label; rows without one are left out
  --out FILE        where the classifier goes
  --none LABEL      texts with this label belong to none; such texts then get no label
  --threshold       texts the classifier is unsure of get no label
  --json            the quality as JSON
  --format csv|tsv|jsonl
`;

const OPTIONS = { text: VALUE, label: VALUE, out: VALUE, none: VALUE, threshold: FLAG, json: FLAG, format: VALUE };
/** Most confusions shown. */
const ROWS = 12;

/** Runs the command. Gives the exit code. */
export async function trainCommand(argv: readonly string[]): Promise<number> {
  const { values, positionals } = readFlags(argv, OPTIONS);
  if (values.help) return print(TRAIN_HELP);
  const [file = "-", ...rest] = positionals;
  if (rest.length > 0) throw new UsageError("only one FILE can be read at a time");
  if (values.label === undefined) throw new UsageError("which column is the label? Say --label COLUMN");
  if (values.out === undefined) throw new UsageError("where should the classifier go? Say --out FILE");
  if (values.none !== undefined && values.threshold) throw new UsageError("--none already chooses a threshold; leave --threshold out");
  const input = await openInput(file, choiceOf("--format", values.format, FORMATS));
  const text = textColumn(values.text, input);
  const label = given(values.label, "--label", input);
  for (const note of input.notes) process.stderr.write(`hearken: ${note}\n`);
  const examples: LearnExample[] = [];
  const lines: number[] = [];
  let skipped = 0;
  for await (const rows of input.rows) {
    for (const row of rows) {
      const said = valueAt(row.record, text);
      const wanted = valueAt(row.record, label);
      if (row.error || typeof said !== "string" || said.trim() === "" || typeof wanted !== "string" || wanted.trim() === "") {
        skipped += 1;
        continue;
      }
      examples.push({ text: said, label: wanted.trim() });
      lines.push(row.line);
    }
  }
  if (skipped > 0) process.stderr.write(`hearken: ${skipped} rows without text or label were left out\n`);
  const engine = await Engine.load();
  const progress = (share: number): void => {
    if (process.stderr.isTTY) process.stderr.write(`\r${Math.round(share * 100)} %${share === 1 ? "\n" : ""}`);
  };
  const classifier = engine.train(examples, { none: values.none ?? values.threshold ?? false, progress });
  const bytes = classifier.save();
  await writeFile(values.out, bytes).catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`--out ${values.out} cannot be written (${error.code ?? "unknown error"})`);
  });
  print(values.json ? `${JSON.stringify(classifier.quality)}\n` : report(classifier, lines, bytes.length));
  engine.free();
  return 0;
}

function report(classifier: Classifier, lines: readonly number[], bytes: number): string {
  const { info, duplicates, quality } = classifier;
  if (quality === null) return "";
  const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
  const how = quality.folds === 1 ? "one fifth held out" : `${quality.folds} folds`;
  const out = [
    `${info.summary.examples} examples, ${info.labels.length} labels${duplicates > 0 ? `, ${duplicates} repeats left out` : ""}; ${bytes} bytes`,
    `on examples it did not learn from (${how}): ${percent(quality.accuracy)} right, macro F1 ${percent(quality.macroF1)}`,
  ];
  if (quality.none) {
    const { threshold, kept, refused } = quality.none;
    out.push(`no label below a confidence of ${threshold.toFixed(2)}: ${percent(kept)} keep their own, ${percent(refused)} of the others get none`);
  }
  out.push("", `${padWidth("label", 32)}  examples  precision  recall     f1`);
  for (const { label, examples, precision, recall, f1 } of quality.labels) {
    const shares = [precision, recall, f1].map((share) => percent(share).padStart(8)).join(" ");
    out.push(`${padWidth(label, 32)}  ${String(examples).padStart(8)}  ${shares}`);
  }
  if (quality.confusions.length > 0) {
    out.push("", "taken for another:");
    for (const { label, predicted, count } of quality.confusions.slice(0, ROWS)) out.push(`  ${count} x ${label} as ${predicted}`);
  }
  if (quality.advice.length > 0) {
    out.push("", "what would help:");
    for (const advice of quality.advice) out.push(`  ${inWords(advice, lines)}`);
  }
  return `${out.join("\n")}\n`;
}

/** One piece of advice; never with the text of an example. */
function inWords(advice: TrainAdvice, lines: readonly number[]): string {
  switch (advice.kind) {
    case "labelMore": return `label ${advice.count} more texts as ${advice.label}`;
    case "alike": return `tell ${advice.labels.join(" and ")} apart by more examples, or join them (${advice.count} mixed up)`;
    case "conflict": return `lines ${advice.indexes.map((index) => lines[index]).join(" and ")} have one text and two labels`;
    case "check": return `check line ${lines[advice.index]}: ${advice.label}, or ${advice.suggested}?`;
  }
}

function print(text: string): number {
  process.stdout.write(text);
  return 0;
}
