// The command: reads, works in parts, writes; says on standard error what was guessed and what failed.

import { readFile } from "node:fs/promises";
import type { Writable } from "node:stream";
import { Insight, zoneOffsets } from "../insight/node.js";
import { fromLabelStudio, HearkenError } from "../node.js";
import type { PeriodOptions } from "../types.js";
import { applyCommand } from "./apply.js";
import { HELP, parseArgs, UsageError, type Args } from "./args.js";
import { casesCommand } from "./cases.js";
import { clockFor } from "./clock.js";
import { chooseColumns } from "./columns.js";
import { Failures, rowsHave } from "./failures.js";
import { chooseFields } from "./fields.js";
import { openInput } from "./input.js";
import { ItemMaker } from "./items.js";
import { makeWriter } from "./output.js";
import { parts } from "./parts.js";
import { pauseCommand } from "./pause.js";
import { policyCommand } from "./policy.js";
import { Redacting } from "./redact.js";
import { repliesCommand } from "./replies.js";
import { printReport } from "./report.js";
import { returnsCommand } from "./returns.js";
import { addToThemes, search } from "./search.js";
import { close, openOutput, refuseSameFile, write } from "./stream.js";
import { LabelTally } from "./tally.js";
import { loadEngine, taxonomyCommand } from "./taxonomy.js";
import { printThemes } from "./themes.js";
import { trainCommand } from "./train.js";
import { addToReport, work, type Given } from "./work.js";

/** Runs the command line. Gives the exit code: 0 done, 1 wrong usage or unreadable input, 2 some rows failed. */
export async function main(argv: readonly string[]): Promise<number> {
  // The reader of a pipe went away (`| head`): nothing is left to do, and nothing went wrong.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 1));
  try {
    const [command, ...rest] = argv;
    if (command === "train") return await trainCommand(rest);
    if (command === "apply") return await applyCommand(rest);
    if (command === "cases") return await casesCommand(rest);
    if (command === "replies") return await repliesCommand(rest);
    if (command === "pause") return await pauseCommand(rest);
    if (command === "returns") return await returnsCommand(rest);
    if (command === "policy") return await policyCommand(rest, print);
    if (command === "taxonomy" && !rest.includes("--help") && !rest.includes("-h")) return await taxonomyCommand(rest, print);
    const args = parseArgs(argv);
    if (args === "help") return await print(process.stdout, HELP);
    if (args === "version") return await print(process.stdout, `${await version()}\n`);
    return await run(args);
  } catch (error) {
    if (error instanceof UsageError) return complain(`${error.message}\nhearken --help shows the options.`);
    if (error instanceof HearkenError) return complain(`${error.message} (${error.code})`);
    const { code } = error as NodeJS.ErrnoException;
    if (typeof code === "string") return complain(`input or output failed (${code})`);
    throw error;
  }
}

