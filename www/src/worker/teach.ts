/** The person's own labels: gathers examples, trains, labels every row. */
import { NO_LABEL as NONE } from "hearken/inline";
import type { Classifier, LearnExample, TrainAdvice } from "hearken";
import { guessChoice, labelColumn } from "../shared/guess.ts";
import { NO_RESULT } from "../shared/problems.ts";
import type { Taught, TeachWish } from "../shared/protocol.ts";
import type { Study } from "./analyse.ts";
import { UserError, type Job } from "./job.ts";
import { readFile } from "./read.ts";

/** Rows labelled in one slice. */
const SLICE = 500;
/** Rows that guesses look at. */
const GUESS_ROWS = 200;
/** Largest classifier file that is read, in bytes. */
const MAX_FILE = 32 * 1024 * 1024;

/** A classifier and what it says of each row of the study. */
export interface Own {
  classifier: Classifier;
  /** Number of the label; the package's `NO_LABEL` for none. */
  label: Uint16Array;
  confidence: Float32Array;
}

/** Where an example stands: a row of the study, or a row of the file with labels. */
type Place = { row: number } | { line: number };

/** Trains on what was picked, on a column and on a file, whichever there are. */
export async function teach(study: Study, wish: TeachWish, job: Job): Promise<Taught> {
  const examples: LearnExample[] = [];
  const places: Place[] = [];
  const add = (text: string, label: string, place: Place): void => {
    if (text.trim() === "" || label.trim() === "") return;
    examples.push({ text, label: label.trim() });
    places.push(place);
  };
  const picked = new Set(wish.picked.map(([row]) => row));
  for (const [row, label] of wish.picked) add(study.text(row), label, { row });
  if (wish.column !== null) {
    // A label picked by hand takes the place of the column's.
    for (let row = 0; row < study.results.rows; row++) {
      if (!picked.has(row)) add(study.text(row), study.table.cell(row, wish.column), { row });
    }
  }
  if (wish.file !== null) {
    const { table } = await readFile(wish.file, {}, job);
    const head = table.rows.slice(0, GUESS_ROWS);
    const text = guessChoice(table.header, head).text;
    const label = labelColumn(table.header, head, text);
    if (label === null) throw new UserError("NO_LABELS", "The file has no column that looks like labels. It needs one column of texts and one of labels.");
    table.rows.forEach((_, line) => add(table.cell(line, text), table.cell(line, label), { line }));
  }
  const labels = new Set(examples.map(({ label }) => label)).size;
  if (labels < 2) throw new UserError("FEW_LABELS", "Examples of at least two labels are needed.");
  const classifier = study.engine.train(examples, { none: wish.unsure, progress: (share) => job.tell("teach", Math.round(share * 100), 100) });
  return take(study, classifier, places, job);
}

/** Reads a classifier that was saved, and labels every row with it. */
export async function loadClassifier(study: Study, file: File, job: Job): Promise<Taught> {
  if (file.size > MAX_FILE) throw new UserError("NO_CLASSIFIER", "The file is too large for a classifier.");
  return take(study, study.engine.classifier(new Uint8Array(await file.arrayBuffer())), [], job);
}

/** The file of the classifier that is in use. */
export function saveClassifier(study: Study): Blob {
  if (study.own === undefined) throw new UserError("ORDER", "There is nothing to save yet. Train first.");
  return new Blob([study.own.classifier.save() as Uint8Array<ArrayBuffer>], { type: "application/octet-stream" });
}

/** The first rows that have a label, `null` for none, the surest first. */
export function ownRows(study: Study, label: string | null, most: number): Uint32Array {
  const { own } = study;
  if (own === undefined) return new Uint32Array();
  const wanted = label === null ? NONE : own.classifier.info.labels.indexOf(label);
  const rows = [...own.label.keys()].filter((row) => own.label[row] === wanted && labelled(study, row));
  rows.sort((a, b) => own.confidence[b]! - own.confidence[a]! || a - b);
  return Uint32Array.from(rows.slice(0, most));
}

/** The own label of a row and its confidence; `undefined` where it has none. */
export function ownLabel(study: Study, row: number): { label: string; confidence: number } | undefined {
  const { own } = study;
  const label = own?.classifier.info.labels[own.label[row] ?? NONE];
  return own === undefined || label === undefined || !labelled(study, row) ? undefined : { label, confidence: own.confidence[row] ?? 0 };
}

/** Lets go of the classifier of a study that is no longer shown. */
export function forget(study: Study | undefined): void {
  study?.own?.classifier.free();
  if (study !== undefined) study.own = undefined;
}

const labelled = (study: Study, row: number): boolean => ((study.results.problems[row] ?? 0) & NO_RESULT) === 0 && study.text(row).trim() !== "";

async function take(study: Study, classifier: Classifier, places: readonly Place[], job: Job): Promise<Taught> {
  const { rows } = study.results;
  const own: Own = { classifier, label: new Uint16Array(rows), confidence: new Float32Array(rows) };
  try {
    for (let from = 0; from < rows; from += SLICE) {
      const texts = Array.from({ length: Math.min(SLICE, rows - from) }, (_, at) => study.text(from + at));
      const { label, confidence } = classifier.predictBatch(texts);
      own.label.set(label, from);
      own.confidence.set(confidence, from);
      await job.step("label", Math.min(from + SLICE, rows), rows);
    }
  } catch (error) {
    classifier.free();
    throw error;
  }
  forget(study);
  study.own = own;
  const { info, quality } = classifier;
  const counts = info.labels.map(() => 0);
  let without = 0;
  for (let row = 0; row < rows; row++) {
    if (!labelled(study, row)) continue;
    const label = own.label[row]!;
    if (label === NONE) without += 1;
    else counts[label]! += 1;
  }
  return { info, quality, counts, without, advice: (quality?.advice ?? []).map((advice) => inWords(advice, places)) };
}

/** Advice for the person; never with the text of a comment. */
function inWords(advice: TrainAdvice, places: readonly Place[]): Taught["advice"][number] {
  const at = (index: number): Place | undefined => places[index];
  const row = (place: Place | undefined): number | null => (place !== undefined && "row" in place ? place.row : null);
  const name = (place: Place | undefined): string => {
    if (place === undefined) return "an example";
    return "row" in place ? `row ${place.row + 1}` : `row ${place.line + 1} of the file with labels`;
  };
  switch (advice.kind) {
    case "labelMore": return { text: `Label ${advice.count} more as “${advice.label}”.`, row: null };
    case "alike": return { text: `“${advice.labels[0]}” and “${advice.labels[1]}” are taken for each other (${advice.count} times): give more examples, or join them.`, row: null };
    case "conflict": return { text: `One text has two labels: ${advice.indexes.map((index) => name(at(index))).join(" and ")}.`, row: row(at(advice.indexes[0])) };
    case "check": return { text: `Check ${name(at(advice.index))}: is it “${advice.label}”, or “${advice.suggested}”?`, row: row(at(advice.index)) };
  }
}
