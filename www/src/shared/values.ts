/** Reads ratings, dates, channels and language tags from cells. */
import type { Channel, Scale } from "hearken";

/** Lowest and highest answer of each scale. */
export const BOUNDS: Readonly<Record<Scale, readonly [low: number, high: number]>> = {
  nps: [0, 10],
  csat5: [1, 5],
  csat7: [1, 7],
  ces7: [1, 7],
  stars5: [1, 5],
};

/** The scales in the order in which they are offered. */
export const SCALES: readonly Scale[] = ["nps", "csat5", "csat7", "ces7", "stars5"];

/** The whole number a rating cell holds ("9", "9/10", "4.0", "4 stars", "★★★★☆"), else `undefined`. */
export function readNumber(cell: string): number | undefined {
  const text = cell.normalize("NFKC").trim();
  const stars = /^(★+)☆*$/u.exec(text)?.[1];
  if (stars !== undefined) return stars.length;
  const found = /^(\d{1,4})(?:[.,]0+)?(?:\s*\/\s*\d{1,4})?(?:\s*[\p{L}★]{1,12})?$/u.exec(text)?.[1];
  return found === undefined ? undefined : Number(found);
}

/** The answer on `scale`; `undefined` when the cell is empty, `null` when it is no answer on that scale. */
export function readRating(cell: string, scale: Scale): number | null | undefined {
  if (cell.trim() === "") return undefined;
  const value = readNumber(cell);
  const [low, high] = BOUNDS[scale];
  return value !== undefined && value >= low && value <= high ? value : null;
}

const CHANNELS: ReadonlyMap<string, Channel> = new Map<string, Channel>([
  ...(["survey", "review", "social", "ad_comment", "messaging", "chat", "email", "forum", "blog", "news", "call", "web_form", "other"] as const)
    .map((slug): [string, Channel] => [slug, slug]),
  ["reviews", "review"], ["app_store", "review"], ["google_play", "review"], ["social_media", "social"],
  ["e_mail", "email"], ["mail", "email"], ["phone", "call"], ["call_center", "call"], ["call_centre", "call"],
  ["telephone", "call"], ["live_chat", "chat"], ["messenger", "messaging"], ["sms", "messaging"], ["form", "web_form"],
  ["web", "web_form"], ["website", "web_form"], ["ad", "ad_comment"], ["ads", "ad_comment"], ["questionnaire", "survey"],
]);

/** The channel a cell names, else `undefined`: then the cell's own words are the key. */
export function readChannel(cell: string): Channel | undefined {
  return CHANNELS.get(cell.trim().toLowerCase().replace(/[\s-]+/g, "_"));
}

/** The BCP 47 tag a cell holds, else `undefined`. */
export function readLanguage(cell: string): string | undefined {
  const tag = cell.trim().replace(/_/g, "-");
  return /^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i.test(tag) ? tag : undefined;
}

/** Which part of "03/04/2025" is the day. */
export type DayOrder = "day_first" | "month_first";

/** How a column writes dates with slashes, from the cells that leave no doubt; `undefined` when none does. */
export function dayOrder(cells: Iterable<string>): DayOrder | undefined {
  for (const cell of cells) {
    const parts = /^\s*(\d{1,2})\/(\d{1,2})\/\d{4}/.exec(cell);
    if (parts === null) continue;
    if (Number(parts[1]) > 12) return "day_first";
    if (Number(parts[2]) > 12) return "month_first";
  }
  return undefined;
}

/**
 * The day of a cell, as days since 1970-01-01 in the calendar the cell was written in (no time zone is
 * applied), else `undefined`. Reads 2025-01-31, 2025/1/31, 2025.1.31, 2025年1月31日, 31.1.2025, slashes by
 * `order`, and seconds or milliseconds since 1970.
 */
export function readDay(cell: string, order: DayOrder | undefined): number | undefined {
  const text = cell.trim();
  let parts = /^(\d{4})\s*[-./年년]\s*(\d{1,2})\s*[-./月월]\s*(\d{1,2})(?!\d)/u.exec(text);
  if (parts !== null) return toDay(Number(parts[1]), Number(parts[2]), Number(parts[3]));
  parts = /^(\d{1,2})[.-](\d{1,2})[.-](\d{4})(?!\d)/.exec(text);
  if (parts !== null) return toDay(Number(parts[3]), Number(parts[2]), Number(parts[1]));
  parts = /^(\d{1,2})\/(\d{1,2})\/(\d{4})(?!\d)/.exec(text);
  if (parts !== null && order !== undefined) {
    const [first, second] = [Number(parts[1]), Number(parts[2])];
    return order === "day_first" ? toDay(Number(parts[3]), second, first) : toDay(Number(parts[3]), first, second);
  }
  if (/^\d{10}$/.test(text)) return Math.floor(Number(text) / 86_400);
  if (/^\d{13}$/.test(text)) return Math.floor(Number(text) / 86_400_000);
  return undefined;
}

/**
 * The time of day of a cell that `readDay` reads, in milliseconds since the start of that day in UTC; 0 where it has none that
 * leaves no doubt. A time without zone is taken as UTC; with one the result may lie outside the day.
 */
export function readTime(cell: string): number {
  const text = cell.trim();
  if (/^\d{10}$/.test(text)) return (Number(text) % 86_400) * 1000;
  if (/^\d{13}$/.test(text)) return Number(text) % 86_400_000;
  const parts = /[T\s](\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(?:(Z)|([+-])(\d{2}):?(\d{2}))?$/i.exec(text);
  if (parts === null) return 0;
  const [hours, minutes, seconds] = [Number(parts[1]), Number(parts[2]), Number(parts[3] ?? 0)];
  if (hours > 23 || minutes > 59 || seconds > 59) return 0;
  const zone = parts[5] === undefined ? 0 : (parts[5] === "-" ? -1 : 1) * (Number(parts[6]) * 60 + Number(parts[7]));
  return (hours * 3600 + (minutes - zone) * 60 + seconds) * 1000;
}

function toDay(year: number, month: number, day: number): number | undefined {
  const time = Date.UTC(year, month - 1, day);
  const back = new Date(time);
  return back.getUTCMonth() === month - 1 && back.getUTCDate() === day ? time / 86_400_000 : undefined;
}
