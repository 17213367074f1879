// `hearken cases`: which messages belong together, where each case stands, and what to do next.

import { HearkenError, Insight, type CaseTalk, type CaseWork, type WorkedCase } from "../insight/node.js";
import type { Channel, CompiledPolicy, Engine } from "../index.js";
import { OUTS, UsageError } from "./args.js";
import { CHANNELS } from "./columns.js";
import { openClock, timeOf } from "./clock.js";
import { commas, need, openTable, put, shownTime, tell, textOf, wrongCell, type Entry } from "./desk.js";
import { Failures } from "./failures.js";
import { choiceOf, readFlags, VALUE } from "./flags.js";
import { csvLine } from "./output.js";
import { usable } from "./policy.js";
import { refuseSameFile } from "./stream.js";
import { loadEngine } from "./taxonomy.js";
import { clipWidth, padWidth } from "./width.js";

export const CASES_HELP = `Usage: hearken cases [FILE|-] [options]

Joins messages into cases by reply, thread, customer and contact reason, in any order, and says for each case where it
stands and what to do next. Texts of customers are decided about by the policy; no text is in the result.

  --date COLUMN           when it was sent (ISO 8601, without a zone UTC, or milliseconds); guessed from common names
  --id COLUMN             of the message; guessed, else the number of the row
  --customer, --thread, --reply-to, --role, --channel, --lang COLUMN   guessed; role is customer, agent or bot
  --text COLUMN           guessed; without texts a column intent or action may say what a message is about
  --data COLUMN,COLUMN    columns of data that nobody asks for again where they are filled: order_number, product
  --policy FILE, --taxonomy FILE
  --calendar FILE         when the team works, as JSON: response times in business hours too
  --window HOURS          same customer, same reason: joins within so many hours (168)
  --now TIME              default the clock
  --out table|jsonl|csv|json   table; json holds what each message did as well
  --format csv|tsv|jsonl, --output FILE

Exit codes: 0 done, 1 wrong usage or unreadable file, 2 some rows could not be read; the others are in cases.
`;

const USUAL = {
  id: ["id", "message id", "nr"],
  date: ["sent at", "date", "created at", "time", "timestamp", "datum", "fecha", "data", "日時", "날짜"],
  customer: ["customer", "customer id", "user", "user id", "kunde", "klient", "cliente", "client", "顧客", "고객"],
  thread: ["thread", "thread id", "conversation", "conversation id", "ticket", "ticket id"],
  replyTo: ["in reply to", "reply to", "inReplyTo"],
  role: ["role", "author type", "sender type"],
  channel: ["channel", "kanal", "canal", "kanał", "チャネル", "채널", "경로"],
  text: ["text", "message", "comment", "body", "content", "nachricht", "texto", "texte", "tekst", "wiadomość", "本文", "내용", "메시지"],
  lang: ["lang", "language"],
  intent: ["intent"],
  action: ["action"],
} as const;
type Meaning = keyof typeof USUAL;
const ROLES = ["customer", "agent", "bot"] as const;
const OUT = [...OUTS, "json"] as const;
const OPTIONS = {
  date: VALUE, id: VALUE, customer: VALUE, thread: VALUE, "reply-to": VALUE, role: VALUE, channel: VALUE, lang: VALUE, text: VALUE, data: VALUE,
  policy: VALUE, taxonomy: VALUE, calendar: VALUE, window: VALUE, now: VALUE, out: VALUE, format: VALUE, output: VALUE,
};

/** Runs the command. Gives the exit code. */
export async function casesCommand(argv: readonly string[]): Promise<number> {
  const { values, positionals } = readFlags(argv, OPTIONS);
  if (values.help) {
    process.stdout.write(CASES_HELP);
    return 0;
  }
  const [file = "-", ...rest] = positionals;
  if (rest.length > 0) throw new UsageError("only one FILE can be read at a time");
  const out = choiceOf("--out", values.out, OUT) ?? "table";
  if (values.window !== undefined && !/^\d{1,6}(\.\d+)?$/.test(values.window)) throw new UsageError("--window must be a number of hours");
  await refuseSameFile(file, values.output);
  const { date, id, customer, thread, role, channel, lang, text } = values;
  const table = await openTable<Meaning>(file, values.format, { date, id, customer, thread, role, channel, lang, text, replyTo: values["reply-to"] }, USUAL);
  need(table, "date");
  const data = commas(values.data) ?? [];
  const unknown = data.find((name) => table.input.format !== "jsonl" && !table.input.columns.includes(name));
  if (unknown !== undefined) throw new UsageError(`--data ${unknown}: there is no such column. The columns are ${table.input.columns.join(", ")}.`);
  tell(table);
  const [engine, insight] = [await loadEngine(values.taxonomy), await Insight.load()];
  const { now, calendar } = await openClock(insight, values.now, values.calendar);
  const policy = values.policy === undefined ? undefined : await usable(engine, values.policy);
  const failures = new Failures();
  const messages: CaseTalk[] = [];
  for await (const entry of table.entries()) {
    const made = message(insight, entry, table.columns, data);
    if ("error" in made) failures.add(made.error);
    else messages.push(made.message);
  }
  const work = worked(insight, engine, messages, { now, ...(calendar && { calendar }), ...(policy && { policy }), ...(values.window !== undefined && { windowHours: Number(values.window) }) });
  await put(values.output, pieces(work, out));
  notes(work);
  engine.free();
  insight.free();
  return failures.finish();
}

