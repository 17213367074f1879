// The command line: what was asked, or a usage error that names the valid values.

import type { RedactMode, Scale } from "../types.js";

export const COMMANDS = ["analyze", "redact", "triage", "report", "search", "themes"] as const;
/** Commands with options of their own, each in its file. */
export const OWN = ["train", "apply", "cases", "replies", "pause", "returns"] as const;
export type Command = (typeof COMMANDS)[number];
export const FORMATS = ["csv", "tsv", "jsonl", "lines"] as const;
export type Format = (typeof FORMATS)[number];
export const OUTS = ["jsonl", "csv", "table"] as const;
/** `json` is for `report` and `themes`, `taxonomy` for `themes`, `markdown` and `html` for `report` only. */
export type Out = (typeof OUTS)[number] | "json" | "taxonomy" | "markdown" | "html";
export const EVERY = ["hour", "day", "week", "month"] as const;
export type Every = (typeof EVERY)[number];
/** Languages a report can be written in. */
export const READERS = ["en", "ko", "ja", "pl", "de", "es", "fr"] as const;
export type Reader = (typeof READERS)[number];
export const SCALES = ["nps", "csat5", "csat7", "ces7", "stars5"] as const;
const MODES: readonly RedactMode[] = ["label", "mask", "partial", "numbered", "keyed", "remove"];

/** The command line, checked. */
export interface Args {
  command: Command;
  /** Path of the input; `-` is standard input. */
  file: string;
  format?: Format;
  text?: string;
  rating?: string;
  scale?: Scale;
  channel?: string;
  lang?: string;
  /** The survey question that the texts answer. */
  question?: string;
  /** Column that holds the question of each row. */
  questionColumn?: string;
  policy?: string;
  /** File of the taxonomy that tells topics. */
  taxonomy?: string;
  /** File of corrections, as exported by Label Studio. */
  corrections?: string;
  /** What `search` looks for. */
  query?: string;
  /** Column of the time of each row. */
  date?: string;
  /** Columns that `report` also counts by. */
  by?: string[];
  /** Column of who wrote. */
  customer?: string;
  /** Periods that `report` counts by, where there is a date. */
  every?: Every;
  /** Name of the time zone of these periods. */
  timeZone?: string;
  /** File of when the team works, and the time that decisions hold for. */
  calendar?: string;
  now?: string;
  /** Language of a report as Markdown or HTML. */
  reader?: Reader;
  /** Fewest rows of a theme. */
  min?: number;
  /** Most themes. */
  max?: number;
  /** Also themes that topics explain. */
  explained?: boolean;
  mode: RedactMode;
  /** Types that `redact` takes out. */
  types?: string[];
  /** Files for `redact`: the key of pseudonyms, what stays, what goes, detectors, where the vault goes. */
  key?: string;
  allow?: string;
  deny?: string;
  detectors?: string;
  vault?: string;
  /** Redact every field of a row, by its name and what is in it. */
  records?: boolean;
  /** Say on standard error what was taken out. */
  report?: boolean;
  out: Out;
  fields?: string[];
  output?: string;
}

/** The command line cannot be used: exit code 1, `message` for standard error. */
export class UsageError extends Error {}

/** Options that take a value, and the commands each belongs to (all when absent). */
const OPTIONS: Record<string, readonly Command[] | undefined> = {
  format: undefined,
  text: undefined,
  rating: undefined,
  scale: undefined,
  channel: ["triage", "report", "search"],
  lang: ["analyze", "triage", "report", "search", "themes"],
  question: ["analyze", "triage", "report", "search", "themes"],
  "question-column": ["analyze", "triage", "report", "search", "themes"],
  date: ["triage", "report", "search"],
  by: ["report"],
  customer: ["triage", "report"],
  every: ["report"],
  "time-zone": ["report"],
  calendar: ["triage"],
  now: ["triage"],
  reader: ["report"],
  min: ["themes"],
  max: ["themes"],
  policy: ["triage"],
  taxonomy: ["analyze", "triage", "search", "themes"],
  corrections: ["analyze", "triage", "report", "search"],
  mode: ["redact"],
  types: ["redact"],
  key: ["redact"],
  allow: ["redact"],
  deny: ["redact"],
  detectors: ["redact"],
  vault: ["redact"],
  out: undefined,
  fields: ["analyze", "redact", "triage", "search"],
  output: undefined,
};
/** Options without a value, and the commands each belongs to. */
const FLAGS: Record<string, readonly Command[]> = { explained: ["themes"], records: ["redact"], report: ["redact"] };

