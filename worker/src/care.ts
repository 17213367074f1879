// What follows decisions: cases with their next steps, drafts, and the look at what is to go out.

import type { Engine } from "hearken";
import type { Calendar, CaseTalk, CaseWork, Insight, Outbound, OutboundContext, Pause, Replies, ReplyValues } from "hearken/insight";
import type { Answer } from "./answers.ts";
import { decide, type Deciding } from "./decide.ts";
import { MAX_MESSAGES, MAX_RECORDS } from "./limits.ts";
import { tooMany } from "./messages.ts";
import { wrong } from "./respond.ts";

/** The cases of messages, with or without their words. `{messages, windowHours?, now?}`; a list is the messages. */
export function cases({ engine, taxonomies, policy }: Deciding, insight: Insight, calendar: Calendar | undefined, given: unknown): CaseWork {
  const { messages, windowHours, now } = (Array.isArray(given) ? { messages: given } : object(given)) as Record<string, unknown>;
  if (!Array.isArray(messages)) throw wrong("messages", "must be a list of messages");
  if (messages.length > MAX_RECORDS) throw tooMany(messages.length, MAX_RECORDS);
  const read = messages.filter((one: { text?: unknown } | null) => typeof one?.text === "string").length;
  if (read > MAX_MESSAGES) throw tooMany(read, MAX_MESSAGES, "messages with words");
  const taxonomy = taxonomies(undefined);
  return insight.care.work(messages as CaseTalk[], engine, {
    now: (now as number | undefined) ?? Date.now(),
    ...(windowHours !== undefined && windowHours !== null && { windowHours: windowHours as number }),
    ...(policy && { policy }),
    ...(taxonomy && { triage: { taxonomy } }),
    ...(calendar && { calendar }),
  });
}

function object(given: unknown): object {
  if (typeof given !== "object" || given === null) throw wrong("body", "must be an object or a list of messages");
  return given;
}

const VALUES: readonly string[] = ["name", "order", "agent", "deadline"];

/** Answers with the draft of a reply. Reads what a decision reads, `values` and `variant`. */
export function drafting(deciding: Deciding, replies: Replies): Answer {
  return ({ values, variant, ...message }) => {
    if (values !== undefined && values !== null && (typeof values !== "object" || Object.keys(values).some((name) => !VALUES.includes(name)))) {
      throw wrong("values", `must be an object of nothing but ${VALUES.join(", ")}`);
    }
    if (variant !== undefined && variant !== null && typeof variant !== "string") throw wrong("variant", "must be a string");
    const { decision } = decide(deciding, message);
    const { action, queue, priority, mode } = decision;
    return { action, queue, priority, mode, draft: replies.draftFor(decision, (values ?? undefined) as ReplyValues | undefined, (variant ?? undefined) as string | undefined) };
  };
}

/** What tells which pauses cover an item. */
const SCOPE = ["kind", "channel", "source", "brand", "market", "campaign", "publishAt"] as const;
/** What a reply is compared with. */
const CONTEXT = ["message", "languages", "allowed", "events"] as const;

/**
 * Answers with what speaks against sending a reply. Reads `text` and `promotional`, what tells which pauses cover it, and
 * what it is compared with. Kind is `reply` unless another is given, so that only pauses that name replies hold it back.
 */
export function checking(engine: Engine, insight: Insight, replies: Replies, pauses: readonly Pause[]): Answer {
  return (given) => {
    const { text, promotional } = given;
    if (typeof text !== "string") throw wrong("text", "must be a string");
    const now = (given["now"] as number | undefined) ?? Date.now();
    const more = given["pauses"] ?? [];
    if (!Array.isArray(more)) throw wrong("pauses", "must be a list of pauses");
    const all = [...pauses, ...(more as Pause[])];
    const item = { kind: "reply", ...picked(given, SCOPE), id: "item" } as Outbound;
    const held = insight.care.pauses({ pauses: all, now, items: [item] }).items[0]?.pauses ?? [];
    const context = { ...picked(given, CONTEXT), now, pauses: held.map((id) => ({ id })) } as OutboundContext;
    const reply = { text, ...(promotional !== undefined && promotional !== null && { promotional: promotional as boolean }) };
    return { check: replies.look(engine, reply, context), pauses: held };
  };
}

function picked(given: Record<string, unknown>, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(names.filter((name) => given[name] !== undefined && given[name] !== null).map((name) => [name, given[name]]));
}