function worked(insight: Insight, engine: Engine, messages: CaseTalk[], options: Parameters<Insight["care"]["work"]>[2] & { policy?: CompiledPolicy }): CaseWork {
  try {
    return insight.care.work(messages, engine, options);
  } catch (error) {
    if (!(error instanceof HearkenError) || error.code === "E_TRAP") throw error;
    throw new UsageError(`the messages cannot be read: ${error.message} (${error.code})`);
  }
}

type Made = { message: CaseTalk } | { error: ReturnType<typeof wrongCell> };

function message(insight: Insight, { row, cells }: Entry<Meaning>, columns: Partial<Record<Meaning, string>>, data: readonly string[]): Made {
  if (row.error) return { error: { ...row.error, line: row.line } };
  const wrong = (meaning: Meaning, what: string): Made => ({ error: wrongCell(row, columns[meaning] ?? meaning, what) });
  const sentAt = timeOf(insight, cells.date);
  if (sentAt === undefined) return wrong("date", "must be ISO 8601 or milliseconds since 1970");
  const made: CaseTalk = { id: textOf(cells.id) ?? String(row.index), sentAt };
  const role = textOf(cells.role)?.toLowerCase();
  if (role !== undefined && !(ROLES as readonly string[]).includes(role)) return wrong("role", `must be one of ${ROLES.join(", ")}`);
  if (role !== undefined) made.role = role as (typeof ROLES)[number];
  const channel = textOf(cells.channel)?.toLowerCase().replace(/[\s-]+/g, "_");
  if (channel !== undefined) made.channel = (CHANNELS as readonly string[]).includes(channel) ? (channel as Channel) : "other";
  for (const [key, meaning] of [["customer", "customer"], ["thread", "thread"], ["inReplyTo", "replyTo"], ["lang", "lang"], ["intent", "intent"], ["action", "action"]] as const) {
    const text = textOf(cells[meaning]);
    if (text !== undefined) made[key] = text as never;
  }
  if (cells.text !== undefined && typeof cells.text !== "string") return wrong("text", "must be a string");
  if (cells.text !== undefined) made.text = cells.text as string;
  for (const name of data) if (textOf(row.record[name]) !== undefined) made[name] = true;
  return { message: made };
}

function* pieces(work: CaseWork, out: (typeof OUT)[number]): Generator<string> {
  if (out === "json") yield `${JSON.stringify(work, null, 2)}\n`;
  else if (out === "jsonl") for (const one of work.cases) yield `${JSON.stringify(one)}\n`;
  else if (out === "csv") {
    yield csvLine(Object.keys(cells(EMPTY)));
    for (const one of work.cases) yield csvLine(Object.values(cells(one)));
  } else {
    yield line(Object.keys(WIDTHS));
    for (const one of work.cases) {
      const { case: id, status, customers, intents, messages, opened, waiting_since, next } = cells(one);
      yield line([id, status, customers, intents, messages, opened, waiting_since, next]);
    }
    const open = work.cases.filter(({ status }) => status === "open" || status === "reopened").length;
    yield `cases: ${work.cases.length}, of which wait for an answer: ${open}\n`;
  }
}

/** Columns of the table. */
const WIDTHS = { case: 12, status: 9, customer: 14, intent: 20, messages: 8, opened: 17, waiting: 17, next: 60 };

function line(cells: readonly (string | undefined)[]): string {
  const widths = Object.values(WIDTHS);
  return `${cells.map((cell, at) => padWidth(clipWidth(cell ?? "", widths[at]!), widths[at]!)).join("  ").trimEnd()}\n`;
}

const EMPTY: WorkedCase = {
  id: "", messages: [], messageCount: 0, truncated: false, customers: [], intents: [], channels: [], openedMs: 0, lastMs: 0, status: "open", reopened: 0,
  trajectory: { emotions: [], upset: false, relapses: 0 }, next: null,
};

/** One case as cells: what to do next with the data to ask for, as in `identity (customer)`. */
function cells(one: WorkedCase): Record<string, string> {
  const minutes = (ms: number | undefined): string => (ms === undefined ? "" : String(Math.round(ms / 60_000)));
  const next = (one.next?.steps ?? []).filter(({ state }) => state === "ready").map(({ id, asks }) => (asks.length > 0 ? `${id} (${asks.join(", ")})` : id));
  return {
    case: one.id, status: one.status, customers: one.customers.join("|"), intents: one.intents.join("|"), channels: one.channels.join("|"),
    messages: String(one.messageCount), opened: shownTime(one.openedMs), last: shownTime(one.lastMs), waiting_since: shownTime(one.waitingSinceMs),
    first_response_minutes: minutes(one.firstResponseMs), first_response_business_minutes: minutes(one.firstResponseBusinessMs),
    resolution_minutes: minutes(one.resolutionMs), resolution_business_minutes: minutes(one.resolutionBusinessMs),
    reopened: String(one.reopened), upset: String(one.trajectory.upset), next: next.join("|"),
  };
}

/** What was odd, on standard error. */
function notes({ duplicates, conflicting, backwards, afterNow }: CaseWork): void {
  const told = [
    [duplicates, "messages that came twice and count once"], [conflicting.length, "ids that stand for different messages, of which one counts"],
    [backwards.length, "replies that are older than what they reply to"], [afterNow, "messages sent after now"],
  ] as const;
  for (const [count, what] of told) if (count > 0) process.stderr.write(`hearken: ${what}: ${count}\n`);
}
