// The authored rows of personal data, and how a tool's findings on them are counted.

import { readFileSync, readdirSync } from "node:fs";

const SETS = new URL("../../tests/privacy/sets/", import.meta.url);

/** All rows of the set in `folder` ("" or "second/"): locale, type, kind, the text without marks and, in positive rows, the span of the value. */
export function rows(folder, locales) {
  const set = new URL(folder, SETS);
  const files = readdirSync(set).filter((file) => file.endsWith(".tsv") && (locales.length === 0 || locales.includes(file.replace(".tsv", ""))));
  return files.sort().flatMap((file) =>
    readFileSync(new URL(file, set), "utf8").trimEnd().split("\n").slice(1).map((line) => {
      const [, type, kind, marked] = line.split("\t");
      const text = marked.replace("⟦", "").replace("⟧", "");
      const start = marked.indexOf("⟦");
      return { locale: file.replace(".tsv", ""), type, kind, text, span: start < 0 ? undefined : [start, marked.indexOf("⟧") - 1] };
    }),
  );
}

const plain = (char) => /[\p{L}\p{N}]/u.test(char);

/** Findings of a tool that tells spans: `[{ type, start, end, score }]`. */
export function fromSpans(row, found) {
  const typed = found.filter((one) => one.type === row.type);
  if (!row.span) return { alarms: typed.length > 0 ? 1 : 0 };
  const [start, end] = row.span;
  const touching = typed.filter((one) => one.start < end && one.end > start);
  // A Spanish licence bears the number of the DNI.
  const same = row.locale === "es" && row.type === "driving_licence" && found.some((one) => one.type === "national_id" && one.start < end && one.end > start);
  let covered = touching.length > 0 || same;
  for (let i = start; i < end && covered; i++) covered = !plain(row.text[i]) || found.some((one) => one.start <= i && i < one.end);
  return { hit: covered, alarms: typed.length - touching.length };
}

/** Findings of a tool that only writes a new text, with a label for each type. */
export function fromOutput(row, output, label) {
  const count = (text) => text.split(label).length;
  const labelled = count(output) > count(row.text);
  if (!row.span) return { alarms: labelled ? 1 : 0 };
  return { hit: labelled && !output.includes(row.text.slice(...row.span)), alarms: 0 };
}

/** F1 in per cent of counted rows; undefined where the tool never says the type. */
export function f1(counted) {
  const hits = counted.filter((one) => one.hit).length;
  const missed = counted.filter((one) => one.hit === false).length;
  const alarms = counted.reduce((sum, one) => sum + one.alarms, 0);
  return hits + alarms === 0 ? undefined : (200 * hits) / (2 * hits + missed + alarms);
}
