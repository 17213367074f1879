// Rows of results as JSON lines, CSV or a table.

import type { Args } from "./args.js";
import { csvFields, flat, payload, pick, title, type Result } from "./fields.js";
import { valueAt } from "./columns.js";
import { clipWidth, padWidth } from "./width.js";

/** Writes what comes before the first row, and each row. */
export interface Writer {
  head(): string;
  row(result: Result): string;
}

/** The writer that was asked for. `text` is the text column, `columns` those of the input. */
export function makeWriter(args: Args, fields: string[] | undefined, text: string, columns: string[]): Writer {
  if (args.out === "csv") return csvWriter(csvFields(args, fields), columns);
  if (args.out === "table") return tableWriter(args, text, fields);
  return jsonWriter(fields);
}

function jsonWriter(fields: string[] | undefined): Writer {
  return {
    head: () => "",
    row(result) {
      const { row, error, analysis, decision, due } = result;
      const whole = payload(result);
      const shown = whole && fields ? pick(whole, fields) : whole;
      const line: Record<string, unknown> = { index: row.index, record: row.record };
      if (error) line["error"] = error;
      else if (analysis) line["analysis"] = fields ? shown : analysis;
      else if (decision) {
        line["decision"] = fields ? shown : decision;
        if (!fields && due) line["due"] = due;
      }
      else Object.assign(line, shown);
      if (result.highlights) line["highlights"] = result.highlights;
      return `${JSON.stringify(line)}\n`;
    },
  };
}

const ERROR_FIELDS = ["code", "message", "field", "line"] as const;

function csvWriter(fields: readonly string[], columns: string[]): Writer {
  // A result never takes the name of a column of the input.
  const name = (field: string): string => (columns.includes(title(field)) ? `hearken.${title(field)}` : title(field));
  return {
    head: () => csvLine([...columns, ...fields.map(name), ...ERROR_FIELDS.map((field) => name(`error.${field}`))]),
    row(result) {
      const shown = payload(result) ?? {};
      return csvLine([
        ...columns.map((column) => (Object.hasOwn(result.row.record, column) ? flatRecord(result.row.record[column]) : "")),
        ...fields.map((field) => flat(valueAt(shown, field))),
        ...ERROR_FIELDS.map((field) => flat(result.error?.[field])),
      ]);
    },
  };
}

/** A value of the input: nested ones as JSON. */
function flatRecord(value: unknown): string {
  if (value === undefined || value === null) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** One line of CSV by RFC 4180, ending with LF. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(",")}\n`;
}

/**
 * A cell that spreadsheets take as text: one that starts with = + - @ tab or CR is prefixed by an
 * apostrophe, except for plain numbers, which are no formulas.
 */
export function csvCell(value: string): string {
  const formula = /^[=+\-@\t\r]/.test(value) && !/^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/.test(value);
  const safe = formula ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Width of the text in a table. */
const TEXT_WIDTH = 72;

type Cell = (result: Result) => string;

function tableWriter(args: Args, text: string, fields: string[] | undefined): Writer {
  const at = (path: string): Cell => (result) => flat(valueAt(payload(result) ?? {}, path));
  const score = (path: string): Cell => (result) => {
    const value = valueAt(payload(result) ?? {}, path);
    return typeof value === "number" ? value.toFixed(2) : "";
  };
  const written: Cell = ({ row }) => String(valueAt(row.record, text) ?? "");
  const usual: Record<string, [string, number, Cell][]> = {
    analyze: [
      ["sentiment", 9, at("sentiment.label")], ["score", 5, score("sentiment.score")], ["lang", 4, at("language.code")],
      ["disposition", 16, at("disposition")], ["intent", 17, at("intent.label")], ["acts", 18, at("acts")],
      ["emotions", 14, at("emotions")], ["pii", 8, at("pii")], ["text", TEXT_WIDTH, written],
    ],
    search: [
      ["sentiment", 9, at("sentiment.label")], ["lang", 4, at("language.code")], ["intent", 17, at("intent.label")],
      ["topics", 24, at("topics")], ["matched", 24, at("matched")], ["text", TEXT_WIDTH, written],
    ],
    redact: [["pii", 12, at("pii")], ["redacted", TEXT_WIDTH, at("redacted")]],
    triage: [
      ["action", 9, at("action")], ["prio", 4, at("priority")], ["queue", 14, at("queue")],
      ["sentiment", 9, at("analysis.sentiment.label")], ["redacted", TEXT_WIDTH, at("redacted")],
    ],
  };
  const chosen = fields?.map((field): [string, number, Cell] => [title(field), Math.max(12, title(field).length), at(field)]);
  const shown = chosen ?? usual[args.command] ?? [];
  const line = (index: string, cells: string[]): string => `${[index.padStart(6), ...cells].join("  ").trimEnd()}\n`;
  return {
    head: () => line("row", shown.map(([name, width]) => padWidth(name, width))),
    row(result) {
      const index = String(result.row.index);
      if (result.error) return line(index, [`error ${result.error.code}: ${clipWidth(result.error.message, TEXT_WIDTH)}`]);
      return line(index, shown.map(([, width, cell]) => padWidth(clipWidth(cell(result), width), width)));
    },
  };
}
