// Time zones as data: the wasm carries none, the runtime knows them all.

import { HearkenError } from "../errors.js";
import type { Calendar } from "../types.js";

/** How far the clocks of a zone are from UTC: from when on (milliseconds since 1970), and by how many minutes. */
export type ZoneOffsets = readonly (readonly [fromMs: number, minutes: number])[];

/** The years that are looked at; before and after them the nearest offset holds. */
const FIRST = Date.UTC(2000, 0, 1);
const END = Date.UTC(2050, 0, 1);
/** No summer time is shorter: changes do not hide between two looks. */
const STEP = 14 * 86_400_000;
const MINUTE = 60_000;
/** Furthest a local time is from UTC, with room: what is decided within so much of a moment. */
const NEAR = 3 * 86_400_000;

const known = new Map<string, ZoneOffsets>();

/**
 * The offsets of a zone of the runtime (`Intl`), as in `Europe/Warsaw`, from 2000 to 2049: for the periods of a rollup
 * and for calendars. A few milliseconds at the first call for a zone, kept after.
 *
 * @throws HearkenError `E_FIELD` naming `zone` for a name the runtime does not know.
 */
export function zoneOffsets(zone: string): ZoneOffsets {
  const kept = known.get(zone);
  if (kept) return kept;
  const minutesAt = clock(zone);
  let minutes = minutesAt(FIRST);
  const offsets: [number, number][] = [[FIRST, minutes]];
  for (let from = FIRST; from < END; from += STEP) {
    const after = minutesAt(from + STEP);
    if (after === minutes) continue;
    // Whole minutes between two looks: the first with the new offset.
    let [low, high] = [from / MINUTE, (from + STEP) / MINUTE];
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (minutesAt(middle * MINUTE) === minutes) low = middle;
      else high = middle;
    }
    offsets.push([high * MINUTE, after]);
    minutes = after;
  }
  known.set(zone, offsets);
  return offsets;
}

/** Minutes from UTC at a moment. */
function clock(zone: string): (atMs: number) => number {
  let format: Intl.DateTimeFormat;
  try {
    if (typeof zone !== "string" || zone === "") throw new RangeError();
    format = new Intl.DateTimeFormat("en-US", { timeZone: zone, timeZoneName: "longOffset" });
  } catch {
    throw new HearkenError("E_FIELD", "field zone: must be a time zone that this runtime knows, as in Europe/Warsaw", { field: "zone" });
  }
  return (atMs) => {
    const written = format.format(atMs);
    const [, sign, hours, minutes] = /GMT([+-])(\d\d):(\d\d)/.exec(written) ?? [];
    return (sign === "-" ? -1 : 1) * (60 * Number(hours ?? 0) + Number(minutes ?? 0)) || 0;
  };
}

/** A calendar whose zone is data, with the changes that matter between two moments. */
export function withZone(calendar: Calendar, fromMs = -Infinity, toMs = Infinity): Calendar {
  const { zone } = calendar;
  if (typeof zone !== "string") return calendar;
  let offsets: ZoneOffsets;
  try {
    offsets = zoneOffsets(zone);
  } catch (error) {
    if (!(error instanceof HearkenError)) throw error;
    throw new HearkenError("E_FIELD", error.message.replace("field zone", "field calendar.zone"), { field: "calendar.zone" });
  }
  // The last change before the first moment is where the clocks stand then.
  const past = offsets.filter(([from]) => from <= fromMs - NEAR).length;
  const near = offsets.slice(Math.max(0, past - 1)).filter(([from], at) => at === 0 || from <= toMs + NEAR);
  const [[, offsetMinutes], ...changes] = near as [readonly [number, number], ...(readonly [number, number])[]];
  return { ...calendar, zone: { offsetMinutes, transitions: changes.map(([from, minutes]) => ({ from, offsetMinutes: minutes })) } };
}

/** Options of a rollup whose periods have the offsets of their zones, where the runtime knows them. */
export function withOffsets(options: unknown): unknown {
  const { periods } = (options ?? {}) as { periods?: unknown };
  if (!Array.isArray(periods)) return options;
  return { ...(options as object), periods: periods.map(periodWithOffsets) };
}

function periodWithOffsets(period: unknown): unknown {
  const { zone, offsets, ...others } = (period ?? {}) as { zone?: unknown; offsets?: unknown };
  if (typeof zone !== "string" || (offsets !== undefined && offsets !== null)) return period;
  if (zone === "UTC") return others;
  try {
    return { ...others, zone, offsets: zoneOffsets(zone) };
  } catch {
    // The wasm refuses it and says what is needed.
    return period;
  }
}

/** A moment in milliseconds; NaN for what is none, which the wasm refuses by name. */
export function momentOf(time: unknown): number {
  return typeof time === "number" ? time : typeof time === "string" ? Date.parse(time) : NaN;
}
