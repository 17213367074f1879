// `hearken pause`: stop publishing, by hand or as alerts recommend, with a history in a file.

import { HearkenError, Insight } from "../insight/node.js";
import type { Outbound, OutboundKind, Pause, PauseAlert, PauseReport, PauseScope } from "../types.js";
import { unknown, UsageError } from "./args.js";
import { nowOf, timeOf } from "./clock.js";
import { commas, listOf, openTable, shownTime, textOf, wrongCell, type Entry } from "./desk.js";
import { Failures } from "./failures.js";
import { FLAG, readFlags, VALUE } from "./flags.js";
import { checkHistory, readHistory, writeHistory } from "./history.js";

const COMMANDS = ["recommend", "plan", "resume", "check", "history"] as const;

export const PAUSE_HELP = `Usage: hearken pause recommend ALERTS --history FILE [--accept]
       hearken pause plan ID --reason TEXT --history FILE [scope and times]
       hearken pause resume ID --history FILE
       hearken pause check ITEMS --history FILE
       hearken pause history --history FILE

recommend  which pauses the alerts call for; --accept enters them into the history, a person's decision
plan       enters a pause into the history: at once, or for later
resume     ends a pause now
check      which items may go out: a line for each that is held, with its pauses and when they end
history    what happened and what is planned

  --history FILE          JSON that this command keeps; made by plan and recommend --accept where it is missing
  --from TIME, --until TIME   of plan (from now, without an end)
  --kinds post,advert,campaign,survey,reply   what is paused; all but replies where nothing is said
  --channels, --brands, --markets, --campaigns A,B   where it is paused; everywhere where nothing is said
  --now TIME              default the clock
  --json                  the result as JSON

ALERTS has rows of id, kind (sensitive_event, safety, burst, outage, takeover, link or another), level (watch, warning,
critical), at, and channels, brands, markets parted by |. ITEMS has rows of id, kind, channel, source, brand, market,
campaign, publishAt. Both are CSV, TSV or JSON lines.
Exit codes: 0 done, 1 wrong usage or unreadable file, 2 some items are held or some rows could not be read.
`;

const OPTIONS = {
  history: VALUE, reason: VALUE, from: VALUE, until: VALUE, kinds: VALUE, channels: VALUE, brands: VALUE, markets: VALUE, campaigns: VALUE,
  now: VALUE, format: VALUE, accept: FLAG, json: FLAG,
};
const KINDS: readonly OutboundKind[] = ["post", "advert", "campaign", "survey", "reply"];
const SCOPE = ["channels", "brands", "markets", "campaigns"] as const;

/** All that one call works on. */
interface Call {
  insight: Insight;
  file: string;
  now: number;
  json: boolean;
}

/** Runs the command. Gives the exit code. */
export async function pauseCommand(argv: readonly string[]): Promise<number> {
  const { values, positionals } = readFlags(argv, OPTIONS);
  if (values.help) {
    process.stdout.write(PAUSE_HELP);
    return 0;
  }
  const [command, operand, ...rest] = positionals;
  if (!(COMMANDS as readonly (string | undefined)[]).includes(command)) {
    throw new UsageError(command === undefined ? `pause needs one of ${COMMANDS.join(", ")}` : unknown("pause", command, COMMANDS));
  }
  if (rest.length > 0 || (command === "history" && operand !== undefined)) throw new UsageError(`pause ${command} takes ${command === "history" ? "no" : "one"} operand`);
  if (values.history === undefined) throw new UsageError("--history FILE is missing: the pauses are kept there");
  const insight = await Insight.load();
  const call: Call = { insight, file: values.history, now: nowOf(insight, values.now), json: values.json === true };
  try {
    if (command === "plan") return await plan(call, operand, values);
    if (command === "recommend") return await recommend(call, operand, values.format, values.accept === true);
    if (command === "resume") return await resume(call, operand);
    if (command === "check") return await check(call, operand, values.format);
    const { history, active } = insight.care.pauses({ pauses: await readHistory(insight, call.file, false), now: call.now });
    const lines = history.map(({ atMs, pause, state, planned }) => `${shownTime(atMs)}  ${state}${planned ? " (planned)" : ""}  ${pause}`);
    return print(call, { history, active }, [...lines, active.length === 0 ? "nothing is paused" : `paused now: ${active.join(", ")}`]);
  } finally {
    insight.free();
  }
}

