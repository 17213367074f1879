// Decisions: by the policy, at the time of the request or the one it names, by the calendar of the team, redacted as asked.

import { HearkenError, type CompiledPolicy, type Decision, type Engine, type Message, type RedactorOptions, type Situation, type TriageOptions } from "hearken";
import type { Calendar, Deadline, Insight } from "hearken/insight";
import { named, redactionOf, type Answer } from "./answers.ts";
import { wrong } from "./respond.ts";
import type { Taxonomies } from "./taxonomies.ts";

/** All that decides. */
export interface Deciding {
  engine: Engine;
  taxonomies: Taxonomies;
  policy: CompiledPolicy | undefined;
  /** How texts are redacted. */
  redaction: RedactorOptions;
  /** Only with a calendar. */
  hours?: { insight: Insight; calendar: Calendar };
}

/** What `options` of a decision may hold; `redact` holds `mode`, `modes` and `types`. */
const OPTIONS: readonly string[] = ["topics", "taxonomy", "situation", "redact"];

/**
 * Decides about one message. Every field of it may be read, and of `options` what tells topics, the situation and how to
 * redact. `now` is the time of the request unless `options.situation` says another.
 *
 * @throws Refusal 400 `E_FIELD`, HearkenError
 */
export function decide({ engine, taxonomies, policy, redaction, hours }: Deciding, given: Record<string, unknown>): { decision: Decision; due?: Deadline } {
  const { options: asked, ...rest } = given;
  const { redact, situation, ...options } = named<TriageOptions & { redact?: unknown }>(asked, OPTIONS, taxonomies);
  if (redact !== undefined && redact !== null && (typeof redact !== "object" || Array.isArray(redact))) throw wrong("options.redact", "must be an object");
  if (situation !== undefined && situation !== null && (typeof situation !== "object" || Array.isArray(situation))) throw wrong("options.situation", "must be an object");
  const message = rest as unknown as Message;
  const now = situation?.now ?? Date.now();
  const moments = hours && timesOf(hours.insight, message, now, hours.calendar);
  const decision = engine.triage(message, policy, { ...options, situation: { ...moments?.situation, now, ...situation } });
  const how = redactionOf((redact ?? {}) as Record<string, unknown>, redaction);
  if (Object.keys(how).length > 0) again(engine, decision, message.text, how);
  const due = hours && moments?.sentAt !== undefined ? hours.insight.care.due(decision, { sentAt: moments.sentAt, now, calendar: hours.calendar }) : null;
  return due ? { decision, due } : { decision };
}

/** Answers with `decide`. */
export function triaging(deciding: Deciding): Answer {
  return (given) => decide(deciding, given);
}

/** What the calendar says; a time that is none tells nothing, as without a calendar. */
function timesOf({ care }: Insight, { sentAt }: Message, now: string | number, calendar: Calendar): { situation: Situation; sentAt?: string | number } {
  if (sentAt !== undefined && sentAt !== null) {
    try {
      return { situation: care.situation({ now, sentAt, calendar }), sentAt };
    } catch (error) {
      if (!(error instanceof HearkenError) || error.field !== "sentAt") throw error;
    }
  }
  return { situation: care.situation({ now, calendar }) };
}

/** Redacts the text in the way asked for. Fails closed: no text where that fails. */
function again(engine: Engine, decision: Decision, text: string, options: RedactorOptions): void {
  const redactor = engine.redactor(options);
  try {
    decision.redacted = redactor.redact(text).text;
  } catch (error) {
    if (!(error instanceof HearkenError) || error.code !== "E_TEXT_TOO_LARGE") throw error;
    decision.redacted = null;
    decision.redactionError = { code: error.code, message: error.message };
  } finally {
    redactor.free();
  }
}
