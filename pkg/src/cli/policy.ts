// `hearken policy`: lint, test, diff and thresholds.

import { readFile } from "node:fs/promises";
import type { Writable } from "node:stream";
import { Engine, HearkenError, type CompiledPolicy } from "../node.js";
import type { DecisionCosts, Judged, PolicyOutcome, Situation, ThresholdChoice } from "../types.js";
import { parseArgs, unknown, UsageError, type Args } from "./args.js";
import { clockFor, situationOf } from "./clock.js";
import { chooseColumns, given, valueAt } from "./columns.js";
import { openInput } from "./input.js";
import { ItemMaker, type Item } from "./items.js";
import { parts } from "./parts.js";
import { message } from "./work.js";

type Print = (stream: Writable, text: string) => Promise<number>;

const COMMANDS = ["lint", "test", "diff", "thresholds"] as const;

export const POLICY_HELP = `Usage: hearken policy lint POLICY...
       hearken policy test POLICY DATA --expect COLUMN [options]
       hearken policy diff BEFORE AFTER DATA [options]
       hearken policy thresholds DATA --expect COLUMN [--costs A,B,C,D] [options]

lint        what is odd about policies: rules that never decide, conditions that never hold, contradictory deadlines
test        decides about every row of DATA and compares the action with the one in COLUMN
diff        which rows of DATA the two policies treat differently, and why
thresholds  from which confidence to suggest and to automate each intent, from rows whose right intent is in COLUMN;
            costs of a wrong automated, missed automated, wrong suggested and missed suggested answer (20,1,2,1)

Options for DATA are those of hearken triage: --text, --rating, --scale, --channel, --lang, --question, --format, and for
test and diff --date, --calendar, --now.
Exit codes: 0 all well, 1 wrong usage, 2 findings, differing rows or rows that could not be read.
`;

/** Runs `hearken policy`. Gives the exit code. */
export async function policyCommand(argv: readonly string[], print: Print): Promise<number> {
  if (argv.includes("--help") || argv.includes("-h")) return print(process.stdout, POLICY_HELP);
  const [command, ...rest] = argv;
  const engine = await Engine.load();
  try {
    if (command === "lint") return await lint(engine, rest, print);
    if (command === "test") return await test(engine, rest, print);
    if (command === "diff") return await diff(engine, rest, print);
    if (command === "thresholds") return await thresholds(engine, rest, print);
  } finally {
    engine.free();
  }
  throw new UsageError(command === undefined ? `policy needs one of ${COMMANDS.join(", ")}` : unknown("policy", command, COMMANDS));
}

async function lint(engine: Engine, files: readonly string[], print: Print): Promise<number> {
  const option = files.find((word) => word.startsWith("-"));
  if (option !== undefined) throw new UsageError(`policy lint takes no ${option}`);
  if (files.length === 0) throw new UsageError("policy lint needs a FILE");
  let code = 0;
  for (const file of files) {
    const policy = await compile(engine, file);
    if (policy instanceof HearkenError) {
      code = 2;
      await print(process.stdout, `${file}: ${policy.message} (${policy.code})\n`);
      continue;
    }
    const findings = policy.lint();
    if (findings.length > 0) code = 2;
    const lines = findings.map(({ path, rule, fault, message }) => `${file}: ${path}: ${message} (rule ${rule}, ${fault})`);
    lines.push(`${file}: ${findings.length} findings`);
    policy.free();
    await print(process.stdout, `${lines.join("\n")}\n`);
  }
  return code;
}