export const HELP = `Usage: hearken COMMAND [FILE|-] [options]
       hearken search QUERY [FILE|-] [options]
       hearken taxonomy lint|test FILE...
       hearken taxonomy coverage [FILE...] DATA [options]
       hearken policy lint|test|diff|thresholds ...

Reads comments from FILE (or standard input), writes one result per row. Nothing leaves the machine.

Commands
  analyze   language, sentiment, emotions, acts, intent, topics, safety, disposition and personal data of each text
  redact    the texts without personal data (only the text column, unless --records)
  triage    what to do about each message, by a policy
  report    NPS, CSAT or CES with intervals, sentiment by channel and language, what is said, telling comments
  search    the rows that a query finds, as in 'deliver* NEAR/3 late sentiment:negative NOT refund'
  themes    what many rows speak of: frequent phrases with counts, sentiment and example rows
  cases     which messages belong together, and what to do next in each case (hearken cases --help)
  replies   drafts a reply for each row, or checks replies before they go out (hearken replies --help)
  pause     stops publishing, as alerts recommend or by hand, with a history (hearken pause --help)
  returns   whom to tell that something wished for is there (hearken returns --help)
  train     learns labels of your own from a table of labelled texts (hearken train --help)
  apply     labels each text with what train learned (hearken apply --help)
  policy    lint, test and compare policies, choose thresholds (hearken policy --help)
  taxonomy  lint: what is wrong or doubtful about taxonomies; test: runs their examples; coverage: how many rows
            of DATA each topic is found in, and with which sentiment (without FILE by the general taxonomy)

Input
  --format csv|tsv|jsonl|lines   guessed from the name or the content; .gz is read as is
  --text COLUMN                  column or field of the text; guessed from common names
  --rating COLUMN --scale nps|csat5|csat7|ces7|stars5   read by triage, report and search
  --channel COLUMN               where it was written; unknown values count as "other"
  --lang COLUMN                  language hint of each row (BCP 47)
  --question TEXT                survey question the texts answer: "Nothing." to "What could be better?" is praise
  --question-column COLUMN       the question of each row; --question holds where it is empty
  --date COLUMN                  when it was written (ISO 8601 or milliseconds), for triage, report and search
  --every hour|day|week|month    periods that report counts by (week); needs a date
  --time-zone NAME               of these periods, as in Europe/Warsaw (UTC)
  --by COLUMN,COLUMN             columns that report also counts by, as in store,plan
  --customer COLUMN              who wrote; report counts people by it, and keeps figures of fewer than 5 back
  --policy FILE                  policy as JSON, for triage
  --calendar FILE                when the team works, as JSON, for triage: whether it is open, what is late and until when
  --now TIME                     the time triage decides for (the clock); with --date or --calendar
  --taxonomy FILE                taxonomy as JSON that tells topics, for analyze, triage, search and themes;
                                 else the general one
  --corrections FILE             answers that people changed (Label Studio JSON), for analyze, triage, report and
                                 search: texts like those corrected follow

Redaction
  --mode label|mask|partial|numbered|keyed|remove   how redact writes what it takes out: [EMAIL], ****1234,
                                 j***@example.com, [EMAIL_1], [EMAIL:kfbdnpaoclghijem], nothing
  --types a,b                    only these types, as in email,phone,person
  --records                      every field of a row, by its name (email, 전화번호, PESEL) and what is in it
  --key FILE                     key of keyed: 16 bytes or more, raw or in hexadecimal digits
  --vault FILE                   where to write what the pseudonyms stand for
  --allow FILE, --deny FILE      what stays and what goes, one a line
  --detectors FILE               detectors of your own as JSON
  --report                       says on standard error how many of each type were taken out

Output
  --out jsonl|csv|table          jsonl; for report and themes: table, json, jsonl or csv; themes also as taxonomy, report
                                 also as markdown or html
  --reader en|ko|ja|pl|de|es|fr  language of a report as markdown or html (en)
  --min N, --max N               themes of at least N rows (3), at most N themes (20)
  --explained                    also themes that topics explain
  --fields a,b                   only these result fields, as in sentiment.label,emotions,intent
  --output FILE                  instead of standard output
  --help, --version

In csv, several labels of one text are joined by |. A row that cannot be read or analysed gets an error
in its place. Blank lines are skipped in csv, tsv and jsonl. Exit codes: 0 all rows done, 1 wrong usage
or unreadable file, 2 some rows failed.
`;

/** `help` and `version` are answered without input. */
export function parseArgs(argv: readonly string[]): Args | "help" | "version" {
  const words: string[] = [];
  const given = new Map<string, string>();
  for (let i = 0; i < argv.length; i++) {
    const word = argv[i]!;
    if (word === "--help" || word === "-h") return "help";
    if (word === "--version" || word === "-V") return "version";
    if (!word.startsWith("-") || word === "-") {
      words.push(word);
      continue;
    }
    const [name, inline] = split(word.replace(/^--?/, ""));
    const flag = Object.hasOwn(FLAGS, name);
    if (!word.startsWith("--") || !(flag || Object.hasOwn(OPTIONS, name))) {
      throw new UsageError(unknown("option", `--${name}`, [...Object.keys(OPTIONS), ...Object.keys(FLAGS)].map((option) => `--${option}`)));
    }
    if (given.has(name)) throw new UsageError(`--${name} is given twice`);
    if (flag) {
      if (inline !== undefined) throw new UsageError(`--${name} takes no value`);
      given.set(name, "");
      continue;
    }
    const value = inline ?? argv[++i];
    if (value === undefined || value === "") throw new UsageError(`--${name} needs a value`);
    given.set(name, value);
  }
  const [command, ...operands] = words;
  if (command === undefined) throw new UsageError(`a command is missing; there are ${[...COMMANDS, ...OWN].join(", ")}`);
  if (!(COMMANDS as readonly string[]).includes(command)) throw new UsageError(unknown("command", command, [...COMMANDS, ...OWN]));
  const checked = command as Command;
  const query = checked === "search" ? operands.shift() : undefined;
  if (checked === "search" && query === undefined) throw new UsageError("search needs a QUERY, as in hearken search 'late NEAR/3 delivery' FILE");
  const [file = "-", ...rest] = operands;
  if (rest.length > 0) throw new UsageError("only one FILE can be read at a time");
  for (const name of given.keys()) {
    const only = OPTIONS[name] ?? FLAGS[name];
    if (only && !only.includes(checked)) throw new UsageError(`--${name} is for ${only.join(" and ")}, not for ${checked}`);
  }
  const args = build(checked, file, given);
  if (query !== undefined) args.query = query;
  return args;
}

