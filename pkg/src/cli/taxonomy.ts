// `hearken taxonomy`: lint, test and coverage of taxonomy files.

import { readFile } from "node:fs/promises";
import type { Writable } from "node:stream";
import { Engine, HearkenError, type CompiledTaxonomy } from "../node.js";
import type { SentimentLabel, TopicInfo } from "../types.js";
import { parseArgs, unknown, UsageError, type Args } from "./args.js";
import { chooseColumns } from "./columns.js";
import { openInput } from "./input.js";
import { ItemMaker } from "./items.js";
import { parts } from "./parts.js";

type Print = (stream: Writable, text: string) => Promise<number>;

const COMMANDS = ["lint", "test", "coverage"] as const;

/** Runs `hearken taxonomy`. Gives the exit code: 0 all well, 1 wrong usage, 2 a taxonomy has errors. */
export async function taxonomyCommand(argv: readonly string[], print: Print): Promise<number> {
  const [command, ...rest] = argv;
  if (command === "coverage") return coverage(rest, print);
  if (command !== "lint" && command !== "test") {
    throw new UsageError(command === undefined ? `taxonomy needs one of ${COMMANDS.join(", ")}` : unknown("taxonomy", command, COMMANDS));
  }
  const option = rest.find((word) => word.startsWith("-"));
  if (option !== undefined) throw new UsageError(`taxonomy ${command} takes no ${option}`);
  if (rest.length === 0) throw new UsageError(`taxonomy ${command} needs a FILE`);
  const engine = await Engine.load();
  let code = 0;
  for (const file of rest) {
    const { text, failed } = command === "lint" ? await lint(engine, file) : await test(engine, file);
    if (failed) code = 2;
    await print(process.stdout, text);
  }
  engine.free();
  return code;
}

interface Outcome {
  text: string;
  failed: boolean;
}

/** Every finding on a line: file, place, how grave, what. */
async function lint(engine: Engine, file: string): Promise<Outcome> {
  const taxonomy = await compile(engine, file);
  if (!("lint" in taxonomy)) return { text: `${file}: ${taxonomy.message} (${taxonomy.code})\n`, failed: true };
  const findings = taxonomy.lint();
  const lines = findings.map(({ severity, code, path, other, message }) => {
    return `${file}: ${path}: ${severity}: ${message}${other === undefined ? "" : `, see ${other}`} (${code})`;
  });
  const count = (severity: string): number => findings.filter((finding) => finding.severity === severity).length;
  const kilobytes = Math.ceil(taxonomy.memoryBytes / 1024);
  lines.push(
    `${file}: ${taxonomy.topics.length} topics, ${taxonomy.phrases} phrases, ${kilobytes} KB in memory; ` +
    `${count("error")} errors, ${count("warning")} warnings, ${count("note")} notes`,
  );
  taxonomy.free();
  return { text: `${lines.join("\n")}\n`, failed: count("error") > 0 };
}

/** Every example that failed on a line, and how many passed. */
async function test(engine: Engine, file: string): Promise<Outcome> {
  const taxonomy = await compile(engine, file);
  if (!("test" in taxonomy)) return { text: `${file}: ${taxonomy.message} (${taxonomy.code})\n`, failed: true };
  const { examples, passed, failed } = taxonomy.test();
  const lines = failed.map(({ path, topic, lang, expected, found }) => {
    const want = expected ? `must be about ${topic}` : `must not be about ${topic}`;
    return `${file}: ${path}: ${want} (${lang}); found ${found.join(", ") || "nothing"}`;
  });
  lines.push(`${file}: ${passed} of ${examples} examples passed`);
  taxonomy.free();
  return { text: `${lines.join("\n")}\n`, failed: failed.length > 0 };
}

/** The compiled taxonomy, or why it cannot be used. */
async function compile(engine: Engine, file: string): Promise<CompiledTaxonomy | HearkenError> {
  const json = await read(file);
  try {
    return engine.taxonomy(json);
  } catch (error) {
    if (error instanceof HearkenError) return error;
    throw error;
  }
}

async function read(file: string): Promise<string> {
  return readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`taxonomy ${file} cannot be read (${error.code ?? "unknown error"})`);
  });
}

/** An engine with the taxonomy in `file`, or the general one. @throws UsageError saying what is wrong with it. */
export async function loadEngine(file: string | undefined): Promise<Engine> {
  if (file === undefined) return Engine.load();
  const taxonomy = await read(file);
  try {
    return await Engine.load({ taxonomy });
  } catch (error) {
    if (!(error instanceof HearkenError)) throw error;
    throw new UsageError(`--taxonomy ${file}: ${error.message} (${error.code})`);
  }
}

/** What the rows say of one topic. */
type Tally = Record<SentimentLabel, number>;

/** Counts the topics of each taxonomy in the rows of the data, the commonest first. */
async function coverage(words: readonly string[], print: Print): Promise<number> {
  const files = words.filter((word, i) => !word.startsWith("-") && word.endsWith(".json") && !words[i - 1]?.startsWith("--"));
  const args = parseArgs(["analyze", ...words.filter((word) => !files.includes(word))]);
  if (args === "help" || args === "version") throw new UsageError("taxonomy coverage needs DATA");
  // The data is read anew for each taxonomy: it need not fit into memory.
  if (args.file === "-" && files.length > 1) throw new UsageError("standard input can be read by one taxonomy only; name the data file");
  for (const file of files.length > 0 ? files : [undefined]) {
    const engine = await loadEngine(file);
    await print(process.stdout, await cover(engine, args, file ?? "general"));
    engine.free();
  }
  return 0;
}

async function cover(engine: Engine, args: Args, name: string): Promise<string> {
  const input = await openInput(args.file, args.format);
  const columns = chooseColumns(args, input);
  const maker = new ItemMaker(args.command, columns, args.question);
  const tallies = new Map<string, Tally>();
  let texts = 0;
  let covered = 0;
  for await (const items of parts(input, maker)) {
    const known = items.flatMap((item) => (item.error || item.text === undefined ? [] : [item.text]));
    for (const { analysis } of engine.analyzeBatch(known, { pii: false })) {
      if (!analysis?.meaningful) continue;
      texts += 1;
      if (analysis.topics.length > 0) covered += 1;
      for (const { label, sentiment } of analysis.topics) {
        const tally = tallies.get(label) ?? { negative: 0, neutral: 0, positive: 0 };
        tally[sentiment.label] += 1;
        tallies.set(label, tally);
      }
    }
  }
  const share = (count: number): string => (texts === 0 ? "-" : `${((100 * count) / texts).toFixed(1)} %`);
  const total = (tally: Tally): number => tally.negative + tally.neutral + tally.positive;
  const rows = [...tallies].sort(([, a], [, b]) => total(b) - total(a));
  const silent = engine.topics.filter((topic: TopicInfo) => !tallies.has(topic.label)).map(({ label }) => label);
  const width = Math.max(5, ...rows.map(([label]) => label.length));
  const line = (...cells: (string | number)[]): string =>
    cells.map((cell, i) => (i === 0 ? String(cell).padEnd(width) : String(cell).padStart(10))).join("");
  return [
    `${name}: ${covered} of ${texts} meaningful texts have a topic (${share(covered)})`,
    line("topic", "texts", "share", "negative", "neutral", "positive"),
    ...rows.map(([label, tally]) => line(label, total(tally), share(total(tally)), tally.negative, tally.neutral, tally.positive)),
    ...(silent.length > 0 ? [`never found: ${silent.join(", ")}`] : []),
    "",
  ].join("\n");
}