async function plan({ insight, file, now, json }: Call, id: string | undefined, values: { [K in keyof typeof OPTIONS]?: unknown }): Promise<number> {
  if (id === undefined || values.reason === undefined) throw new UsageError("pause plan needs an ID and --reason TEXT");
  const time = (option: "from" | "until"): number | undefined => {
    const given = values[option];
    const ms = given === undefined ? undefined : timeOf(insight, given);
    if (given !== undefined && ms === undefined) throw new UsageError(`--${option} must be ISO 8601, as in 2026-03-02T09:00:00+01:00, or milliseconds since 1970`);
    return ms;
  };
  const scope: PauseScope = {};
  const kinds = commas(values.kinds as string | undefined);
  const odd = kinds?.find((kind) => !(KINDS as readonly string[]).includes(kind));
  if (odd !== undefined) throw new UsageError(unknown("--kinds", odd, KINDS));
  if (kinds) scope.kinds = kinds as OutboundKind[];
  for (const name of SCOPE) {
    const list = commas(values[name] as string | undefined);
    if (list) scope[name] = list;
  }
  const until = time("until");
  const pause: Pause = { id, reason: values.reason as string, from: time("from") ?? now, ...(until !== undefined && { until }), scope };
  const pauses = await readHistory(insight, file, true);
  if (pauses.some((one) => one.id === id)) throw new UsageError(`there is a pause ${id} already; choose another ID`);
  await writeHistory(file, checkHistory(insight, file, [...pauses, pause]));
  return print({ json }, { pause }, [told(pause)]);
}

async function recommend({ insight, file, now, json }: Call, alerts: string | undefined, format: string | undefined, accept: boolean): Promise<number> {
  if (alerts === undefined) throw new UsageError("pause recommend needs ALERTS");
  const failures = new Failures();
  const read: PauseAlert[] = [];
  const usual = { id: ["id"], kind: ["kind", "type"], level: ["level"], at: ["at", "time", "date"], channels: ["channels", "channel"], brands: ["brands", "brand"], markets: ["markets", "market"] };
  const table = await openTable<keyof typeof usual>(alerts, format, {}, usual);
  for await (const { row, cells } of table.entries()) {
    const alert: Record<string, unknown> = { id: textOf(cells.id) ?? `row-${row.index}` };
    for (const name of ["kind", "level"] as const) if (cells[name] !== undefined) alert[name] = textOf(cells[name]);
    if (cells.at !== undefined) alert["at"] = timeOf(insight, cells.at) ?? cells.at;
    for (const name of ["channels", "brands", "markets"] as const) if (cells[name] !== undefined) alert[name] = listOf(cells[name]);
    const wrong = row.error ?? refused(row, () => insight.care.recommendPauses({ alerts: [alert as unknown as PauseAlert], now }));
    if (wrong) failures.add({ ...wrong, line: row.line });
    else read.push(alert as unknown as PauseAlert);
  }
  const pauses = await readHistory(insight, file, true);
  const proposed = insight.care.recommendPauses({ alerts: read, pauses, now });
  if (accept && proposed.length > 0) await writeHistory(file, checkHistory(insight, file, [...pauses, ...proposed.map(({ pause }) => pause)]));
  const lines = proposed.map(({ pause, alert, level }) => `${told(pause)}, for the alert ${alert} (${level})`);
  const last = proposed.length === 0 ? "no pause is called for" : accept ? "entered into the history" : "nothing is paused yet: --accept enters this into the history";
  print({ json }, { recommended: proposed, accepted: accept }, [...lines, last]);
  return failures.finish();
}