function build(command: Command, file: string, given: Map<string, string>): Args {
  const summary = command === "report" || command === "themes";
  const outs: readonly Out[] = command === "themes" ? [...OUTS, "json", "taxonomy"] : summary ? [...OUTS, "json", "markdown", "html"] : OUTS;
  const args: Args = {
    command,
    file,
    mode: choice("--mode", given.get("mode") ?? "label", MODES),
    out: choice("--out", given.get("out") ?? (summary ? "table" : "jsonl"), outs),
  };
  const format = given.get("format");
  if (format !== undefined) args.format = choice("--format", format, FORMATS);
  const scale = given.get("scale");
  if (scale !== undefined) args.scale = choice("--scale", scale, SCALES);
  const fields = given.get("fields");
  if (fields !== undefined) args.fields = fields.split(",").map((field) => field.trim()).filter(Boolean);
  for (const name of ["text", "rating", "channel", "lang", "question", "policy", "taxonomy", "corrections", "date", "customer", "calendar", "now", "output"] as const) {
    const value = given.get(name);
    if (value !== undefined) args[name] = value;
  }
  const timeZone = given.get("time-zone");
  if (timeZone !== undefined) args.timeZone = timeZone;
  const every = given.get("every");
  if (every !== undefined) args.every = choice("--every", every, EVERY);
  const reader = given.get("reader");
  if (reader !== undefined) args.reader = choice("--reader", reader, READERS);
  const by = given.get("by");
  if (by !== undefined) args.by = by.split(",").map((column) => column.trim()).filter(Boolean);
  for (const name of ["min", "max"] as const) {
    const value = given.get(name);
    if (value === undefined) continue;
    if (!/^\d{1,9}$/.test(value)) throw new UsageError(`--${name} must be a whole number`);
    args[name] = Number(value);
  }
  for (const flag of ["explained", "records", "report"] as const) if (given.has(flag)) args[flag] = true;
  for (const name of ["key", "allow", "deny", "detectors", "vault"] as const) {
    const value = given.get(name);
    if (value !== undefined) args[name] = value;
  }
  const types = given.get("types");
  if (types !== undefined) args.types = types.split(",").map((type) => type.trim()).filter(Boolean);
  const questionColumn = given.get("question-column");
  if (questionColumn !== undefined) args.questionColumn = questionColumn;
  return args;
}

function split(word: string): [string, string | undefined] {
  const at = word.indexOf("=");
  return at < 0 ? [word, undefined] : [word.slice(0, at), word.slice(at + 1)];
}

function choice<T extends string>(what: string, value: string, valid: readonly T[]): T {
  if ((valid as readonly string[]).includes(value)) return value as T;
  throw new UsageError(unknown(what, value, valid));
}

/** "X is not known", the closest valid value where one is near, and all of them. */
export function unknown(what: string, value: string, valid: readonly string[]): string {
  const near = closest(value, valid);
  const hint = near === undefined ? "" : ` Did you mean ${near}?`;
  return `${what} ${value} is not known.${hint} There are ${valid.join(", ")}.`;
}

/** The valid value at the smallest edit distance, when that is at most a third of the length (at least 2). */
export function closest(value: string, valid: readonly string[]): string | undefined {
  const wanted = value.toLowerCase();
  let best: string | undefined;
  let least = Math.max(2, Math.floor(wanted.length / 3)) + 1;
  for (const candidate of valid) {
    const distance = editDistance(wanted, candidate.toLowerCase());
    if (distance < least) [best, least] = [candidate, distance];
  }
  return best;
}

/** Levenshtein distance, one row of the table at a time. Only for short words: cut at 64. */
function editDistance(a: string, b: string): number {
  const from = a.slice(0, 64);
  const to = b.slice(0, 64);
  let row = Array.from({ length: to.length + 1 }, (_, i) => i);
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++) {
      const swap = row[j - 1]! + (from[i - 1] === to[j - 1] ? 0 : 1);
      next.push(Math.min(swap, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[to.length]!;
}
