// Cases of messages with their words: the engine reads them, then they become cases, each with its next steps.

import type { Engine } from "../engine.js";
import { HearkenError, wrongField } from "../errors.js";
import type { TriageOptions } from "../options.js";
import type { CompiledPolicy } from "../policy.js";
import type { Case, CaseCall, CaseMessage, CaseReport, Decision, Guidance, Message } from "../types.js";
import type { Care } from "./care.js";

/**
 * A message of a case, with its words where there are any. What it says of itself (`intent`, `action`, `emotions`) is
 * not read anew. Further fields are data that is known (`order_number`, `product`, ...): nobody asks for them again.
 */
export interface CaseTalk extends CaseMessage, Partial<Pick<Message, "text" | "lang" | "question" | "parent" | "source" | "author" | "rating">> {
  [data: string]: unknown;
}

/** How the words are read. */
export interface CaseWorkOptions extends Omit<CaseCall, "messages"> {
  /** Decides about each message of a customer; the default policy where there is none. */
  policy?: CompiledPolicy;
  triage?: TriageOptions;
}

/** A case with what to do next; `next` is null once it is resolved. */
export interface WorkedCase extends Case {
  next: Guidance | null;
}

/** As `CaseReport`; no words. */
export interface CaseWork extends CaseReport {
  cases: WorkedCase[];
}

/** Fields of a message that are not data of a workflow. */
const OWN: readonly string[] = [
  "id", "sentAt", "role", "channel", "thread", "inReplyTo", "intent", "action", "emotions", "resolves",
  "text", "lang", "question", "parent", "source", "author", "rating",
];
const KEYS = ["id", "sentAt", "role", "channel", "thread", "inReplyTo", "customer", "intent", "action", "emotions", "resolves"] as const;
/** What a detector finds, and the data that are then known. */
const FOUND: Readonly<Record<string, readonly string[]>> = { reference: ["order_number", "booking_number"], address: ["address"] };

/** Reads, groups and guides. @throws HearkenError `E_FIELD` naming the message, as in `messages[3].sentAt`. */
export function casework(care: Care, messages: readonly CaseTalk[], engine: Engine, options: CaseWorkOptions = {}): CaseWork {
  if (!Array.isArray(messages)) throw wrongField("messages", "an array of messages", messages);
  const { policy, triage, ...call } = options;
  const known = new Map<string, Set<string>>();
  const read = messages.map((message: CaseTalk, at): CaseMessage => {
    if (typeof message !== "object" || message === null || Array.isArray(message)) throw wrongField(`messages[${at}]`, "an object", message);
    const kept = pick(message);
    const data = known.get(message.id) ?? new Set<string>();
    known.set(message.id, data);
    for (const name of dataOf(message)) data.add(name);
    if (message.text === undefined || message.text === null || (message.role ?? "customer") !== "customer") return kept;
    const decision = decide(engine, message, policy, triage, at);
    for (const { type } of decision.analysis.pii) for (const name of FOUND[type] ?? []) data.add(name);
    const { intent, emotions } = decision.analysis;
    const said: Partial<CaseMessage> = { action: decision.action, emotions: emotions.map(({ label }) => label) };
    if (intent.label !== "none") said.intent = intent.label;
    return { ...said, ...kept };
  });
  const report = care.cases({ ...call, messages: read });
  const ofCase = new Map<string, Set<string>>();
  for (const { id, case: of } of report.steps) {
    if (of === undefined) continue;
    const data = ofCase.get(of) ?? new Set<string>();
    for (const name of known.get(id) ?? []) data.add(name);
    ofCase.set(of, data);
  }
  const cases = report.cases.map((one): WorkedCase => {
    if (one.status === "resolved") return { ...one, next: null };
    const [intent] = one.intents;
    return { ...one, next: care.nextSteps({ ...(intent !== undefined && { intent }), known: [...(ofCase.get(one.id) ?? [])].sort() }) };
  });
  return { ...report, cases };
}

function pick(message: CaseTalk): CaseMessage {
  const kept: Record<string, unknown> = {};
  for (const key of KEYS) if (message[key] !== undefined && message[key] !== null) kept[key] = message[key];
  return kept as unknown as CaseMessage;
}

/** Names of data that the message brings. */
function dataOf(message: CaseTalk): string[] {
  const has = (value: unknown): boolean => value !== undefined && value !== null && value !== "";
  return Object.keys(message).filter((name) => !OWN.includes(name) && name.length <= 64 && has(message[name])).slice(0, 64);
}

function decide(engine: Engine, message: CaseTalk, policy: CompiledPolicy | undefined, options: TriageOptions | undefined, at: number): Decision {
  try {
    return engine.triage(message as unknown as Message, policy, options);
  } catch (error) {
    if (!(error instanceof HearkenError) || error.code !== "E_FIELD" || error.field === undefined) throw error;
    const field = `messages[${at}].${error.field}`;
    throw new HearkenError("E_FIELD", error.message.replace(error.field, field), { field });
  }
}