async function resume({ insight, file, now, json }: Call, id: string | undefined): Promise<number> {
  if (id === undefined) throw new UsageError("pause resume needs an ID");
  const pauses = await readHistory(insight, file, false);
  const before = pauses.find((pause) => pause.id === id);
  if (before === undefined) throw new UsageError(unknown("pause", id, pauses.map((pause) => pause.id)));
  let report: PauseReport;
  try {
    report = insight.care.pauses({ pauses, now, resume: id });
  } catch (error) {
    if (!(error instanceof HearkenError) || error.code === "E_TRAP") throw error;
    throw new UsageError(`${error.message} (${error.code})`);
  }
  const after = report.pauses.find((pause) => pause.id === id)!;
  if (after.resumedAt === undefined || after.resumedAt === before.resumedAt) throw new UsageError(`the pause ${id} does not hold now: there is nothing to resume`);
  await writeHistory(file, report.pauses);
  return print({ json }, { pause: after, active: report.active }, [`${id} ended${report.active.length > 0 ? `; still paused: ${report.active.join(", ")}` : "; nothing is paused"}`]);
}

async function check({ insight, file, now, json }: Call, items: string | undefined, format: string | undefined): Promise<number> {
  if (items === undefined) throw new UsageError("pause check needs ITEMS");
  const pauses = await readHistory(insight, file, false);
  const usual = { id: ["id"], kind: ["kind", "type"], channel: ["channel"], source: ["source"], brand: ["brand"], market: ["market"], campaign: ["campaign"], publishAt: ["publishAt", "publish at", "scheduled at"] };
  const table = await openTable<keyof typeof usual>(items, format, {}, usual);
  const failures = new Failures();
  const read: Outbound[] = [];
  for await (const { row, cells } of table.entries()) {
    const item = itemOf(insight, { row, cells });
    const wrong = row.error ?? refused(row, () => insight.care.pauses({ pauses: [], now, items: [item] }));
    if (wrong) failures.add({ ...wrong, line: row.line });
    else read.push(item);
  }
  const report = insight.care.pauses({ pauses, now, items: read });
  const held = report.items.filter(({ publish }) => !publish);
  const lines = held.map(({ id, pauses, resumesMs }) => `${id}: held by ${pauses.join(", ")}${resumesMs === undefined ? "" : ` until ${shownTime(resumesMs)}`}`);
  print({ json }, { items: report.items, active: report.active }, [...lines, `${held.length} of ${read.length} items are held`]);
  return failures.finish() || (held.length > 0 ? 2 : 0);
}

function itemOf(insight: Insight, { row, cells }: Entry<"id" | "kind" | "channel" | "source" | "brand" | "market" | "campaign" | "publishAt">): Outbound {
  const item: Record<string, unknown> = { id: textOf(cells.id) ?? `row-${row.index}` };
  for (const name of ["kind", "channel", "source", "brand", "market", "campaign"] as const) if (cells[name] !== undefined) item[name] = textOf(cells[name]);
  if (cells.publishAt !== undefined) item["publishAt"] = timeOf(insight, cells.publishAt) ?? cells.publishAt;
  return item as unknown as Outbound;
}

/** The refusal of one row, by the name of the field. */
function refused(row: Entry<string>["row"], ask: () => unknown): ReturnType<typeof wrongCell> | undefined {
  try {
    ask();
    return undefined;
  } catch (error) {
    if (!(error instanceof HearkenError) || error.code !== "E_FIELD") throw error;
    const field = (error.field ?? "").replace(/^(?:alerts|items)\[0\]\.?/, "");
    return wrongCell(row, field, error.message.replace(/^field [^:]*: /, ""));
  }
}

/** One pause in words. */
function told({ id, reason, from, until, scope }: Pause): string {
  const where = Object.entries(scope ?? {}).filter(([, list]) => Array.isArray(list) && list.length > 0).map(([name, list]) => `${name} ${(list as string[]).join(", ")}`);
  const end = until === undefined || until === null ? "without an end" : `until ${shownTime(Number(until))}`;
  return `${id}: ${reason}, from ${shownTime(Number(from))} ${end}${where.length > 0 ? `, ${where.join("; ")}` : ", everything but replies"}`;
}

function print({ json }: Pick<Call, "json">, value: object, lines: readonly string[]): 0 {
  process.stdout.write(json ? `${JSON.stringify(value, null, 2)}\n` : `${lines.join("\n")}\n`);
  return 0;
}
