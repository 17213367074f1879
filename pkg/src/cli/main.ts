// The command: reads, works in parts, writes; says on standard error what was guessed and what failed.

import { createWriteStream } from "node:fs";
import { readFile, realpath } from "node:fs/promises";
import type { Writable } from "node:stream";
import { Engine, HearkenError, type CompiledPolicy } from "../node.js";
import { HELP, parseArgs, UsageError, type Args } from "./args.js";
import { chooseColumns } from "./columns.js";
import { chooseFields } from "./fields.js";
import { openInput, type Input, type Row, type RowError } from "./input.js";
import { ItemMaker, type Item } from "./items.js";
import { makeWriter } from "./output.js";
import { printReport, type Failures } from "./report.js";
import { addToThemes, search } from "./search.js";
import { LabelTally } from "./tally.js";
import { printThemes } from "./themes.js";
import { addToReport, work } from "./work.js";

/** Rows worked on at a time. */
const PART = 1_000;
/** How many failed rows are named on standard error; all are in the output. */
const NAMED = 5;

/** Runs the command line. Gives the exit code: 0 done, 1 wrong usage or unreadable input, 2 some rows failed. */
export async function main(argv: readonly string[]): Promise<number> {
  // The reader of a pipe went away (`| head`): nothing is left to do, and nothing went wrong.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 1));
  try {
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
  await refuseSameFile(args);
  const input = await openInput(args.file, args.format);
  const columns = chooseColumns(args, input);
  for (const note of input.notes) process.stderr.write(`hearken: ${note}\n`);
  const engine = await Engine.load();
  const policy = args.policy === undefined ? undefined : await loadPolicy(engine, args.policy);
  const query = args.query === undefined ? undefined : engine.query(args.query);
  const maker = new ItemMaker(args.command, columns, args.question);
  const out = args.output === undefined ? process.stdout : await openOutput(args.output);
  const failures = new FailureLog();
  if (args.command === "report") {
    const rollup = engine.rollup();
    const tally = new LabelTally();
    for await (const items of parts(input, maker)) {
      for (const error of addToReport(engine, rollup, tally, columns.text, items)) failures.add(error);
    }
    await write(out, printReport(rollup.report(), tally.counts(engine.info), failures.counts, args.out));
  } else if (args.command === "themes") {
    const themes = engine.themes();
    for await (const items of parts(input, maker)) {
      for (const error of addToThemes(engine, args, themes, columns.text, items)) failures.add(error);
    }
    const options = { topics: args.out === "taxonomy", ...(args.min !== undefined ? { minRows: args.min } : {}), ...(args.max !== undefined ? { maxThemes: args.max } : {}) };
    await write(out, printThemes(themes.report(options), args.out));
  } else if (query) {
    const writer = makeWriter(args, fields, columns.text, input.columns);
    await write(out, writer.head());
    let hits = 0;
    for await (const items of parts(input, maker)) {
      const { found, failed } = search(engine, args, query, columns.text, items);
      for (const error of failed) failures.add(error);
      hits += found.length;
      await write(out, found.map((result) => writer.row(result)).join(""));
    }
    process.stderr.write(`hearken: ${hits === 1 ? "1 row" : `${hits} rows`} found\n`);
  } else {
    const writer = makeWriter(args, fields, columns.text, input.columns);
    await write(out, writer.head());
    for await (const items of parts(input, maker)) {
      const results = work(engine, args, policy, columns.text, items);
      for (const { error } of results) if (error) failures.add(error);
      await write(out, results.map((result) => writer.row(result)).join(""));
    }
  }
  if (out !== process.stdout) await new Promise<void>((done, fail) => out.end((error?: Error | null) => (error ? fail(error) : done())));
  engine.free();
  if (maker.unknownChannels > 0) {
    process.stderr.write(`hearken: ${rowsHave(maker.unknownChannels)} a channel that is not known; counted as other\n`);
  }
  return failures.finish();
}

/** Items in parts of at most `PART`, with progress on a terminal. */
async function* parts(input: Input, maker: ItemMaker): AsyncGenerator<Item[]> {
  let part: Item[] = [];
  let done = 0;
  let shown = 0;
  const progress = process.stderr.isTTY === true;
  const tick = (): void => {
    done += part.length;
    part = [];
    if (!progress || performance.now() - shown < 200) return;
    shown = performance.now();
    process.stderr.write(`\r${done} rows`);
  };
  for await (const rows of input.rows as AsyncIterable<Row[]>) {
    for (const row of rows) {
      part.push(maker.make(row));
      if (part.length < PART) continue;
      yield part;
      tick();
    }
  }
  if (part.length > 0) {
    yield part;
    tick();
  }
  if (progress) process.stderr.write(`\r${done} rows\n`);
}

/** Counts failed rows by code, names the first few. Never shows their text. */
class FailureLog {
  readonly counts: Failures = {};
  #total = 0;
  readonly #named: string[] = [];

  add(error: RowError): void {
    this.#total += 1;
    this.counts[error.code] = (this.counts[error.code] ?? 0) + 1;
    if (this.#named.length < NAMED) this.#named.push(`  line ${error.line}: ${error.message} (${error.code})`);
  }

  /** Exit code 2 and a summary on standard error when any row failed. */
  finish(): number {
    if (this.#total === 0) return 0;
    const more = this.#total > NAMED ? `  and ${this.#total - NAMED} more\n` : "";
    process.stderr.write(`hearken: ${rowsHave(this.#total)} an error\n${this.#named.join("\n")}\n${more}`);
    return 2;
  }
}

function rowsHave(count: number): string {
  return count === 1 ? "1 row has" : `${count} rows have`;
}

async function loadPolicy(engine: Engine, file: string): Promise<CompiledPolicy> {
  const json = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`--policy ${file} cannot be read (${error.code ?? "unknown error"})`);
  });
  try {
    return engine.policy(json);
  } catch (error) {
    if (!(error instanceof HearkenError)) throw error;
    throw new UsageError(`--policy ${file}: ${error.message} (${error.code})`);
  }
}

/** Writing over the file that is being read would lose it. */
async function refuseSameFile({ file, output }: Args): Promise<void> {
  if (output === undefined || file === "-") return;
  const [from, to] = await Promise.all([file, output].map((path) => realpath(path).catch(() => undefined)));
  if (from !== undefined && from === to) throw new UsageError("--output is the input file; choose another name");
}

async function openOutput(file: string): Promise<Writable> {
  const stream = createWriteStream(file);
  await new Promise<void>((open, fail) => {
    stream.once("open", () => open());
    stream.once("error", (error: NodeJS.ErrnoException) => {
      fail(new UsageError(`--output ${file} cannot be written (${error.code ?? "unknown error"})`));
    });
  });
  return stream;
}

/** Writes and waits until the stream takes more: memory stays constant behind a slow reader. */
async function write(stream: Writable, text: string): Promise<void> {
  if (text === "" || stream.write(text)) return;
  await new Promise<void>((drained) => stream.once("drain", drained));
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
