// The second wasm, which counts, groups and drafts, and the settings it reads. Made at the first request that needs it,
// so that the routes that only read texts start as fast as without it.

import de from "hearken/replies/de.json";
import en from "hearken/replies/en.json";
import es from "hearken/replies/es.json";
import fr from "hearken/replies/fr.json";
import ja from "hearken/replies/ja.json";
import ko from "hearken/replies/ko.json";
import pl from "hearken/replies/pl.json";
import { HearkenError, Insight, type Calendar, type Pause, type Replies, type ReplyLibrary } from "hearken/insight/slim";
import type { Env } from "./headers.ts";
import { Setting, unusable } from "./settings.ts";

let insight: Insight | undefined;

/** Kept like the engine, and likewise not its promise. */
export async function theInsight(): Promise<Insight> {
  if (insight) return insight;
  // Not among the imports above: compiling it would slow down the first answer of a worker that never needs it.
  const { default: wasm } = await import("hearken/insight.wasm");
  const loaded = await Insight.load({ wasm });
  return (insight ??= loaded);
}

const calendars = new Setting<Calendar>("CALENDAR");

/** When the team works, as `CALENDAR` says; `undefined` without it. @throws Refusal 500 `E_SETTINGS` with `path`. */
export function theCalendar(insight: Insight, env: Env): Calendar | undefined {
  return calendars.read(env.CALENDAR, (given) => {
    const calendar = given as Calendar;
    if (typeof given !== "object" || given === null) throw unusable("CALENDAR");
    insight.care.situation({ now: 0, calendar });
    return calendar;
  }, "calendar");
}

/** True where decisions depend on when the team works. */
export function hasCalendar(env: Env): boolean {
  return env.CALENDAR !== undefined && env.CALENDAR !== null && env.CALENDAR !== "";
}

const histories = new Setting<readonly Pause[]>("PAUSES");

/** The pauses of the settings: a list, or the history file that `hearken pause` keeps. @throws Refusal 500 `E_SETTINGS` with `path`. */
export function thePauses(insight: Insight, env: Env): readonly Pause[] {
  return histories.read(env.PAUSES, (given) => {
    const pauses = (Array.isArray(given) ? given : (given as { pauses?: unknown } | null)?.pauses) as Pause[];
    if (!Array.isArray(pauses)) throw unusable("PAUSES");
    insight.care.pauses({ pauses, now: 0 });
    return pauses;
  }, "pauses") ?? [];
}

/** Of the package, as text: parsed at the first use. */
const SHIPPED = [en, ko, ja, pl, de, es, fr] as unknown as readonly string[];
/** @throws Refusal 500 `E_SETTINGS` with the place in the list */
function checkLibrary(insight: Insight, library: unknown, at: number): void {
  const { language } = (library ?? {}) as { language?: unknown };
  if (typeof language !== "string") throw unusable("REPLIES", `[${at}].language`);
  try {
    insight.replies(library as ReplyLibrary).draft({ action: "thank", language });
  } catch (error) {
    if (!(error instanceof HearkenError) || error.code === "E_TRAP") throw error;
    throw unusable("REPLIES", (error.field ?? "").replace(/^libraries\[0\]/, `[${at}]`));
  }
}

const libraries = new Setting<Replies>("REPLIES");
let shipped: Replies | undefined;

/**
 * Drafts by the templates of `REPLIES`, a list of libraries, and by those of the package for other languages.
 *
 * @throws Refusal 500 `E_SETTINGS` with `path`
 */
export function theReplies(insight: Insight, env: Env): Replies {
  const ours = (): ReplyLibrary[] => SHIPPED.map((json) => JSON.parse(json) as ReplyLibrary);
  const own = libraries.read(env.REPLIES, (given) => {
    if (!Array.isArray(given)) throw unusable("REPLIES");
    const languages = given.map((one: { language?: unknown } | null) => one?.language);
    for (const [at, library] of given.entries()) checkLibrary(insight, library, at);
    return insight.replies(...(given as ReplyLibrary[]), ...ours().filter(({ language }) => !languages.includes(language)));
  });
  return own ?? (shipped ??= insight.replies(...ours()));
}
