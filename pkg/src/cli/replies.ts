// `hearken replies`: a draft for each row, or the look at replies before they go out.

import { createRequire } from "node:module";
import { HearkenError, Insight, type OutboundCheck, type Replies, type ReplyDraft } from "../insight/node.js";
import type { Channel, Decision, Engine, Message, OutboundContext, Pause, ReplyLibrary, ReplyValues } from "../index.js";
import { OUTS, UsageError } from "./args.js";
import { CHANNELS } from "./columns.js";
import { nowOf, readJson } from "./clock.js";
import { commas, listOf, need, openTable, put, tell, textOf, wrongCell, type Entry } from "./desk.js";
import { Failures } from "./failures.js";
import { FLAG, choiceOf, readFlags, VALUE } from "./flags.js";
import { readHistory } from "./history.js";
import type { Row, RowError } from "./input.js";
import { csvLine } from "./output.js";
import { usable } from "./policy.js";
import { refuseSameFile } from "./stream.js";
import { loadEngine } from "./taxonomy.js";
import { clipWidth, padWidth } from "./width.js";

export const REPLIES_HELP = `Usage: hearken replies [FILE|-] [options]
       hearken replies --check [FILE|-] [options]

Drafts a reply to every row that is owed one, by the policy, in the language of the row. Nothing is sent. With --check
the column of the reply is looked at instead: blanks, wrong language, personal data, questions left open, pauses.

  --text COLUMN           of the customer's message; guessed
  --channel, --lang, --role COLUMN   guessed; rows whose role is agent or bot get no draft
  --policy FILE, --taxonomy FILE
  --name, --order COLUMN  columns of what a draft may name; guessed
  --agent TEXT, --deadline TEXT   the same in all drafts, as in --deadline "two days"
  --templates FILE        templates of your own, one library or a list of them; --templates may be a list by commas
  --check                 looks at the column of --reply (guessed)
  --reply COLUMN          of the reply that is to go out
  --languages en,pl       languages the customers read; default that of the message, where it is sure
  --own COLUMN,COLUMN     columns of what may be told to the customer of the row, as their own e-mail address
  --allow FILE            values that may be told to everybody, one a line: @shop.example, a service number
  --history FILE          pauses that hearken pause keeps; replies are held only by those that name them
  --now TIME              default the clock
  --out jsonl|csv|table   jsonl
  --format csv|tsv|jsonl|lines, --output FILE

Exit codes: 0 done, 1 wrong usage or unreadable file, 2 some rows could not be read, or with --check are not ready.
`;

const USUAL = {
  text: ["text", "message", "comment", "review", "body", "content", "nachricht", "mensaje", "texte", "tekst", "wiadomość", "本文", "내용", "메시지"],
  reply: ["reply", "answer", "response", "antwort", "respuesta", "réponse", "odpowiedź", "返信", "답변"],
  channel: ["channel", "kanal", "canal", "kanał", "チャネル", "채널", "경로"],
  lang: ["lang", "language"],
  role: ["role", "author type", "sender type"],
  name: ["name", "customer name"],
  order: ["order", "order number", "order id"],
} as const;
type Meaning = keyof typeof USUAL;
const OPTIONS = {
  text: VALUE, channel: VALUE, lang: VALUE, role: VALUE, policy: VALUE, taxonomy: VALUE, name: VALUE, order: VALUE, agent: VALUE, deadline: VALUE, templates: VALUE,
  check: FLAG, reply: VALUE, languages: VALUE, own: VALUE, allow: VALUE, history: VALUE, now: VALUE, out: VALUE, format: VALUE, output: VALUE,
};
const LANGUAGES = ["en", "ko", "ja", "pl", "de", "es", "fr"] as const;
const require = createRequire(import.meta.url);

/** What became of a row. */
interface Told {
  row: Row;
  error?: RowError;
  decision?: Decision;
  draft?: ReplyDraft | null;
  check?: OutboundCheck;
}

