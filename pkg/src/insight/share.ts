// What sharing a rollup gives and costs.

import { HearkenError } from "../errors.js";
import type { Rollup } from "./rollup.js";

/** A rollup fit to be shared. */
export interface Shared {
  /** Counts only; free it like any other. */
  rollup: Rollup;
  /** Groups withheld, by dimension. */
  withheld: Record<string, number>;
  /** Epsilon spent on it; null without noise. */
  epsilon: number | null;
  /** Standard deviation of the noise on each count; intervals do not cover it. */
  noiseDeviation: number;
}

/** What may still be told of the same people: epsilon adds up over everything that is shared. */
export class PrivacyBudget {
  /** Epsilon that is left. Keep it between runs. */
  left: number;

  /** @throws HearkenError `E_OPTION` unless `epsilon` is a number from 0 to 1000. */
  constructor(epsilon: number) {
    if (!(epsilon >= 0 && epsilon <= 1_000)) {
      throw new HearkenError("E_OPTION", "option epsilon: must be a number from 0 to 1000", { field: "epsilon" });
    }
    this.left = epsilon;
  }
}