/** Per expected action: how often it was expected, decided, and both. */
async function test(engine: Engine, words: readonly string[], print: Print): Promise<number> {
  const [{ expect }, others] = take(words, ["expect"]);
  const [file, ...data] = others;
  if (file === undefined || expect === undefined) throw new UsageError("policy test needs POLICY DATA --expect COLUMN");
  const policy = await usable(engine, file);
  const counts = new Map<string, { expected: number; decided: number; both: number }>();
  const count = (action: string): { expected: number; decided: number; both: number } => {
    const known = counts.get(action) ?? { expected: 0, decided: 0, both: 0 };
    counts.set(action, known);
    return known;
  };
  const lines: string[] = [];
  const failed = await eachRow(data, [expect], (item, [wanted = ""], situation) => {
    const decision = engine.triage(message(item), policy, situation && { situation });
    count(wanted).expected += 1;
    count(decision.action).decided += 1;
    if (decision.action === wanted) count(wanted).both += 1;
    else lines.push(`line ${item.row.line}: ${wanted} expected, ${decision.action} by rule ${decision.reasons[0]!.rule}`);
  });
  const f1 = ({ expected, decided, both }: { expected: number; decided: number; both: number }): number => (2 * both) / Math.max(1, expected + decided);
  const rows = [...counts].filter(([, { expected }]) => expected > 0).sort(([a], [b]) => (a < b ? -1 : 1));
  const total = rows.reduce((sum, [, { expected }]) => sum + expected, 0);
  const right = rows.reduce((sum, [, { both }]) => sum + both, 0);
  const macro = rows.reduce((sum, [, one]) => sum + f1(one), 0) / Math.max(1, rows.length);
  lines.push(`${"action".padEnd(12)}${"expected".padStart(10)}${"decided".padStart(10)}${"right".padStart(10)}${"F1".padStart(10)}`);
  for (const [action, one] of rows) {
    lines.push(action.padEnd(12) + [one.expected, one.decided, one.both, f1(one).toFixed(3)].map((cell) => String(cell).padStart(10)).join(""));
  }
  lines.push(`${right} of ${total} as expected; macro F1 ${macro.toFixed(3)}`);
  await print(process.stdout, `${lines.join("\n")}\n`);
  return failed > 0 || right < total ? 2 : 0;
}

async function diff(engine: Engine, words: readonly string[], print: Print): Promise<number> {
  const [before, after, ...data] = words;
  if (before === undefined || after === undefined || before.startsWith("-") || after.startsWith("-")) {
    throw new UsageError("policy diff needs BEFORE AFTER DATA");
  }
  const [one, other] = [await usable(engine, before), await usable(engine, after)];
  let rows = 0;
  let differing = 0;
  const failed = await eachRow(data, [], async (item, _, situation) => {
    rows += 1;
    const { before, after, changed } = engine.comparePolicies(message(item), one, other, situation && { situation });
    if (changed.length === 0) return;
    differing += 1;
    await print(process.stdout, `line ${item.row.line}: ${told(before)} -> ${told(after)} (${changed.join(", ")})\n`);
  });
  await print(process.stdout, `${differing} of ${rows} rows are treated differently\n`);
  return failed > 0 || differing > 0 ? 2 : 0;
}

function told({ rule, action, queue, priority, respondWithinMinutes, mode }: PolicyOutcome): string {
  const time = respondWithinMinutes === undefined ? "" : ` within ${respondWithinMinutes} min`;
  return `${action} in ${queue}, priority ${priority}${time}, ${mode} [${rule}]`;
}

async function thresholds(engine: Engine, words: readonly string[], print: Print): Promise<number> {
  const [{ expect, costs }, data] = take(words, ["expect", "costs"]);
  if (expect === undefined) throw new UsageError("policy thresholds needs --expect COLUMN, the column of the right intent");
  const prices = costsOf(costs ?? "20,1,2,1");
  const judged = new Map<string, Judged[]>();
  const failed = await eachRow(data, [expect], (item, [wanted = ""]) => {
    const options = { ...(item.lang !== undefined && { lang: item.lang }), ...(item.question !== undefined && { question: item.question }) };
    const { label, confidence } = engine.analyze(item.text ?? "", options).intent;
    const rows = judged.get(label) ?? [];
    rows.push({ confidence, correct: label === wanted });
    judged.set(label, rows);
  });
  const chosen = [...judged].sort(([a], [b]) => (a < b ? -1 : 1)).map(([label, rows]): [string, ThresholdChoice] => [label, engine.thresholds(rows, prices)]);
  const percent = (value: number | null): string => (value === null ? "-" : `${value.toFixed(1)} %`);
  const cells = ({ threshold, coverage, error, interval }: ThresholdChoice["suggest"]): string[] => {
    const range = interval === null ? "" : ` (${interval.map((bound) => bound.toFixed(1)).join(" to ")})`;
    return [threshold === null ? "never" : threshold.toFixed(3), percent(100 * coverage), percent(error) + range];
  };
  const header = ["intent", "rows", "suggest", "covers", "wrong", "automate", "covers", "wrong"];
  const table = chosen.map(([label, choice]) => [label, String(choice.n), ...cells(choice.suggest), ...cells(choice.automate)]);
  const widths = header.map((name, i) => Math.max(name.length, ...table.map((row) => row[i]!.length)));
  const line = (row: string[]): string => row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))).join("  ");
  // A label that is never worth it gets a threshold above every confidence.
  const bound = (threshold: number | null): number => threshold ?? 1;
  const intent = Object.fromEntries(chosen.map(([label, { suggest, automate }]) => [label, { suggest: bound(suggest.threshold), automate: bound(automate.threshold) }]));
  await print(process.stdout, `${[line(header), ...table.map(line)].join("\n")}\n\n${JSON.stringify({ thresholds: { intent } }, null, 2)}\n`);
  return failed > 0 ? 2 : 0;
}