/** Runs the command. Gives the exit code. */
export async function repliesCommand(argv: readonly string[]): Promise<number> {
  const { values, positionals } = readFlags(argv, OPTIONS);
  if (values.help) {
    process.stdout.write(REPLIES_HELP);
    return 0;
  }
  const [file = "-", ...rest] = positionals;
  if (rest.length > 0) throw new UsageError("only one FILE can be read at a time");
  const forChecks = ["reply", "languages", "own", "allow", "history"] as const;
  const misplaced = values.check ? undefined : forChecks.find((name) => values[name] !== undefined);
  if (misplaced !== undefined) throw new UsageError(`--${misplaced} is for --check`);
  const out = choiceOf("--out", values.out, OUTS) ?? "jsonl";
  await refuseSameFile(file, values.output);
  const { text, reply, channel, lang, role, name, order } = values;
  const table = await openTable<Meaning>(file, values.format, { text, reply, channel, lang, role, name, order }, USUAL);
  if (!values.check) {
    need(table, "text");
    delete table.columns.reply;
  } else need(table, "reply");
  const { input, columns } = table;
  const own = commas(values.own) ?? [];
  const missing = own.find((one) => input.format !== "jsonl" && !input.columns.includes(one));
  if (missing !== undefined) throw new UsageError(`--own ${missing}: there is no such column. The columns are ${input.columns.join(", ")}.`);
  tell(table);
  const [engine, insight] = [await loadEngine(values.taxonomy), await Insight.load()];
  const failures = new Failures();
  const replies = await repliesOf(insight, values.templates);
  let unready = 0;
  let tellRow: (entry: Entry<Meaning>) => Told;
  if (values.check) {
    const languages = commas(values.languages);
    const context = await contextOf(insight, values);
    tellRow = (entry) => {
      const allowed = [...(context.allowed ?? []), ...own.flatMap((column) => listOf(entry.row.record[column]) ?? [])];
      const told = checked(engine, replies, entry, columns, { ...context, allowed }, languages);
      if (told.check && !told.check.ready) unready += 1;
      return told;
    };
  } else {
    const policy = values.policy === undefined ? undefined : await usable(engine, values.policy);
    const same: ReplyValues = { ...(values.agent !== undefined && { agent: values.agent }), ...(values.deadline !== undefined && { deadline: values.deadline }) };
    tellRow = (entry) => drafted(entry, columns, same, (message, given) => {
      const decision = engine.triage(message, policy);
      return { decision, draft: replies.draftFor(decision, given) };
    });
  }
  const write = writer(out, input.columns, values.check === true);
  await put(values.output, (async function* () {
    yield write.head;
    for await (const entry of table.entries()) {
      const told = entry.row.error ? { row: entry.row, error: { ...entry.row.error, line: entry.row.line } } : tellRow(entry);
      if (told.error) failures.add(told.error);
      yield write.row(told);
    }
  })());
  engine.free();
  insight.free();
  if (unready > 0) process.stderr.write(`hearken: ${unready === 1 ? "1 reply is" : `${unready} replies are`} not ready\n`);
  return failures.finish() || (unready > 0 ? 2 : 0);
}

/** Templates of your own before those of the package; for languages of your own, those of the package are left out. */
async function repliesOf(insight: Insight, files: string | undefined): Promise<Replies> {
  const own: ReplyLibrary[] = [];
  for (const file of commas(files) ?? []) own.push(...[await readJson("--templates", file)].flat() as ReplyLibrary[]);
  const languages = own.map((library) => library?.language);
  const shipped = LANGUAGES.filter((language) => !languages.includes(language)).map((language) => require(`../replies/${language}.json`) as ReplyLibrary);
  for (const library of own) {
    try {
      insight.replies(library).draft({ action: "thank", language: String(library?.language) });
    } catch (error) {
      if (!(error instanceof HearkenError)) throw error;
      throw new UsageError(`--templates ${files}: ${error.message} (${error.code})`);
    }
  }
  return insight.replies(...own, ...shipped);
}

function drafted(
  { row, cells }: Entry<Meaning>, columns: Partial<Record<Meaning, string>>, same: ReplyValues,
  make: (message: Message, values: ReplyValues) => { decision: Decision; draft: ReplyDraft | null },
): Told {
  if (typeof cells.text !== "string") return { row, error: wrongCell(row, columns.text ?? "text", cells.text === undefined ? "is missing" : "must be a string") };
  const message: Message = { text: cells.text };
  const channel = textOf(cells.channel)?.toLowerCase().replace(/[\s-]+/g, "_");
  if (channel !== undefined) message.channel = (CHANNELS as readonly string[]).includes(channel) ? (channel as Channel) : "other";
  const lang = textOf(cells.lang);
  if (lang !== undefined) message.lang = lang;
  const [name, order] = [textOf(cells.name), textOf(cells.order)];
  const values: ReplyValues = { ...same, ...(name !== undefined && { name }), ...(order !== undefined && { order }) };
  const role = textOf(cells.role)?.toLowerCase();
  // Nobody is owed a reply to the team's own words.
  if (role === "agent" || role === "bot") return { row, draft: null };
  return attempt(row, () => ({ row, ...make(message, values) }));
}

