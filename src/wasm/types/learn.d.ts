// Labels of the caller's own, and corrections.

/** A text with the label it should get. */
export interface LearnExample {
  text: string;
  /** 1..128 bytes. */
  label: string;
}

/** How to train. */
export interface TrainOptions {
  /**
   * Which texts get no label. `true`: those below a threshold of confidence, chosen by
   * cross-validation. A label: the same, and examples with this label are texts without one.
   */
  none?: boolean | string;
}

/** How one label does on held-out texts, 0..1. */
export interface LabelQuality {
  label: string;
  /** Examples of the label, without repeats. */
  examples: number;
  precision: number;
  recall: number;
  f1: number;
}

/** Held-out texts of one label that were given another. */
export interface Confusion {
  label: string;
  predicted: string;
  count: number;
}

/** What would help a classifier most. Positions count in the list of examples that was given. */
export type TrainAdvice =
  | { kind: "labelMore"; label: string; count: number }
  | { kind: "check"; index: number; label: string; suggested: string; confidence: number }
  | { kind: "conflict"; indexes: [first: number, second: number] }
  | { kind: "alike"; labels: [string, string]; count: number };

/** Quality on held-out texts, each judged by a classifier that did not learn from it. */
export interface TrainQuality {
  heldOut: number;
  /** Parts the examples were cut into; 1: one fifth was held out, once. */
  folds: number;
  accuracy: number;
  /** Mean of the labels' F1. */
  macroF1: number;
  /** Mean distance between confidence and share right, 0..1. */
  calibrationError: number;
  labels: LabelQuality[];
  /** The commonest first, at most 50. */
  confusions: Confusion[];
  /** Shares of texts that keep their own label, and of texts without one that get none. */
  none: { threshold: number; kept: number; refused: number } | null;
  /** At most 50 of each kind. */
  advice: TrainAdvice[];
}

/** What a classifier is. */
export interface ClassifierInfo {
  /** Version of the model it was learned with; it works with no other. */
  model: string;
  /** Sorted; also the one that stands for none. */
  labels: string[];
  /** The label that stands for none; texts never get it. */
  none: string | null;
  /** Confidence below which a text gets no label. */
  threshold: number;
  features: number;
  summary: { examples: number; heldOut: number; folds: number; accuracy: number; macroF1: number };
}

/** What a classifier says of one text. */
export interface Prediction {
  /** `null` when the text belongs to no label. */
  label: string | null;
  /** Probability of the likeliest label, 0..1, calibrated on held-out examples. */
  confidence: number;
  /** The next likeliest above 0.02, at most three; without a label, the likeliest first. */
  others: { label: string; confidence: number }[];
}

/** Why a label of a classifier: `logit = bias + rest + sum of weights`. */
export interface LabelEvidence {
  label: string;
  logit: number;
  /** What the label has before a word is read. */
  bias: number;
  /** What the length of the text added. */
  rest: number;
  /** By place, without overlap. Positive speaks for the label. */
  parts: { span: Span; weight: number }[];
}

/** An answer of the engine that a person changed. `from` is kept for the record only. */
export type Correction =
  | { text: string; head: "sentiment"; from?: SentimentLabel; to: SentimentLabel }
  | { text: string; head: "intent"; from?: Intent; to: Intent }
  | { text: string; head: "acts"; from?: Act[]; to: Act[] };
