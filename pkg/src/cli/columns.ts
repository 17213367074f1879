// Which column is the text, the rating, the channel: as asked for, else by common names.

import type { Channel, Scale } from "../types.js";
import { SCALES, UsageError, closest, type Args } from "./args.js";
import type { Input } from "./input.js";

/** Names in en, de, es, fr, pl, ja, ko; the first that a file has wins. Compared without case, spaces and signs. */
const TEXT_NAMES = [
  "text", "comment", "comments", "message", "review", "review text", "review body", "feedback", "verbatim", "body", "content",
  "answer", "response", "tweet", "opinion", "remarks", "description",
  "kommentar", "kommentare", "nachricht", "bewertungstext", "rezension", "rückmeldung", "meinung", "antwort", "freitext",
  "texto", "comentario", "comentarios", "mensaje", "reseña", "opinión", "respuesta",
  "texte", "commentaire", "commentaires", "avis", "réponse", "remarque", "verbatims",
  "tekst", "komentarz", "komentarze", "wiadomość", "recenzja", "opinia", "odpowiedź", "treść", "uwagi",
  "コメント", "本文", "テキスト", "レビュー", "口コミ", "感想", "意見", "ご意見", "メッセージ", "自由記述", "回答",
  "댓글", "내용", "의견", "리뷰", "후기", "본문", "텍스트", "메시지", "코멘트", "답변",
];
const CHANNEL_NAMES = ["channel", "kanal", "canal", "kanał", "チャネル", "チャンネル", "경로", "채널"];
const LANG_NAMES = ["lang", "language", "locale", "sprache", "idioma", "lengua", "langue", "język", "言語", "언어"];
const QUESTION_NAMES = [
  "question", "question text", "survey question", "frage", "fragetext", "pregunta", "question posée", "domanda", "pergunta", "vraag",
  "pytanie", "質問", "設問", "질문", "문항",
];
const DATE_NAMES = [
  "date", "sent at", "created at", "time", "timestamp", "datum", "zeit", "fecha", "data", "日付", "日時", "날짜", "일시", "data wysłania",
];
const RATING_NAMES: [Scale, string[]][] = [
  ["nps", ["nps", "nps score", "nps rating", "nps wert", "puntuación nps", "score nps", "wynik nps", "NPSスコア", "NPS 점수", "recommend", "likelihood to recommend"]],
  ["stars5", ["stars", "star rating", "sterne", "estrellas", "étoiles", "gwiazdki", "星", "星評価", "별점"]],
];

/** Channel names of the engine. */
export const CHANNELS: readonly Channel[] = [
  "survey", "review", "social", "ad_comment", "messaging", "chat", "email", "forum", "blog", "news", "call", "web_form", "other",
];

/** The columns a run reads. */
export interface Columns {
  text: string;
  rating?: { column: string; scale: Scale };
  channel?: string;
  lang?: string;
  question?: string;
  date?: string;
  /** Columns to count by, each with the key that stands for it. */
  by?: { key: string; column: string }[];
  customer?: string;
}

/** Most columns to count by. */
const MAX_BY = 16;

/**
 * Settles the columns, noting on `input.notes` what was guessed.
 *
 * @throws UsageError naming the columns there are.
 */
export function chooseColumns(args: Args, input: Input): Columns {
  const text = textColumn(args.text, input);
  const columns: Columns = { text };
  if (args.command === "report" || args.command === "triage" || args.command === "search") {
    const rating = chooseRating(args, input);
    if (rating) columns.rating = rating;
    const channel = args.channel === undefined ? guess("channel", CHANNEL_NAMES, input) : given(args.channel, "--channel", input);
    if (channel !== undefined) columns.channel = channel;
  } else if (args.rating !== undefined) {
    given(args.rating, "--rating", input);
    input.notes.push(`rating column "${args.rating}" is kept as it is: ${args.command} does not read it`);
  }
  if (args.by !== undefined) columns.by = chooseBy(args.by, input);
  if (args.customer !== undefined) columns.customer = given(args.customer, "--customer", input);
  if (args.command !== "search" && args.date !== undefined) columns.date = given(args.date, "--date", input);
  if (args.every !== undefined && columns.date === undefined) throw new UsageError("--every needs --date COLUMN");
  if (args.timeZone !== undefined && columns.date === undefined) throw new UsageError("--time-zone needs --date COLUMN");
  if (args.command === "search") {
    const date = args.date === undefined ? guess("date", DATE_NAMES, input) : given(args.date, "--date", input);
    if (date !== undefined) columns.date = date;
  }
  const lang = args.lang === undefined ? guess("lang", LANG_NAMES, input) : given(args.lang, "--lang", input);
  if (lang !== undefined) columns.lang = lang;
  const question = chooseQuestion(args, input, text);
  if (question !== undefined) columns.question = question;
  return columns;
}

