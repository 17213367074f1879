// Cases and what stands around them: clocks, pauses, returns, channels. Plain data in, plain data out; nothing is kept.

import type {
  CaseCall, CaseReport, Compliance, ComplianceCall, Deadline, DeadlineCall, Guidance, NextStepsCall, PauseCall, PauseRecommendation,
  PauseReport, Platform, RecommendCall, ReturnCall, ReturnList,
} from "../types.js";

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
    return this.#ask("cases", call) as CaseReport;
  }

  /** What to do next in a case, without asking for what is known. */
  nextSteps(call: NextStepsCall): Guidance {
    return this.#ask("nextSteps", call) as Guidance;
  }

  /** Until when to answer, and what is left of that time. */
  deadline(call: DeadlineCall): Deadline {
    return this.#ask("deadline", call) as Deadline;
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
