/** Tells how a source is written: by its name first, then by its first lines. */
import { DelimitedParser } from "./delimited.ts";

/** How the rows of a source are written. `lines`: one comment a line. */
export type Format = "csv" | "semicolon" | "tsv" | "pipe" | "jsonl" | "lines";

/** The delimiter of each delimited format. */
export const DELIMITERS: Readonly<Partial<Record<Format, string>>> = {
  csv: ",",
  semicolon: ";",
  tsv: "\t",
  pipe: "|",
};

/** Rows looked at. */
const PROBE_ROWS = 30;

/**
 * The likely format. `head` is the beginning of the text (a few ten thousand characters are enough),
 * `name` the file's name or an empty string for pasted text.
 */
export function guessFormat(name: string, head: string): Format {
  const extension = /\.([a-z0-9]+)(?:\.gz)?$/i.exec(name)?.[1]?.toLowerCase() ?? "";
  if (extension === "jsonl" || extension === "ndjson") return "jsonl";
  if (extension === "tsv" || extension === "tab") return "tsv";
  if (extension !== "csv" && firstLineIsObject(head)) return "jsonl";
  let best: Format = extension === "csv" ? "csv" : "lines";
  let bestScore = 0;
  for (const format of ["csv", "semicolon", "tsv", "pipe"] as const) {
    const score = regularity(head, DELIMITERS[format] ?? ",", extension === "csv");
    if (score > bestScore) {
      bestScore = score;
      best = format;
    }
  }
  return best;
}

function firstLineIsObject(head: string): boolean {
  const line = head.trimStart().split(/[\r\n]/, 1)[0] ?? "";
  return line.startsWith("{") && isObject(line);
}

function isObject(line: string): boolean {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

/** 0 when the delimiter does not make columns; else how many cells share the width of the first row. */
function regularity(head: string, delimiter: string, isTable: boolean): number {
  const widths: number[] = [];
  const parser = new DelimitedParser(delimiter, (cells) => {
    if (widths.length < PROBE_ROWS) widths.push(cells.length);
  });
  parser.push(head);
  parser.end();
  const width = widths[0] ?? 0;
  if (width < 2) return 0;
  // The head may end inside a row, so that its last row says nothing.
  const whole = widths.length > 2 ? widths.slice(0, -1) : widths;
  const same = whole.filter((n) => n === width).length / whole.length;
  // Prose holds commas too: without a table's file name, nearly every row must have the same width.
  if (!isTable && (whole.length < 2 || same < 0.9)) return 0;
  return same >= 0.5 ? same * width : 0.1;
}

/** True when the first row looks like names of columns, not like data. */
export function guessHeader(first: readonly string[], second: readonly string[] | undefined): boolean {
  if (first.length === 0) return false;
  const names = first.map((cell) => cell.trim());
  if (names.every((name) => name === "")) return false;
  if (new Set(names).size < names.length && names.length > 1) return false;
  if (names.some((name) => name.length > 60 || /^[-+]?\d+([.,]\d+)?$/.test(name) || /[.!?。！？]$/u.test(name))) return false;
  if (names.length > 1) return true;
  // One column: a name is short, and shorter than the comment below it.
  return names[0] !== undefined && names[0].length <= 30 && names[0].length * 2 < (second?.[0]?.length ?? 0);
}
