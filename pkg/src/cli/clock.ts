// `--now` and `--calendar`: the time of a run, and when the team works.

import { readFile } from "node:fs/promises";
import { HearkenError, Insight } from "../insight/node.js";
import type { Calendar, Situation } from "../types.js";
import { UsageError, type Args } from "./args.js";

/** The moment that decisions of a run hold for. */
export interface Clock {
  /** Milliseconds since 1970. */
  now: number;
  calendar?: Calendar;
}

/** The time that was given, else that of this machine. @throws UsageError for what is no time. */
export function nowOf(insight: Insight, given: string | undefined): number {
  if (given === undefined) return Date.now();
  const now = timeOf(insight, given);
  if (now === undefined) throw new UsageError("--now must be ISO 8601, as in 2026-03-02T09:00:00+01:00, or milliseconds since 1970");
  return now;
}

/** A time as a cell has it, in milliseconds; `undefined` for what is none. Digits are milliseconds. */
export function timeOf(insight: Insight, given: unknown): number | undefined {
  const value = typeof given === "string" ? given.trim() : given;
  const time = typeof value === "string" && /^-?\d{9,}$/.test(value) ? Number(value) : value;
  if (typeof time !== "string" && typeof time !== "number") return undefined;
  try {
    // A message sent then, with a minute to answer, is due a minute later.
    return insight.care.deadline({ sentAt: time, now: 8.64e15 - 60_000, minutes: 1 }).deadlineMs - 60_000;
  } catch (error) {
    if (error instanceof HearkenError && error.code === "E_FIELD") return undefined;
    throw error;
  }
}

/** Reads `--now` and `--calendar`. @throws UsageError for what cannot be used, naming the place in the calendar. */
export async function openClock(insight: Insight, now: string | undefined, file: string | undefined): Promise<Clock> {
  const clock: Clock = { now: nowOf(insight, now) };
  if (file === undefined) return clock;
  const calendar = await readJson("--calendar", file) as Calendar;
  try {
    if (typeof calendar !== "object" || calendar === null) throw new UsageError(`--calendar ${file}: must be a JSON object`);
    insight.care.situation({ now: clock.now, calendar });
  } catch (error) {
    if (!(error instanceof HearkenError)) throw error;
    throw new UsageError(`--calendar ${file}: ${error.message} (${error.code})`);
  }
  return { ...clock, calendar };
}

/** The clock of decisions over rows: where rows have a time or the team a calendar. @throws UsageError as `openClock`. */
export async function clockFor({ now, calendar }: Pick<Args, "now" | "calendar">, hasDate: boolean): Promise<(Clock & { insight: Insight }) | undefined> {
  if (!hasDate && calendar === undefined) {
    if (now !== undefined) throw new UsageError("--now needs --date COLUMN or --calendar FILE");
    return undefined;
  }
  const insight = await Insight.load();
  return { insight, ...await openClock(insight, now, calendar) };
}

/** The situation of a message sent then. */
export function situationOf(insight: Insight, { now, calendar }: Clock, sentAt: string | number | undefined): Situation {
  return insight.care.situation({ now, ...(sentAt !== undefined && { sentAt }), ...(calendar && { calendar }) });
}

/** The value in a JSON file. @throws UsageError naming option and file, and nothing of what is in it. */
export async function readJson(option: string, file: string): Promise<unknown> {
  const json = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`${option} ${file} cannot be read (${error.code ?? "unknown error"})`);
  });
  try {
    return JSON.parse(json);
  } catch {
    throw new UsageError(`${option} ${file} is not valid JSON`);
  }
}