/** What holds for all rows of a check. */
async function contextOf(insight: Insight, { allow, history, now }: { allow?: string; history?: string; now?: string }): Promise<OutboundContext> {
  const at = nowOf(insight, now);
  const context: OutboundContext = { now: at };
  if (allow !== undefined) {
    const { readFile } = await import("node:fs/promises");
    const lines = await readFile(allow, "utf8").catch((error: NodeJS.ErrnoException) => {
      throw new UsageError(`--allow ${allow} cannot be read (${error.code ?? "unknown error"})`);
    });
    context.allowed = lines.split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== "" && !line.startsWith("#"));
  }
  if (history !== undefined) {
    const pauses: Pause[] = await readHistory(insight, history, false);
    const held = insight.care.pauses({ pauses, now: at, items: [{ id: "reply", kind: "reply" }] }).items[0]?.pauses ?? [];
    context.pauses = held.map((id) => ({ id }));
  }
  return context;
}

function checked(engine: Engine, replies: Replies, { row, cells }: Entry<Meaning>, columns: Partial<Record<Meaning, string>>, context: OutboundContext, asked: string[] | undefined): Told {
  if (typeof cells.reply !== "string") return { row, error: wrongCell(row, columns.reply ?? "reply", cells.reply === undefined ? "is missing" : "must be a string") };
  const text = cells.reply;
  return attempt(row, () => {
    const message = typeof cells.text === "string" ? cells.text : undefined;
    const language = message === undefined || asked ? undefined : engine.analyze(message).language;
    const languages = asked ?? (language?.reliable ? [language.code] : undefined);
    return { row, check: replies.look(engine, { text }, { ...context, ...(message !== undefined && { message }), ...(languages && { languages }) }) };
  });
}

/** A refusal stays with its row. */
function attempt(row: Row, work: () => Told): Told {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof HearkenError) || error.code === "E_TRAP") throw error;
    return { row, error: { code: error.code, message: error.message, line: row.line, ...(error.field !== undefined && { field: error.field }) } };
  }
}

const DRAFT = ["action", "mode", "template", "language", "missing", "automatic", "draft"] as const;
const CHECK = ["ready", "findings"] as const;

/** Rows in the form that was asked for. */
function writer(out: (typeof OUTS)[number], columns: readonly string[], checks: boolean): { head: string; row(told: Told): string } {
  const names = [...(checks ? CHECK : DRAFT), "error"];
  const cellsOf = ({ decision, draft, check, error }: Told): string[] => {
    const last = error?.code ?? "";
    if (checks) return [check ? String(check.ready) : "", (check?.findings ?? []).map(({ kind }) => kind).join("|"), last];
    return [decision?.action ?? "", decision?.mode ?? "", draft?.template ?? "", draft?.language ?? "", (draft?.missing ?? []).join("|"), draft ? String(draft.automatic) : "", draft?.text ?? "", last];
  };
  if (out === "csv") {
    const title = (name: string): string => (columns.includes(name) ? `hearken.${name}` : name);
    const input = ({ row }: Told): string[] => columns.map((column) => textOf(row.record[column]) ?? "");
    return { head: csvLine([...columns, ...names.map(title)]), row: (told) => csvLine([...input(told), ...cellsOf(told)]) };
  }
  if (out === "table") {
    const widths = checks ? [5, 44] : [9, 24, 12, 72];
    const line = (index: string, cells: string[]): string => `${[index.padStart(6), ...cells.map((cell, at) => padWidth(clipWidth(cell, widths[at]!), widths[at]!))].join("  ").trimEnd()}\n`;
    return {
      head: line("row", checks ? ["ready", "findings"] : ["action", "template", "missing", "draft"]),
      row(told) {
        const cells = cellsOf(told);
        if (told.error) return line(String(told.row.index), [`error ${told.error.code}`]);
        return line(String(told.row.index), checks ? cells.slice(0, 2) : [cells[0]!, cells[2]!, cells[4]!, cells[6]!.replaceAll("\n", " ")]);
      },
    };
  }
  return {
    head: "",
    row({ row, error, decision, draft, check }) {
      const { action, queue, priority, mode } = decision ?? {};
      const told = error ? { error } : check ? { check } : { decision: decision ? { action, queue, priority, mode } : null, draft };
      return `${JSON.stringify({ index: row.index, record: row.record, ...told })}\n`;
    },
  };
}
