// Cases and what stands around them: clocks, pauses, returns, channels. Plain data in, plain data out; nothing is kept.

import type { Engine } from "../engine.js";
import type {
  CaseCall, CaseReport, Compliance, ComplianceCall, Deadline, DeadlineCall, Decision, DueCall, Guidance, NextStepsCall, PauseCall,
  PauseRecommendation, PauseReport, Platform, RecommendCall, ReturnCall, ReturnList, Situation, SituationCall,
} from "../types.js";
import { casework, type CaseTalk, type CaseWork, type CaseWorkOptions } from "./casework.js";
import { momentOf, withZone } from "./zones.js";

const YEAR = 366 * 86_400_000;

/**
 * Questions about cases, answered without a clock and without words of customers. Belongs to the `Insight` that gave it.
 *
 * Every method throws HearkenError `E_FIELD` naming the field that cannot be used, as in `messages[3].sentAt`.
 */
export class Care {
  readonly #ask: (question: string, input: unknown) => unknown;

  /** @internal Use `insight.care`. */
  constructor(ask: (question: string, input: unknown) => unknown) {
    this.#ask = ask;
  }

  /** Which messages belong together, and where each case stands after each message. Their order does not matter. */
  cases(call: CaseCall): CaseReport {
    return this.#ask("cases", call?.calendar ? { ...call, calendar: withZone(call.calendar) } : call) as CaseReport;
  }

  /**
   * As `cases`, of messages with their words: `engine` decides about those of customers by the policy, and every case
   * has its next steps. No words in the answer.
   */
  work(messages: readonly CaseTalk[], engine: Engine, options?: CaseWorkOptions): CaseWork {
    return casework(this, messages, engine, options);
  }

  /** What to do next in a case, without asking for what is known. */
  nextSteps(call: NextStepsCall): Guidance {
    return this.#ask("nextSteps", call) as Guidance;
  }

  /** Until when to answer, and what is left of that time. */
  deadline(call: DeadlineCall): Deadline {
    if (!call?.calendar) return this.#ask("deadline", call) as Deadline;
    const { calendar } = call;
    const [from, to] = [momentOf(call.sentAt), momentOf(call.now)];
    // Changes of the clock in the next year do for nearly all; the answer tells where they do not.
    const end = Math.max(from, to) + YEAR;
    const until = (end: number): Deadline => this.#ask("deadline", { ...call, calendar: withZone(calendar, Math.min(from, to), end) }) as Deadline;
    const near = until(end);
    return near.deadlineMs < end ? near : until(Infinity);
  }

  /**
   * The situation of a decision: by the calendar, `open` says whether the team works now, and `waitedMinutes` how many
   * of its minutes went by since the message was sent, so that nights and weekends are not late.
   */
  situation({ now, sentAt, calendar, customer }: SituationCall): Situation {
    const known: Situation = { now, ...(customer && { customer }) };
    if (!calendar) return known;
    const [from, to] = [momentOf(sentAt ?? now), momentOf(now)];
    const hours = this.#ask("hours", { now, sentAt, calendar: withZone(calendar, Math.min(from, to), Math.max(from, to)) });
    return { ...known, ...(hours as Situation) };
  }

  /**
   * Until when the reply of a decision is owed; null where none is. Its minutes are those of the calendar, but for
   * `escalate`: who is in danger does not wait for the morning.
   */
  due({ action, respondWithinMinutes: minutes }: Pick<Decision, "action" | "respondWithinMinutes">, { sentAt, now, calendar }: DueCall): Deadline | null {
    if (minutes === undefined) return null;
    return this.deadline({ sentAt, now, minutes, ...(calendar && action !== "escalate" && { calendar }) });
  }

  /** Whether items may go out while pauses hold; ends a pause where `resume` names one. */
  pauses(call: PauseCall): PauseReport {
    return this.#ask("pauses", call) as PauseReport;
  }

  /** Pauses that alerts call for. A person presses the button. */
  recommendPauses(call: RecommendCall): PauseRecommendation[] {
    return this.#ask("recommendPauses", call) as PauseRecommendation[];
  }

  /** How much of what went out was checked, and which rules were broken how often. */
  compliance(call: ComplianceCall): Compliance {
    return this.#ask("compliance", call) as Compliance;
  }

  /** Whom to tell that something is there, and who is left out for which reason. */
  returns(call: ReturnCall): ReturnList {
    return this.#ask("returns", call) as ReturnList;
  }

  /** The platform of a slug or a URL. */
  platform(of: { slug: string } | { url: string }): Platform {
    return this.#ask("platform", of) as Platform;
  }

  /** All platforms that are known. */
  platforms(): Platform[] {
    return this.#ask("platforms", {}) as Platform[];
  }
}
