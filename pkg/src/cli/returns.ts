// `hearken returns`: whom to tell that something wished for is there, and who is left out for which reason.

import { HearkenError, Insight } from "../insight/node.js";
import type { ContactConsent, KeptWish, ReturnList } from "../types.js";
import { OUTS, UsageError } from "./args.js";
import { nowOf, timeOf } from "./clock.js";
import { commas, need, openTable, put, shownTime, tell, textOf, wrongCell } from "./desk.js";
import { Failures } from "./failures.js";
import { choiceOf, readFlags, VALUE } from "./flags.js";
import { csvLine } from "./output.js";
import { refuseSameFile } from "./stream.js";
import { clipWidth, padWidth } from "./width.js";

export const RETURNS_HELP = `Usage: hearken returns WISHES --consents FILE --available "oat latte" [options]

WISHES has rows of person (a pseudonym; addresses, numbers and names are refused), object, at, and where there are any
message and toldAt. The file of consents has rows of person, at, given (true or false), and until. Only people whose
latest consent is given and has not ended are on the list; all others are named with the reason.

  --available TEXT        what is there now
  --also A,B              other names of it
  --person, --object, --at, --message, --told-at COLUMN   of WISHES; guessed
  --now TIME              default the clock
  --out table|jsonl|csv|json   table
  --format csv|tsv|jsonl, --output FILE

Exit codes: 0 done, 1 wrong usage or unreadable file, 2 some rows could not be read; the others are on the list.
`;

const WISH = {
  person: ["person", "pseudonym", "customer"], object: ["object", "wish"], at: ["at", "asked at", "date", "sent at"],
  message: ["message", "message id", "id"], toldAt: ["toldAt", "told"],
} as const;
const CONSENT = { person: ["person", "pseudonym", "customer"], at: ["at", "date"], given: ["given", "consent"], until: ["until", "expires"] } as const;
const OUT = [...OUTS, "json"] as const;
const OPTIONS = {
  consents: VALUE, available: VALUE, also: VALUE, person: VALUE, object: VALUE, at: VALUE, message: VALUE, "told-at": VALUE, now: VALUE,
  out: VALUE, format: VALUE, output: VALUE,
};
const YES = ["true", "yes", "1"];
const NO = ["false", "no", "0"];

/** Runs the command. Gives the exit code. */
export async function returnsCommand(argv: readonly string[]): Promise<number> {
  const { values, positionals } = readFlags(argv, OPTIONS);
  if (values.help) {
    process.stdout.write(RETURNS_HELP);
    return 0;
  }
  const [file, ...rest] = positionals;
  if (file === undefined || values.consents === undefined || values.available === undefined) throw new UsageError("returns needs WISHES --consents FILE --available TEXT");
  if (rest.length > 0) throw new UsageError("only one file of wishes can be read at a time");
  const out = choiceOf("--out", values.out, OUT) ?? "table";
  await refuseSameFile(file, values.output);
  const insight = await Insight.load();
  const now = nowOf(insight, values.now);
  const failures = new Failures();
  const { person, object, at, message } = values;
  const wishes = await rowsOf<KeptWish, keyof typeof WISH>(insight, failures, file, values.format, { person, object, at, message, toldAt: values["told-at"] }, WISH, ["person", "object", "at"], "wishes", now);
  const consents = await rowsOf<ContactConsent, keyof typeof CONSENT>(insight, failures, values.consents, undefined, {}, CONSENT, ["person", "at", "given"], "consents", now);
  const also = commas(values.also);
  let list: ReturnList;
  try {
    list = insight.care.returns({ wishes, consents, available: { object: values.available, ...(also && { also }) }, now });
  } catch (error) {
    if (!(error instanceof HearkenError) || error.code === "E_TRAP") throw error;
    throw new UsageError(`${error.message} (${error.code})`);
  }
  await put(values.output, pieces(list, out));
  insight.free();
  return failures.finish();
}

/** Rows that the engine takes one by one; those it refuses are failures and cost no other. */
async function rowsOf<R, M extends string>(
  insight: Insight, failures: Failures, file: string, format: string | undefined, asked: Partial<Record<M, string | undefined>>,
  usual: Record<M, readonly string[]>, needed: M[], list: "wishes" | "consents", now: number,
): Promise<R[]> {
  const table = await openTable<M>(file, format, asked, usual);
  need(table, ...needed);
  tell(table);
  const rows: R[] = [];
  for await (const { row, cells } of table.entries()) {
    if (row.error) {
      failures.add({ ...row.error, line: row.line });
      continue;
    }
    const made: Record<string, unknown> = {};
    for (const [meaning, value] of Object.entries(cells) as [M, unknown][]) {
      if (["at", "toldAt", "until"].includes(meaning)) made[meaning] = timeOf(insight, value) ?? value;
      else if (meaning === "given") made[meaning] = truth(value);
      else made[meaning] = textOf(value);
    }
    try {
      insight.care.returns({ wishes: [], consents: [], available: { object: "x" }, now, [list]: [made] });
      rows.push(made as R);
    } catch (error) {
      if (!(error instanceof HearkenError) || error.code !== "E_FIELD") throw error;
      const field = (error.field ?? "").replace(/^(?:wishes|consents)\[0\]\.?/, "");
      failures.add(wrongCell(row, (table.columns as Record<string, string>)[field] ?? field, error.message.replace(/^field [^:]*: /, "")));
    }
  }
  return rows;
}

function truth(value: unknown): unknown {
  const written = textOf(value)?.toLowerCase() ?? "";
  return YES.includes(written) ? true : NO.includes(written) ? false : value;
}

function* pieces(list: ReturnList, out: (typeof OUT)[number]): Generator<string> {
  const { contact, leftOut, wishes, duplicates } = list;
  if (out === "json") yield `${JSON.stringify(list, null, 2)}\n`;
  else if (out === "jsonl") {
    for (const one of contact) yield `${JSON.stringify({ contact: true, ...one })}\n`;
    for (const one of leftOut) yield `${JSON.stringify({ contact: false, ...one })}\n`;
  } else if (out === "csv") {
    yield csvLine(["person", "contact", "reason", "asked", "days_ago", "wishes", "messages"]);
    for (const one of contact) yield csvLine([one.person, "true", "", shownTime(one.askedMs), String(one.daysAgo), String(one.wishes), one.messages.join("|")]);
    for (const { person, reason } of leftOut) yield csvLine([person, "false", reason, "", "", "", ""]);
  } else {
    const line = (person: string, told: string): string => `${padWidth(clipWidth(person, 32), 34)}${told}\n`;
    for (const { person, daysAgo, wishes } of contact) yield line(person, `tell: asked ${daysAgo} days ago${wishes > 1 ? `, ${wishes} times` : ""}`);
    for (const { person, reason } of leftOut) yield line(person, `not told: ${reason}`);
    yield `${contact.length} to tell, ${leftOut.length} left out, of ${wishes} wishes${duplicates > 0 ? ` (${duplicates} twice)` : ""}\n`;
  }
}
