/** Long work that can be watched and cancelled: it runs in slices and lets messages in between them. */
import type { Progress } from "../shared/protocol.ts";

/** Work longer than this without a break would let a cancel wait, in milliseconds. */
const SLICE_MS = 40;
/** Shortest time between two progress messages, in milliseconds. */
const REPORT_MS = 60;

/** Thrown where a cancelled job stops. */
export class Cancelled extends Error {
  readonly code = "CANCELLED";
  constructor() {
    super("Cancelled.");
  }
}

/** An error whose message is written for the person at the page; it never holds text of a comment. */
export class UserError extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

const channel = new MessageChannel();
const waiting: (() => void)[] = [];
channel.port1.onmessage = () => waiting.shift()?.();

/** Resolves in a later task, so that messages that have arrived are handled first. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    channel.port2.postMessage(0);
  });
}

/** One piece of long work. */
export class Job {
  #cancelled = false;
  #sliceFrom = performance.now();
  #reportedAt = -Infinity;
  readonly #report: (progress: Progress) => void;

  constructor(report: (progress: Progress) => void) {
    this.#report = report;
  }

  /** The next {@link step} throws. */
  cancel(): void {
    this.#cancelled = true;
  }

  /** Reports progress from work that cannot be interrupted. */
  tell(phase: Progress["phase"], done: number, total: number): void {
    this.#report({ phase, done, total });
  }

  /**
   * Call between slices of work: reports progress and lets messages in when the slice was long enough.
   *
   * @throws {Cancelled} once the job was cancelled.
   */
  async step(phase: Progress["phase"], done: number, total: number): Promise<void> {
    const now = performance.now();
    if (now - this.#reportedAt >= REPORT_MS) {
      this.#reportedAt = now;
      this.#report({ phase, done, total });
    }
    if (now - this.#sliceFrom >= SLICE_MS) {
      await nextTask();
      this.#sliceFrom = performance.now();
    }
    if (this.#cancelled) throw new Cancelled();
  }
}
