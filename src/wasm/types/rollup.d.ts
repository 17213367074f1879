// Rollups: what they count by, every figure of them, comparisons, the CX score, sharing.

/** Every figure of a rollup by name. */
export type Metric =
  | "nps" | "csat5" | "csat7" | "ces7" | "ces7_easy" | "stars5" | "response_rate" | "net_sentiment" | "net_topic_sentiment"
  | "effort_mentioned" | "high_effort" | "asking" | "actionable" | "leaving" | "recommending" | "answered";

/** Periods to count by. */
export interface PeriodOptions {
  /** Weeks begin on Monday. */
  unit: "hour" | "day" | "week" | "month";
  /** Name of the time zone; absent is UTC. */
  zone?: string;
  /**
   * From when on (milliseconds since 1970, rising), and how many minutes local clocks then show more than UTC. Absent:
   * those that the runtime knows of the zone (`zoneOffsets`).
   */
  offsets?: readonly (readonly [fromMs: number, minutes: number])[];
}

/** What a rollup counts by beside channel, source, language, topic, intent, question and brand. */
export interface RollupOptions {
  /** Segments kept per dimension, 1 to 4096; what is over it is summed. */
  maxSegments?: number;
  /** Names of your own keys, of a-z, 0-9, `_` and `-`. Their dimension is `key:NAME`. */
  keys?: readonly string[];
  /** Their dimension is unit and zone, as in `day UTC`. */
  periods?: readonly PeriodOptions[];
}

/** A rollup as JSON; its fields may change with `format`. */
export interface RollupJson { format: "hearken-rollup-1"; [field: string]: unknown; }

/** How a summary is made. */
export interface SummaryOptions {
  /** Figures of a group of fewer people are withheld. Default 5. */
  minPeople?: number;
  /** Segments listed per dimension, the largest first. Default 200. */
  maxSegments?: number;
}

/** How many are different among `n`; `standardError` is relative, 0 when exact. */
export interface Distinct { n: number; distinct: number; standardError: number; }

/** One segment. */
export interface SegmentSummary {
  key: string;
  n: number;
  /** Null where not every record names who wrote. */
  people: number | null;
  /** Fewer people stand behind it than asked for: it has no figures. */
  withheld: boolean;
  /** Share of records; for brands share of voice. */
  share: Figure;
  /** Some of its rows, by index. */
  rows: number[];
  figures: Figure[];
}

/** The segments of one dimension: the largest first, periods by time. */
export interface DimensionSummary {
  name: string;
  segments: SegmentSummary[];
  /** About how many keys are summed under `other` because the rollup keeps no more. */
  keysNotKept: number;
}

/** How often each value of a scale was answered, from its lowest to its highest. */
export interface AnswerCounts { scale: Scale; counts: number[]; }

/** Every figure of a rollup. */
export interface Summary {
  engine: string;
  records: number;
  refused: number;
  texts: number;
  /** Records without a time, where periods are counted. */
  undated: number;
  /** Records whose time names no zone: read as UTC, their periods may be a day off. */
  zoneless: number;
  ids: Distinct;
  people: Distinct;
  /** What people were asked for: ratings. */
  solicited: Figure[];
  /** The answers behind them, of each scale that occurred. */
  answers: AnswerCounts[];
  /** The ratings with weights, where weights were given. */
  weighted: Figure[];
  /** NPS at worst and best, given who did not answer; empty without invitations. */
  nonResponse: Figure[];
  /** What was said unasked. */
  unsolicited: Figure[];
  /** Response rate and answered share: never averaged with experience. */
  operational: Figure[];
  emotions: Figure[];
  acts: Figure[];
  intents: Figure[];
  dispositions: Figure[];
  /** The oldest that wait for an answer. */
  unanswered: { index: number; sentMs: number | null }[];
  /** Some rows of everything, by index. */
  rows: number[];
  dimensions: DimensionSummary[];
}

/** One figure in two groups. */
export interface Difference {
  metric: string;
  /** The segment compared; empty for everything. */
  key: string;
  figure: Figure;
  against: Figure;
  /** First minus second. */
  value: number | null;
  interval: [number, number] | null;
  /** Probability of so large a difference by chance alone. */
  p: number | null;
  /** The same, corrected for all comparisons (Holm 1979). */
  pHolm: number | null;
  /** Share of false findings if this and all stronger ones are believed (Benjamini and Hochberg 1995). */
  q: number | null;
  /** `q` is at most 0.05 and both groups have enough answers. */
  significant: boolean;
  /** Place among the significant ones, from 1. */
  rank: number | null;
  tooFew: boolean;
  method: string;
}

