// hearken apply: labels every row with a classifier that `hearken train` wrote.

import { readFile } from "node:fs/promises";
import { NO_LABEL, type Classifier } from "../classifier.js";
import { Engine } from "../node.js";
import { FORMATS, OUTS, UsageError } from "./args.js";
import { textColumn, valueAt } from "./columns.js";
import { flat } from "./fields.js";
import { choiceOf, readFlags, VALUE } from "./flags.js";
import { openInput, type Row, type RowError } from "./input.js";
import { csvLine } from "./output.js";
import { close, openOutput, refuseSameFile, write } from "./stream.js";
import { clipWidth, padWidth } from "./width.js";

export const APPLY_HELP = `Usage: hearken apply CLASSIFIER [FILE|-] [options]

Labels every row of FILE with CLASSIFIER, a file of hearken train. A row that belongs to no label gets none.

  --text COLUMN           column of the text; guessed from common names
  --format csv|tsv|jsonl|lines
  --out jsonl|csv|table   jsonl
  --output FILE           instead of standard output
`;

const OPTIONS = { text: VALUE, format: VALUE, out: VALUE, output: VALUE };
/** Rows labelled at a time. */
const PART = 1_000;
const TEXT_WIDTH = 72;

/** One row with what the classifier says of it. */
interface Labelled {
  row: Row;
  text: string;
  error?: RowError;
  label: string | null;
  confidence: number | null;
}

/** Runs the command. Gives the exit code: 0 done, 2 some rows could not be read. */
export async function applyCommand(argv: readonly string[]): Promise<number> {
  const { values, positionals } = readFlags(argv, OPTIONS);
  if (values.help) {
    process.stdout.write(APPLY_HELP);
    return 0;
  }
  const [path, file = "-", ...rest] = positionals;
  if (path === undefined) throw new UsageError("a classifier is missing: hearken apply CLASSIFIER FILE");
  if (rest.length > 0) throw new UsageError("only one FILE can be read at a time");
  const kind = choiceOf("--out", values.out, OUTS) ?? "jsonl";
  const format = choiceOf("--format", values.format, FORMATS);
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`${path} cannot be read (${error.code ?? "unknown error"})`);
  });
  await refuseSameFile(file, values.output);
  const engine = await Engine.load();
  const classifier = engine.classifier(bytes);
  const input = await openInput(file, format);
  const column = textColumn(values.text, input);
  for (const note of input.notes) process.stderr.write(`hearken: ${note}\n`);
  const out = values.output === undefined ? process.stdout : await openOutput(values.output);
  if (kind === "csv") {
    const name = (title: string): string => (input.columns.includes(title) ? `hearken.${title}` : title);
    await write(out, csvLine([...input.columns, ...["label", "confidence", "error"].map(name)]));
  }
  let failed = 0;
  for await (const rows of parts(input.rows)) {
    const labelled = label(classifier, column, rows);
    failed += labelled.filter(({ error }) => error).length;
    await write(out, labelled.map((one) => line(kind, input.columns, one)).join(""));
  }
  await close(out);
  engine.free();
  if (failed > 0) process.stderr.write(`hearken: ${failed} rows have an error\n`);
  return failed > 0 ? 2 : 0;
}

async function* parts(rows: AsyncIterable<Row[]>): AsyncGenerator<Row[]> {
  let part: Row[] = [];
  for await (const some of rows) {
    for (const row of some) {
      part.push(row);
      if (part.length < PART) continue;
      yield part;
      part = [];
    }
  }
  if (part.length > 0) yield part;
}

function label(classifier: Classifier, column: string, rows: readonly Row[]): Labelled[] {
  const texts = rows.map((row) => (row.error ? undefined : valueAt(row.record, column)));
  const labels = classifier.predictBatch(texts.map((text) => (typeof text === "string" ? text : "")));
  return rows.map((row, at): Labelled => {
    const text = texts[at];
    if (row.error) return { row, text: "", error: row.error, label: null, confidence: null };
    if (typeof text !== "string") {
      const error = { code: "E_FIELD", message: `field ${column}: must be a string`, field: column, line: row.line } as const;
      return { row, text: "", error, label: null, confidence: null };
    }
    const number = labels.label[at]!;
    return { row, text, label: number === NO_LABEL ? null : classifier.info.labels[number]!, confidence: labels.confidence[at]! };
  });
}

function line(kind: (typeof OUTS)[number], columns: readonly string[], { row, text, error, label, confidence }: Labelled): string {
  if (kind === "jsonl") {
    return `${JSON.stringify({ index: row.index, record: row.record, ...(error ? { error } : { label, confidence }) })}\n`;
  }
  if (kind === "csv") {
    const cells = columns.map((key) => flat(row.record[key]));
    return csvLine([...cells, label ?? "", confidence?.toFixed(4) ?? "", error?.code ?? ""]);
  }
  const shown = [padWidth(error?.code ?? label ?? "-", 24), confidence?.toFixed(2) ?? "    ", clipWidth(text, TEXT_WIDTH)];
  return `${[String(row.index).padStart(6), ...shown].join("  ")}\n`;
}
