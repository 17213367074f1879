// How often each label holds among the texts of a report.

import type { BatchAnalysis } from "../batch.js";
import type { EngineInfo } from "../columns.js";

/** Counts of texts by label; labels that never hold are absent, but for dispositions. The most frequent come first. */
export interface LabelCounts {
  /** Texts analysed; every one has a disposition. */
  texts: number;
  /** Those that say something; the counts below are of these. */
  meaningful: number;
  dispositions: Record<string, number>;
  intents: Record<string, number>;
  emotions: Record<string, number>;
  acts: Record<string, number>;
  safety: Record<string, number>;
  mixed: number;
  irony: number;
  broadcast: number;
}

/**
 * Fewest texts for which shares are shown. From here on the 95 % interval of any share is at most
 * 10 points to either side, the width that reports ask of a share: 1.96^2 * 0.25 / 0.1^2 = 96.04
 * (normal approximation).
 */
export const MIN_FOR_SHARES = 97;

/** Gathers the labels of analyses; memory does not grow with their number. */
export class LabelTally {
  #texts = 0;
  #meaningful = 0;
  #mixed = 0;
  #irony = 0;
  #broadcast = 0;
  readonly #counts = new Map<string, number>();

  /** Adds one analysed text. */
  add({ disposition, intent, emotions, acts, safety, sentiment, irony, broadcast, meaningful }: BatchAnalysis): void {
    this.#texts += 1;
    this.#count("disposition", disposition);
    if (!meaningful) return;
    this.#meaningful += 1;
    this.#count("intent", intent.label);
    for (const { label } of emotions) this.#count("emotion", label);
    for (const label of acts) this.#count("act", label);
    for (const { label } of safety) this.#count("safety", label);
    this.#mixed += Number(sentiment.mixed);
    this.#irony += Number(irony);
    this.#broadcast += Number(broadcast);
  }

  /** The counts so far; `info` lists the labels there are. */
  counts(info: EngineInfo): LabelCounts {
    return {
      texts: this.#texts,
      meaningful: this.#meaningful,
      dispositions: this.#of("disposition", info.dispositions, true),
      intents: this.#of("intent", info.intents),
      emotions: this.#of("emotion", info.emotions),
      acts: this.#of("act", info.acts),
      safety: this.#of("safety", info.safety),
      mixed: this.#mixed,
      irony: this.#irony,
      broadcast: this.#broadcast,
    };
  }

  #count(kind: string, label: string): void {
    const key = `${kind} ${label}`;
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
  }

  #of(kind: string, labels: readonly string[], zeros = false): Record<string, number> {
    const counted = labels.map((label): [string, number] => [label, this.#counts.get(`${kind} ${label}`) ?? 0]);
    // Sorting is stable: equal counts stay in the order of the list.
    return Object.fromEntries(counted.filter(([, count]) => zeros || count > 0).sort(([, a], [, b]) => b - a));
  }
}
