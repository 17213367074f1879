/** Counts of the sentiments by day, week, month or year, whichever gives a chart one can read. */
import type { Timeline } from "../shared/protocol.ts";
import { NO_DAY, NO_LABEL, type Results } from "./results.ts";

/** Most buckets of one chart; a coarser unit is taken beyond. */
const MAX_BUCKETS = { day: 31, week: 30, month: 60, year: Infinity } as const;

/** `null` when no row has both a date and a result. Weeks start on Monday (ISO 8601). */
export function timeline(results: Results): Timeline | null {
  let first = Infinity;
  let last = -Infinity;
  let undated = 0;
  for (let row = 0; row < results.rows; row++) {
    const day = results.day[row] ?? NO_DAY;
    if (results.label[row] === NO_LABEL) continue;
    if (day === NO_DAY) undated++;
    else {
      first = Math.min(first, day);
      last = Math.max(last, day);
    }
  }
  if (first > last) return null;
  const unit = (["day", "week", "month", "year"] as const).find((candidate) => index(last, candidate) - index(first, candidate) < MAX_BUCKETS[candidate]) ?? "year";
  const base = index(first, unit);
  const buckets = index(last, unit) - base + 1;
  const counts = [0, 1, 2].map(() => new Array<number>(buckets).fill(0));
  for (let row = 0; row < results.rows; row++) {
    const day = results.day[row] ?? NO_DAY;
    const column = counts[results.label[row] ?? NO_LABEL];
    if (day === NO_DAY || column === undefined) continue;
    const at = index(day, unit) - base;
    column[at] = (column[at] ?? 0) + 1;
  }
  return {
    unit,
    start: Array.from({ length: buckets }, (_, at) => startOf(base + at, unit)),
    negative: counts[0] ?? [],
    neutral: counts[1] ?? [],
    positive: counts[2] ?? [],
    undated,
  };
}

/** Number of the bucket a day lies in. Day 0 was a Thursday, so Mondays are 4, 11, ... */
function index(day: number, unit: Timeline["unit"]): number {
  if (unit === "day") return day;
  if (unit === "week") return Math.floor((day + 3) / 7);
  const date = new Date(day * 86_400_000);
  return unit === "month" ? date.getUTCFullYear() * 12 + date.getUTCMonth() : date.getUTCFullYear();
}

function startOf(bucket: number, unit: Timeline["unit"]): number {
  if (unit === "day") return bucket;
  if (unit === "week") return bucket * 7 - 3;
  const year = unit === "month" ? Math.floor(bucket / 12) : bucket;
  return Date.UTC(year, unit === "month" ? bucket % 12 : 0, 1) / 86_400_000;
}