/** Differences of one table, and how many were tested. */
export interface Comparison { differences: Difference[]; tests: number; }

/** One segment's part in a change of net sentiment, in points: by its size, and by what is said in it. */
export interface SegmentMove { key: string; mix: number; rate: number; n: [before: number, now: number]; }

/** How much each part of the CX score counts; default 0.4, 0.4 and 0.2. */
export interface CxWeights { solicited?: number; unsolicited?: number; acting?: number; }

/** One metric within a part of the CX score, on 0 to 100. */
export interface CxFigure { figure: Figure; points: number; standardError: number; weight: number; }

/** One part of the CX score. A part without data has no points, and its weight goes to the others. */
export interface CxPart {
  part: "solicited" | "unsolicited" | "acting";
  points: number | null;
  standardError: number | null;
  weight: number;
  figures: CxFigure[];
}

/** The CX score with all it is made of. */
export interface CxScore {
  /** 0 to 100; null when all parts are missing. */
  value: number | null;
  interval: [number, number] | null;
  n: number;
  tooFew: boolean;
  /** What the score can be at most, given how many were answered. */
  cap: number | null;
  capped: boolean;
  parts: CxPart[];
  missing: string[];
  method: string;
}

/** What moved the CX score. */
export interface CxChange {
  /** Both scores, of the metrics that both periods have. */
  before: CxScore;
  now: CxScore;
  value: number | null;
  interval: [number, number] | null;
  /** Largest first; they sum to `value`. */
  moves: { metric: string; points: number }[];
  /** Metrics that only one period has. */
  notCompared: string[];
}

/** How a segment is looked after. */
export interface Coverage { key: string; n: number; watched: boolean; answered: Figure; }

/** What the data are enough for. */
export interface Sufficiency {
  records: number;
  withText: Figure;
  channels: number;
  languages: number;
  /** First and last of the shortest periods counted by, as in `2026-11-03`; absent without a time. */
  period?: [first: string, last: string];
  /** As in `no_ratings`, `one_channel`. */
  gaps: string[];
  /** Metrics with too few answers, and how many they have. */
  disabled: [metric: string, n: number][];
}

/** How a rollup is shared. */
export interface ShareOptions {
  /** Fewest people of a group, at least 2. Default 5. */
  minPeople?: number;
  noise?: {
    /** The smaller, the more noise. */
    epsilon: number;
    /** How many records of one person are in the rollup at most. */
    recordsPerPerson: number;
    /** 32 bytes nobody else can know; absent: drawn by the platform. */
    seed?: Uint8Array | readonly number[];
  };
}

/** What a document is made of beside the figures of its rollup. */
export interface DocumentOptions extends SummaryOptions {
  /** The reader's language: en, ko, ja, pl, de, es or fr. Default en. */
  lang?: string;
  title?: string;
  /** Names of topics, brands, drivers and the like for the reader, by key. */
  names?: Record<string, string>;
  /** Dimensions whose segments are compared in a metric. */
  by?: readonly (readonly [dimension: string, metric: Metric])[];
  /** Channels that somebody watches. */
  watched?: readonly string[];
  drivers?: { metric: Metric; rows: readonly DriverRow[]; options?: Pick<DriverCall, "replicates" | "seed"> };
  crisis?: { messages: readonly StreamMessage[]; nowMs: number; options?: CrisisOptions };
  demand?: { wishes: readonly DemandWish[]; nowMs: number };
  series?: Series;
  trend?: TrendOptions;
}

/** One thing found, as a sentence. */
export interface Finding {
  /** As in `driver`, `change`, `segment`, `unanswered`, `figure`. */
  kind: string;
  /** The key of a segment, driver or demand, else the metric. */
  subject: string;
  metric: string;
  /** 0 to 100, to rank by. No forecast. */
  impact: number;
  /** In the reader's language, with n and interval. */
  sentence: string;
  value: number | null;
  interval: [number, number] | null;
  n: number;
  tooFew: boolean;
  method: string;
}
