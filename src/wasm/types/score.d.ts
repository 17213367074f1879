// Records, figures and reports.

/** A figure with its interval. */
export interface Figure {
  /** The metric, as in `nps`. */
  metric: string;
  /** In the metric's own unit; null when n is 0. */
  value: number | null;
  /** 95 % interval [low, high]; null when it cannot be given. */
  interval: [number, number] | null;
  /** How many answers stand behind it. */
  n: number;
  /** True when n is too small to rely on the value. */
  tooFew: boolean;
  /** Name and source of the formula. */
  method: string;
}

/** Counts of the three sentiments. */
export interface SentimentCounts { negative: number; neutral: number; positive: number; }

/** Figures of one channel or language. */
export interface Segment { key: string; n: number; sentiment: SentimentCounts; netSentiment: Figure; ratings: Figure[]; }

/** A comment that shows best what one side says; `text` is as given, redact it before. */
export interface Telling { index: number; sentiment: SentimentLabel; score: number; text: string; }

/** What one analysed record contributes to a report. */
export interface ScoreRecord {
  /** Position in the source, to find the row again. */
  index?: number;
  sentiment?: SentimentLabel;
  score?: number;
  /** Language code. */
  language?: string;
  channel?: Channel;
  rating?: Rating;
  /** Redacted text; only needed for the telling comments. */
  text?: string;
  /** False keeps the record out of sentiment figures. */
  meaningful?: boolean;
}

/** Scores over many records. */
export interface Report {
  engine: string;
  /** Records added. */
  records: number;
  /** Records with a meaningful text. */
  texts: number;
  sentiment: SentimentCounts;
  netSentiment: Figure;
  /** One per rating scale that occurred: nps; csat (top-2 box); ces mean and easy share; star mean. */
  ratings: Figure[];
  channels: Segment[];
  languages: Segment[];
  telling: { positive: Telling[]; negative: Telling[] };
}
