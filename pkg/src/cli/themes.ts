// Themes as table, JSON, CSV or a taxonomy file.

import type { SentimentCounts, Theme, ThemeReport } from "../types.js";
import type { Out } from "./args.js";
import { csvLine } from "./output.js";
import { clipWidth, padWidth } from "./width.js";

/** The themes in the form that was asked for. */
export function printThemes(report: ThemeReport, out: Out): string {
  switch (out) {
    case "json": return `${JSON.stringify(report, null, 2)}\n`;
    case "jsonl": return report.themes.map((theme) => `${JSON.stringify(theme)}\n`).join("");
    case "csv": return csv(report);
    case "taxonomy": return `${JSON.stringify(taxonomy(report.themes), null, 2)}\n`;
    default: return table(report);
  }
}

/** A taxonomy file of all themes, to be named, trimmed and kept. */
function taxonomy(themes: Theme[]): object {
  return { version: 1, id: "themes", name: { en: "Themes found" }, topics: themes.map(({ topic }) => topic) };
}

function csv(report: ThemeReport): string {
  const head = ["theme", "language", "rows", "share", "negative", "neutral", "positive", "lift", "unexplained", "phrases", "examples"];
  const line = (theme: Theme): string[] => [
    theme.name, theme.language, String(theme.count), theme.share.toFixed(4), ...split(theme.sentiment).map(String),
    theme.lift.toFixed(2), theme.unexplained.toFixed(2), theme.phrases.map(({ text }) => text).join("|"), theme.examples.join("|"),
  ];
  return [head, ...report.themes.map(line)].map(csvLine).join("");
}

const split = ({ negative, neutral, positive }: SentimentCounts): number[] => [negative, neutral, positive];

/** Phrases that a line of the table names. */
const PHRASES = 4;

function table(report: ThemeReport): string {
  const few = report.error > 0 ? `; counts may be too low by ${report.error}` : "";
  const lines = [
    `${report.themes.length} themes in ${report.texts} of ${report.rows} texts${few}`,
    "",
    `${padWidth("theme", 28)}${"rows".padStart(7)}${"share".padStart(8)}${"neg".padStart(7)}${"neu".padStart(7)}${"pos".padStart(7)}  phrases (rows)`,
    ...report.themes.map((theme) => {
      const numbers = [String(theme.count).padStart(7), `${(theme.share * 100).toFixed(1)} %`.padStart(8), ...split(theme.sentiment).map((n) => String(n).padStart(7))];
      const phrases = theme.phrases.filter(({ text }) => text !== theme.name).slice(0, PHRASES).map(({ text, count }) => `${text} (${count})`);
      return `${padWidth(clipWidth(theme.name, 27), 28)}${numbers.join("")}  ${phrases.join(", ")}`.trimEnd();
    }),
  ];
  return `${lines.join("\n")}\n`;
}