/** Columns to count by. Keys are made of letters and digits of their names, and of their place where that is not enough. */
function chooseBy(names: readonly string[], input: Input): { key: string; column: string }[] {
  if (names.length > MAX_BY) throw new UsageError(`--by takes at most ${MAX_BY} columns`);
  const taken = new Set<string>();
  return names.map((name, at) => {
    const slug = name.toLowerCase().replace(/[^a-z0-9_]+/g, "-").replace(/^-+|-+$/g, "").slice(0, 32);
    const key = slug === "" || taken.has(slug) ? `${slug || "column"}-${at + 1}` : slug;
    taken.add(key);
    return { key, column: given(name, "--by", input) };
  });
}

/** A question given for all rows is not overruled by a guess; the text itself is no question column. */
function chooseQuestion(args: Args, input: Input, text: string): string | undefined {
  if (args.command === "redact") return undefined;
  if (args.questionColumn !== undefined) return given(args.questionColumn, "--question-column", input);
  if (args.question !== undefined) return undefined;
  return guess("question-column", QUESTION_NAMES, { ...input, columns: input.columns.filter((column) => column !== text) });
}

function chooseRating(args: Args, input: Input): Columns["rating"] {
  if (args.rating !== undefined) {
    const column = given(args.rating, "--rating", input);
    const scale = args.scale ?? RATING_NAMES.find(([, names]) => names.map(fold).includes(fold(column)))?.[0];
    if (scale === undefined) throw new UsageError(`--rating ${column} needs --scale: one of ${SCALES.join(", ")}`);
    if (args.scale === undefined) input.notes.push(`scale ${scale} (guessed from the name of the rating column)`);
    return { column, scale };
  }
  for (const [scale, names] of RATING_NAMES) {
    if (args.scale !== undefined && args.scale !== scale) continue;
    const column = find(names, input.columns);
    if (column === undefined) continue;
    input.notes.push(`rating column "${column}" on the scale ${scale} (guessed; --rating and --scale say otherwise)`);
    return { column, scale };
  }
  if (args.scale !== undefined) throw new UsageError(`--scale ${args.scale} needs --rating COLUMN; ${have(input)}`);
  return undefined;
}

/** A column that was asked for. Fields of jsonl may be missing from the first lines: those are taken as they are. */
export function given(name: string, option: string, input: Input): string {
  if (input.columns.includes(name)) return name;
  if (input.format === "jsonl") {
    const top = name.split(".")[0]!;
    if (input.columns.length === 0 || input.columns.includes(top)) return name;
  }
  const near = closest(name, input.columns);
  throw new UsageError(`${option} ${name}: there is no such column.${near === undefined ? "" : ` Did you mean ${near}?`} ${have(input)}`);
}

/** The text column: the one asked for, else by common names. @throws UsageError naming the columns there are. */
export function textColumn(asked: string | undefined, input: Input): string {
  return asked === undefined ? guessText(input) : given(asked, "--text", input);
}

function guessText(input: Input): string {
  const only = input.columns.length === 1 ? input.columns[0] : undefined;
  if (input.format === "lines") return "text";
  const found = find(TEXT_NAMES, input.columns) ?? only;
  if (found !== undefined) {
    if (input.columns.length > 1) input.notes.push(`text column "${found}" (guessed; --text says otherwise)`);
    return found;
  }
  // An empty jsonl file has no rows to fail on.
  if (input.columns.length === 0) return "text";
  throw new UsageError(`which column is the text? Say --text COLUMN; ${have(input)}`);
}

function guess(what: string, names: string[], input: Input): string | undefined {
  const found = find(names, input.columns);
  const name = what.replace("-column", "");
  if (found !== undefined) input.notes.push(`${name} column "${found}" (guessed; --${what} says otherwise)`);
  return found;
}

function find(names: readonly string[], columns: readonly string[]): string | undefined {
  const folded = columns.map(fold);
  for (const name of names) {
    const at = folded.indexOf(fold(name));
    if (at >= 0) return columns[at];
  }
  return undefined;
}

/** Without case, spaces and signs, composed: "Review_Text" is "review text". */
function fold(name: string): string {
  return name.normalize("NFKC").toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
}

function have(input: Input): string {
  return input.columns.length > 0 ? `the columns are ${input.columns.join(", ")}.` : "the input has no columns.";
}

/** Value of a field: an own key first, else the way along the dots. */
export function valueAt(record: Record<string, unknown>, name: string): unknown {
  if (Object.hasOwn(record, name)) return record[name];
  let value: unknown = record;
  for (const key of name.split(".")) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return value;
}

/** A copy of the record with another value at the field that `valueAt` reads. */
export function replaceAt(record: Record<string, unknown>, name: string, value: unknown): Record<string, unknown> {
  const [first, ...rest] = Object.hasOwn(record, name) ? [name] : name.split(".");
  const key = first!;
  const inner = Object.hasOwn(record, key) ? record[key] : undefined;
  const nested = rest.length > 0 && typeof inner === "object" && inner !== null;
  const changed = nested ? replaceAt(inner as Record<string, unknown>, rest.join("."), value) : value;
  return { ...record, [key]: changed };
}
