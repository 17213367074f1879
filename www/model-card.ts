/** Builds models/CARD.md into a page of its own, so that the page can lead to it without a connection. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";
import { META_POLICY } from "./src/shared/csp.ts";

const CARD = fileURLToPath(new URL("../models/CARD.md", import.meta.url));

/** Writes `model-card.html` beside the page, with its styles and its policy. */
export const modelCard: Plugin = {
  name: "model-card",
  apply: "build",
  enforce: "post",
  generateBundle(_, bundle) {
    const styles = Object.keys(bundle).filter((name) => name.endsWith(".css"));
    this.emitFile({ type: "asset", fileName: "model-card.html", source: cardPage(readFileSync(CARD, "utf8"), styles) });
  },
};

function cardPage(markdown: string, styles: readonly string[]): string {
  return [
    "<!doctype html>", '<html lang="en">', "<head>", '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${META_POLICY}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">', '<meta name="color-scheme" content="light dark">',
    "<title>Model card · hearken</title>", '<link rel="icon" href="data:,">',
    ...styles.map((name) => `<link rel="stylesheet" href="./${name}">`),
    "</head>", "<body>", '<main class="document">', toHtml(markdown), "</main>", "</body>", "</html>", "",
  ].join("\n");
}

/** Markdown as the card uses it: headings, paragraphs, lists, tables, fenced code, and inline code, links, bold, emphasis. */
export function toHtml(markdown: string): string {
  const lines = markdown.split("\n");
  const out: string[] = [];
  let at = 0;
  /** Takes lines while they hold. */
  const take = (holds: (line: string) => boolean): string[] => {
    const from = at;
    while (at < lines.length && holds(lines[at] ?? "")) at++;
    return lines.slice(from, at);
  };
  while (at < lines.length) {
    const line = lines[at] ?? "";
    const heading = /^(#{1,6}) +(.*)$/.exec(line);
    if (line.trim() === "") at++;
    else if (heading !== null) {
      const level = heading[1]?.length ?? 1;
      out.push(`<h${level}>${inline(heading[2] ?? "")}</h${level}>`);
      at++;
    } else if (line.startsWith("```")) {
      at++;
      out.push(`<pre tabindex="0">${escape(take((next) => !next.startsWith("```")).join("\n"))}</pre>`);
      at++;
    } else if (line.startsWith("|")) out.push(table(take((next) => next.startsWith("|"))));
    else if (/^ *[-*] /.test(line)) {
      const items: string[] = [];
      for (const next of take((next) => next.trim() !== "" && !/^(#|\||```)/.test(next))) {
        if (/^ *[-*] /.test(next)) items.push(next.replace(/^ *[-*] /, ""));
        else items.push(`${items.pop() ?? ""} ${next.trim()}`);
      }
      out.push(`<ul>${items.map((item) => `<li>${inline(item)}</li>`).join("")}</ul>`);
    } else out.push(`<p>${inline(take((next) => next.trim() !== "" && !/^(#|\||```|[-*] )/.test(next)).join(" "))}</p>`);
  }
  return out.join("\n");
}

function table(lines: readonly string[]): string {
  const [head = [], rule = [], ...rows] = lines.map((line) => line.trim().replace(/^\||\|$/g, "").split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll("\\|", "|")));
  const look = (column: number): string => (/^-+:$/.test(rule[column] ?? "") ? ' class="number"' : "");
  const cells = (row: readonly string[], tag: string): string => `<tr>${row.map((cell, column) => `<${tag}${look(column)}>${inline(cell)}</${tag}>`).join("")}</tr>`;
  return `<div class="scroll" tabindex="0" role="region" aria-label="Table"><table class="plain"><thead>${cells(head, "th")}</thead><tbody>${rows.map((row) => cells(row, "td")).join("")}</tbody></table></div>`;
}

/** Code is kept as it is; links lead out only, since files of the repository are not on this page. */
function inline(text: string): string {
  return text.split(/(`[^`]+`)/).map((piece) => {
    if (/^`[^`]+`$/.test(piece)) return `<code>${escape(piece.slice(1, -1))}</code>`;
    return escape(piece)
      .replace(/\[([^\]]+)\]\((https?:[^)\s]+)\)/g, '<a href="$2" rel="noopener">$1</a>')
      .replace(/\[([^\]]+)\]\([^)]+\)/g, "$1")
      .replace(/\*\*([^*]+)\*\*/g, "<strong>$1</strong>")
      .replace(/(^|[\s(])[*_]([^*_\s][^*_]*)[*_](?=[\s).,;:]|$)/g, "$1<em>$2</em>");
  }).join("");
}

const escape = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
