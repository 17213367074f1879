// Rows that could not be used: counted by code, the first few named. Their text is never shown.

import type { RowError } from "./input.js";

/** How many failed rows are named on standard error. */
const NAMED = 5;

/** How many rows failed, by code. */
export type FailureCounts = Record<string, number>;

/** Gathers failed rows over a run. */
export class Failures {
  readonly counts: FailureCounts = {};
  #total = 0;
  readonly #named: string[] = [];

  add(error: Pick<RowError, "line" | "message" | "code">): void {
    this.#total += 1;
    this.counts[error.code] = (this.counts[error.code] ?? 0) + 1;
    if (this.#named.length < NAMED) this.#named.push(`  line ${error.line}: ${error.message} (${error.code})`);
  }

  /** Exit code 2 and a summary on standard error when any row failed. */
  finish(): 0 | 2 {
    if (this.#total === 0) return 0;
    const more = this.#total > NAMED ? `  and ${this.#total - NAMED} more\n` : "";
    process.stderr.write(`hearken: ${rowsHave(this.#total)} an error\n${this.#named.join("\n")}\n${more}`);
    return 2;
  }
}

/** "1 row has", "3 rows have". */
export function rowsHave(count: number): string {
  return count === 1 ? "1 row has" : `${count} rows have`;
}
