// F1 of personal data by type, and rows a second, for hearken and its peers on the same rows in one run.
//
// node benches/peers/pii.mjs [--package hearken] [--presidio PYTHON] [--locales en-US,de] [--rounds 5] [--second]
// README.md beside this file says what to install and how rows are counted.

import { cpus } from "node:os";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { f1, rows } from "./rows.mjs";
import { hearken, presidio, redactPii, removePii } from "./tools.mjs";

const { values: given } = parseArgs({
  options: {
    package: { type: "string", default: "hearken" }, presidio: { type: "string" }, locales: { type: "string", default: "" }, rounds: { type: "string", default: "5" },
    second: { type: "boolean", default: false },
  },
});
/** Scores of Presidio from which a finding counts; each type takes the one that is best for it. */
const THRESHOLDS = [0, 0.3, 0.5];

const all = rows(given.second ? "second/" : "", given.locales.split(",").filter(Boolean));
const types = [...new Set(all.map((row) => row.type))];
const from = /[/\\]/.test(given.package) ? pathToFileURL(resolve(given.package)).href : given.package;
const tools = [await hearken(from, types), await redactPii(), await removePii()];
const server = given.presidio && presidio(given.presidio, all);

function scores(tool, some) {
  return new Map(types.map((type) => [type, f1(some.filter((row) => row.type === type).map(tool.judge))]));
}

/** The better of two scores, where `undefined` is none. */
const better = (a, b) => (a === undefined || (b !== undefined && b > a) ? b : a);

function table(title, some) {
  const columns = tools.map((tool) => [tool.name, scores(tool, some)]);
  if (server) {
    const best = THRESHOLDS.map((threshold) => scores(server.at(threshold), some));
    columns.push(["presidio", new Map(types.map((type) => [type, best.map((one) => one.get(type)).reduce(better)]))]);
  }
  console.log(`\n## ${title}, ${some.length} rows\n\n| F1 | ${columns.map(([name]) => name).join(" | ")} |\n|---|${columns.map(() => "--:|").join("")}`);
  for (const type of types) console.log(`| ${type} | ${columns.map(([, one]) => one.get(type)?.toFixed(1) ?? "-").join(" | ")} |`);
}

function rate(tool) {
  const rounds = Array.from({ length: Number(given.rounds) }, () => {
    const started = performance.now();
    for (const row of all) tool.run(row);
    return (1000 * all.length) / (performance.now() - started);
  });
  return rounds.sort((a, b) => a - b);
}

table("All locales", all);
for (const locale of new Set(all.map((row) => row.locale))) table(locale, all.filter((row) => row.locale === locale));

console.log(`\n## Speed, one thread, ${cpus()[0].model}, Node ${process.version}\n\n| | rows/s (median, lowest to highest) |\n|---|--:|`);
for (const tool of tools) {
  const rounds = rate(tool).map((value) => Math.round(value).toLocaleString("en"));
  console.log(`| ${tool.name} | ${rounds[Math.floor(rounds.length / 2)]} (${rounds[0]} to ${rounds.at(-1)}) |`);
}
if (server) console.log(`| presidio | ${Math.round(server.rate).toLocaleString("en")} |`);