function costsOf(written: string): DecisionCosts {
  const costs = written.split(",").map(Number);
  const [wrongAutomated, missedAutomated, wrongSuggested, missedSuggested] = costs;
  if (costs.length !== 4 || !costs.every((cost) => Number.isFinite(cost) && cost > 0)) {
    throw new UsageError("--costs needs four numbers above 0, as in 20,1,2,1");
  }
  return { wrongAutomated: wrongAutomated!, missedAutomated: missedAutomated!, wrongSuggested: wrongSuggested!, missedSuggested: missedSuggested! };
}

/** Options of this command taken out of its words. */
function take<N extends string>(words: readonly string[], names: readonly N[]): [Partial<Record<N, string>>, string[]] {
  const found: Partial<Record<N, string>> = {};
  const rest: string[] = [];
  for (let i = 0; i < words.length; i++) {
    const name = names.find((name) => words[i] === `--${name}`);
    if (name === undefined) rest.push(words[i]!);
    else if (words[i + 1] === undefined) throw new UsageError(`--${name} needs a value`);
    else found[name] = words[++i]!;
  }
  return [found, rest];
}

type Ready = Extract<Item, { error?: undefined }>;

type Work = (item: Ready, cells: string[], situation: Situation | undefined) => void | Promise<void>;

/** Hands over every row that can be read, with the texts in further columns and the situation. Gives how many could not be. */
async function eachRow(data: readonly string[], wanted: readonly string[], work: Work): Promise<number> {
  const args = parseArgs(["triage", ...data]) as Args;
  if (typeof args === "string") throw new UsageError("policy needs DATA");
  const input = await openInput(args.file, args.format);
  const columns = chooseColumns(args, input);
  const extra = wanted.map((name) => given(name, "--expect", input));
  const maker = new ItemMaker("triage", columns, args.question);
  const clock = await clockFor(args, columns.date !== undefined);
  let failed = 0;
  for await (const items of parts(input, maker)) {
    for (const item of items) {
      if (item.error) {
        failed += 1;
        process.stderr.write(`hearken: line ${item.error.line}: ${item.error.message} (${item.error.code})\n`);
        continue;
      }
      let situation: Situation | undefined;
      try {
        situation = clock && situationOf(clock.insight, clock, item.sentAt);
      } catch (error) {
        if (!(error instanceof HearkenError) || error.field !== "sentAt") throw error;
        failed += 1;
        process.stderr.write(`hearken: line ${item.row.line}: ${error.message} (${error.code})\n`);
        continue;
      }
      await work(item, extra.map((name) => String(valueAt(item.row.record, name) ?? "").trim()), situation);
    }
  }
  return failed;
}

async function compile(engine: Engine, file: string): Promise<CompiledPolicy | HearkenError> {
  const json = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`policy ${file} cannot be read (${error.code ?? "unknown error"})`);
  });
  try {
    return engine.policy(json);
  } catch (error) {
    if (error instanceof HearkenError) return error;
    throw error;
  }
}

/** The compiled policy. @throws UsageError saying what is wrong with it. */
export async function usable(engine: Engine, file: string): Promise<CompiledPolicy> {
  const policy = await compile(engine, file);
  if (policy instanceof HearkenError) throw new UsageError(`${file}: ${policy.message} (${policy.code})`);
  return policy;
}
