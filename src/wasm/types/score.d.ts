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

/** What one analysed record contributes. Every field is optional. */
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
  /** False keeps the record out of every figure of texts; its rating still counts. */
  meaningful?: boolean;
  /** Your id of the message: repeated ones are told, not removed. */
  id?: string;
  /** Platform or shop. */
  source?: string;
  /** What the text is about, with the sentiment towards it where that is known. */
  topics?: [label: string, sentiment: SentimentLabel | null][];
  intent?: Intent;
  emotions?: Emotion[];
  acts?: Act[];
  disposition?: Disposition;
  /** Absent when the text does not speak of effort. */
  effort?: EffortLevel;
  /** The text says that the customer goes. */
  leaving?: boolean;
  /** The text recommends, or advises against it; absent when it says neither. */
  recommends?: boolean;
  /** Short name of the survey question. */
  question?: string;
  brands?: string[];
  /** Segments of your own; names are among the options of the rollup. */
  keys?: Record<string, string>;
  /** ISO 8601 or milliseconds since 1970. */
  sentAt?: string | number;
  /** Who wrote: a keyed pseudonym, never a name or address. Only a hash is kept. */
  person?: string;
  /** Absent when it calls for no answer, or nobody knows. */
  answered?: boolean;
  /** The record stands for an invitation to a survey; without a rating and text nobody answered it. */
  invited?: boolean;
  /** How many people of the population the answer stands for, 0 to 1000. */
  weight?: number;
}

/** The main figures over many records. */
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