async function run(args: Args): Promise<number> {
  const fields = chooseFields(args);
  await refuseSameFile(args.file, args.output);
  const input = await openInput(args.file, args.format);
  const columns = chooseColumns(args, input);
  for (const note of input.notes) process.stderr.write(`hearken: ${note}\n`);
  const engine = await loadEngine(args.taxonomy);
  const given: Given = {};
  if (args.policy !== undefined) given.policy = await fromFile("policy", args.policy, (json) => engine.policy(json));
  if (args.corrections !== undefined) {
    given.corrections = await fromFile("corrections", args.corrections, (json) => engine.correct(fromLabelStudio(parseJson(json))));
  }
  const clock = args.command === "triage" ? await clockFor(args, columns.date !== undefined) : undefined;
  if (clock) given.clock = clock;
  const query = args.query === undefined ? undefined : engine.query(args.query, { topics: engine.topics.map(({ label }) => label) });
  const redacting = args.command === "redact" ? await Redacting.open(engine, args) : undefined;
  if (redacting) given.redacting = redacting;
  const maker = new ItemMaker(args.command, columns, args.question);
  const out = args.output === undefined ? process.stdout : await openOutput(args.output);
  const failures = new Failures();
  if (args.command === "report") {
    const rollup = (await Insight.load()).rollup({
      keys: (columns.by ?? []).map(({ key }) => key),
      periods: columns.date === undefined ? [] : [period(args)],
    });
    const tally = new LabelTally();
    for await (const items of parts(input, maker)) {
      for (const error of addToReport(engine, given, rollup, tally, columns.text, items)) failures.add(error);
    }
    await write(out, printReport(rollup, tally.counts(engine.info), failures.counts, args));
  } else if (args.command === "themes") {
    const themes = engine.themes();
    for await (const items of parts(input, maker)) {
      for (const error of addToThemes(engine, themes, columns.text, items)) failures.add(error);
    }
    const options = { topics: args.out === "taxonomy", explained: args.explained === true, ...(args.min !== undefined ? { minRows: args.min } : {}), ...(args.max !== undefined ? { maxThemes: args.max } : {}) };
    await write(out, printThemes(themes.report(options), args.out));
  } else if (query) {
    const writer = makeWriter(args, fields, columns.text, input.columns);
    await write(out, writer.head());
    let hits = 0;
    for await (const items of parts(input, maker)) {
      const { found, failed } = search(engine, args, given, query, columns.text, items);
      for (const error of failed) failures.add(error);
      hits += found.length;
      await write(out, found.map((result) => writer.row(result)).join(""));
    }
    process.stderr.write(`hearken: ${hits === 1 ? "1 row" : `${hits} rows`} found\n`);
  } else {
    const writer = makeWriter(args, fields, columns.text, input.columns);
    await write(out, writer.head());
    for await (const items of parts(input, maker)) {
      const results = work(engine, args, given, columns.text, items);
      for (const { error } of results) if (error) failures.add(error);
      await write(out, results.map((result) => writer.row(result)).join(""));
    }
    if (redacting) process.stderr.write(await redacting.finish());
  }
  await close(out);
  engine.free();
  if (maker.unknownChannels > 0) {
    process.stderr.write(`hearken: ${rowsHave(maker.unknownChannels)} a channel that is not known; counted as other\n`);
  }
  return failures.finish();
}

/** The periods of a report. @throws UsageError for a time zone that is none. */
function period({ every = "week", timeZone }: Args): PeriodOptions {
  if (timeZone === undefined) return { unit: every };
  try {
    zoneOffsets(timeZone);
  } catch (error) {
    if (!(error instanceof HearkenError)) throw error;
    throw new UsageError(`--time-zone ${timeZone}: must be a name of the IANA time zones, as in Europe/Warsaw or Asia/Seoul`);
  }
  return { unit: every, zone: timeZone };
}

/** What `make` makes of the file of an option. @throws UsageError naming the option and the file. */
async function fromFile<T>(option: string, file: string, make: (json: string) => T): Promise<T> {
  const json = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`--${option} ${file} cannot be read (${error.code ?? "unknown error"})`);
  });
  try {
    return make(json);
  } catch (error) {
    if (!(error instanceof HearkenError)) throw error;
    throw new UsageError(`--${option} ${file}: ${error.message} (${error.code})`);
  }
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    // The engine's message of JSON.parse repeats words of the file.
    throw new HearkenError("E_JSON", "the file is not valid JSON");
  }
}

async function print(stream: Writable, text: string): Promise<number> {
  await write(stream, text);
  return 0;
}

function complain(message: string): number {
  // An input that is still open would keep the process alive.
  process.stdin.destroy();
  process.stderr.write(`hearken: ${message}\n`);
  return 1;
}

async function version(): Promise<string> {
  const file = new URL("../../package.json", import.meta.url);
  return (JSON.parse(await readFile(file, "utf8")) as { version: string }).version;
}
