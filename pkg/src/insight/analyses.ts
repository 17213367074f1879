// Questions to many records that need no rollup: drivers, trends, demand, journeys, survey fatigue.

import type {
  Bursts, ChangePoint, CrisisAlert, CrisisOptions, CustomerOutcome, DemandOptions, DemandReport, DemandWish, DetectionQuality, Difference,
  DriverCall, DriverReport, DriverRow, DriverTable, EmergingCall, EmergingTerm, EstimatedCurve, Figure, Identities, IdentityKey, IdentityRecord,
  JourneyCall, JourneyEvent, Journeys, KeyKind, Series, Silence, Spread, SpreadPost, StitchOptions, StreamMessage, SurveyCall, SurveyDecision,
  SurveyHistory, Takeover, TermCounts, ThreadActivity, ThreadComment, TrendOptions,
} from "../types.js";

/** Asks in the live wasm instance. Times are milliseconds since 1970; `nowMs` is the time for which the answer holds. */
export abstract class Analyses {
  /** @internal */
  protected abstract ask<T>(question: string, input: Readonly<Record<string, unknown>>): T;

  /**
   * What moves a rating: importance of each driver with bootstrap intervals, penalty and reward, what fixing it would bring.
   * Rows with marks (see `driverMarks`), or a table of columns. Drivers are associations, not causes.
   */
  drivers(rows: readonly DriverRow[] | DriverTable, options: DriverCall = {}): DriverReport {
    const { leastRows, most, ...drawing } = options;
    const input = Array.isArray(rows) ? { rows, columns: { leastRows, most } } : { table: rows };
    return this.ask("drivers", { ...input, options: drawing });
  }

  /** Bursts above the series' own past and season, at a stated rate of false alarms. */
  bursts(series: Series, options?: TrendOptions): Bursts {
    return this.ask("bursts", { series, options });
  }

  /** Where the level of a series moved for good. */
  changes(series: Series, options?: TrendOptions): ChangePoint[] {
    return this.ask("changes", { series, options });
  }

  /** The silence a series ends with, where chance hardly gives one. */
  silence(series: Series, options?: TrendOptions): Silence | null {
    return this.ask("silence", { series, options });
  }

  /** Terms said more often than before and than in other backgrounds. */
  emerging(terms: readonly TermCounts[], call: EmergingCall): EmergingTerm[] {
    return this.ask("emerging", { ...call, terms });
  }

  /** A surge of bad messages that goes on, what it is about, and whether to stop publishing. */
  crisis(messages: readonly StreamMessage[], nowMs: number, options?: CrisisOptions): CrisisAlert | null {
    return this.ask("crisis", { messages, nowMs, options });
  }

  /** A thread that speaks of something else than its post. `subject` holds the terms of the post. */
  takeover(subject: readonly string[], comments: readonly ThreadComment[]): Takeover | null {
    return this.ask("takeover", { subject, comments });
  }

  /** Whether a matter is passed on more than before the window. */
  spread(posts: readonly SpreadPost[], windowMs: number, nowMs: number): Spread | null {
    return this.ask("spread", { posts, windowMs, nowMs });
  }

  /** Threads that nobody looks after, the most pressing first. */
  unattended(threads: readonly ThreadActivity[]): ThreadActivity[] {
    return this.ask("unattended", { threads });
  }

  /** What is wished for, by how many people, when, and who asked. */
  demand(wishes: readonly DemandWish[], nowMs: number, options?: DemandOptions): DemandReport {
    return this.ask("demand", { wishes, nowMs, options });
  }

  /** Customers over all channels: what waits, how fast it was answered, who may leave, what to do next. */
  journeys(events: readonly JourneyEvent[], nowMs: number, call: JourneyCall = {}): Journeys {
    const { attributes, rules, ...options } = call;
    return this.ask("journeys", { events, nowMs, options, attributes, rules });
  }

  /** Records joined into people by exact keys, with the reason of every join. */
  stitch(records: readonly IdentityRecord[], options?: StitchOptions): Identities {
    return this.ask("stitch", { records, options });
  }

  /** The normal form of a key, to be made before it is keyed; null for what cannot be one. */
  normalKey(kind: KeyKind, value: IdentityKey["value"]): string | null {
    return this.ask("normalKey", { kind, value });
  }

  /** Who stays after how many bad experiences, from what became of customers of your own. */
  estimateCurve(outcomes: readonly CustomerOutcome[]): EstimatedCurve {
    return this.ask("estimateCurve", { outcomes });
  }

  /** Whether to ask a person now, later or never, and why. */
  decideSurvey(call: SurveyCall): SurveyDecision {
    return this.ask("decideSurvey", { ...call });
  }

  /** Share of survey answers that were owed a reply and got none. */
  openLoops(histories: readonly SurveyHistory[]): Figure {
    return this.ask("openLoops", { histories });
  }

  /** A share of texts corrected for how often the label is wrong. */
  correctedShare(hits: number, n: number, quality: DetectionQuality): Figure {
    return this.ask("correctedShare", { ...quality, hits, n });
  }

  /** What people say they want against what they do: two shares, each `[hits, n]`. */
  sayDoGap(said: readonly [hits: number, n: number], done: readonly [hits: number, n: number]): Difference {
    return this.ask("sayDoGap", { said, done });
  }
}
