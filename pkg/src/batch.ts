// Results of many texts: columns, and rows made from them when asked for.

import {
  FLAG_BROADCAST, FLAG_IRONY, FLAG_MEANINGFUL, FLAG_MIXED, FLAG_RELIABLE, FLAG_TRUNCATED, FLAG_WISH, labelsOf,
  TOPIC_MIXED, TOPIC_NEGATED, type Columns, type EngineInfo,
} from "./columns.js";
import { HearkenError } from "./errors.js";
import type {
  Advice, Analysis, ChurnReason, EffortLevel, Emotion, Intent, Pii, Safety, SentimentLabel, TopicInfo, UrgencyLevel,
} from "./types.js";

/** What `analyze` gives and columns have no room for. */
type SingleOnly =
  | "emotions" | "intent" | "topics" | "safety" | "sentences" | "evidence" | "keyphrases"
  | "wishes" | "purchaseInterest" | "expectations" | "effort" | "timeLost" | "urgency" | "churn" | "recommends" | "brands" | "links" | "otherStages" | "mediaType";

/**
 * What one text of a batch says: what `analyze` gives without the places of topics and labels, the
 * probabilities of a topic's sentiment, the next likeliest intents, sentences, evidence, wishes,
 * purchase interest, expectations, brands and links. An {@link Analysis} is one too, so that code for rows takes both.
 */
export interface BatchAnalysis extends Omit<Analysis, SingleOnly> {
  emotions: { label: Emotion }[];
  /** The likeliest reason and its probability, 0..1. */
  intent: { label: Intent; confidence: number };
  topics: BatchTopic[];
  safety: { label: Safety }[];
  /** Absent where the text says nothing of it. */
  effort?: { level: EffortLevel };
  /** Absent where no lost time is named. */
  timeLost?: { minutes: number };
  urgency: { level: UrgencyLevel };
  churn: { present: boolean; reasons: ChurnReason[] };
  /** Absent where the writer neither recommends nor advises against it. */
  recommends?: { answer: Advice };
  /** Something is wished for: `analyze` says what. */
  wished?: true;
}

/** A topic of one text of a batch. */
export interface BatchTopic extends TopicInfo {
  sentiment: { label: SentimentLabel; mixed: boolean; score: number };
  negated?: true;
}

/** One row of a batch: either an analysis or an error. */
export type BatchRow =
  | { index: number; analysis: BatchAnalysis; error?: undefined }
  | { index: number; analysis?: undefined; error: HearkenError };

/** Results of `analyzeBatch`, in the order of the texts. Holds no wasm memory: there is nothing to free. */
export class Batch implements Iterable<BatchRow> {
  /** Number of texts. */
  readonly length: number;
  readonly columns: Columns;
  /** Label lists of the columns. */
  readonly info: EngineInfo;
  /** Topics that the column `topic` counts into: those of the taxonomy used. */
  readonly topics: readonly TopicInfo[];
  readonly #errors: ReadonlyMap<number, HearkenError>;

  /** @internal Made by `Engine.analyzeBatch`. */
  constructor(
    length: number, columns: Columns, info: EngineInfo, topics: readonly TopicInfo[], errors: ReadonlyMap<number, HearkenError>,
  ) {
    this.length = length;
    this.columns = columns;
    this.info = info;
    this.topics = topics;
    this.#errors = errors;
  }

  /** Number of texts that could not be analysed. */
  get failed(): number {
    return this.#errors.size;
  }

  /** Why text `i` could not be analysed; `undefined` when it was. */
  error(i: number): HearkenError | undefined {
    return this.#errors.get(this.#check(i));
  }

  /**
   * What text `i` says: equal to `analyze` without spans, other intents, sentences and evidence.
   * Built on each call.
   *
   * @throws the row's own error when it has one; `E_FIELD` when `i` is no row.
   */
  row(i: number): BatchAnalysis {
    const error = this.error(i);
    if (error) throw error;
    const { columns, info } = this;
    const flags = columns.flags[i]!;
    const labelled = <L>(all: readonly L[], bits: number): { label: L }[] => labelsOf(all, bits).map((label) => ({ label }));
    return {
      engine: info.engine,
      model: info.model,
      language: {
        code: info.languages[columns.language[i]!]!,
        script: info.scripts[columns.script[i]!]!,
        confidence: columns.languageConfidence[i]!,
        reliable: (flags & FLAG_RELIABLE) !== 0,
      },
      sentiment: {
        label: info.sentiment[columns.sentiment[i]!]!,
        mixed: (flags & FLAG_MIXED) !== 0,
        score: columns.score[i]!,
        probabilities: {
          negative: columns.probabilities[3 * i]!,
          neutral: columns.probabilities[3 * i + 1]!,
          positive: columns.probabilities[3 * i + 2]!,
        },
      },
      emotions: labelled(info.emotions, columns.emotions[i]!),
      acts: labelsOf(info.acts, columns.acts[i]!),
      intent: { label: info.intents[columns.intent[i]!]!, confidence: columns.intentConfidence[i]! },
      topics: this.#topics(i),
      safety: labelled(info.safety, columns.safety[i]!),
      irony: (flags & FLAG_IRONY) !== 0,
      broadcast: (flags & FLAG_BROADCAST) !== 0,
      meaningful: (flags & FLAG_MEANINGFUL) !== 0,
      disposition: info.dispositions[columns.disposition[i]!]!,
      states: labelsOf(info.states, columns.states[i]!),
      pii: this.#pii(i),
      ...(columns.effort[i]! > 0 && { effort: { level: info.effort[columns.effort[i]! - 1]! } }),
      ...(columns.minutesLost[i]! > 0 && { timeLost: { minutes: columns.minutesLost[i]! } }),
      urgency: { level: info.urgency[columns.urgency[i]!]! },
      churn: { present: columns.churn[i]! > 0, reasons: labelsOf(info.churn, columns.churn[i]!) },
      ...(columns.recommends[i]! > 0 && { recommends: { answer: info.recommends[columns.recommends[i]! - 1]! } }),
      ...((flags & FLAG_WISH) !== 0 && { wished: true as const }),
      journeyStage: info.journeyStages[columns.journeyStage[i]!]!,
      truncated: (flags & FLAG_TRUNCATED) !== 0,
    };
  }

  /** All rows in order; a row that failed has `error` and no `analysis`. */
  *[Symbol.iterator](): Generator<BatchRow, void, undefined> {
    for (let index = 0; index < this.length; index++) {
      const error = this.#errors.get(index);
      yield error ? { index, error } : { index, analysis: this.row(index) };
    }
  }

  #check(i: number): number {
    if (Number.isInteger(i) && i >= 0 && i < this.length) return i;
    throw new HearkenError("E_FIELD", `field row: must be a whole number from 0 to ${this.length - 1}`, { field: "row", limit: this.length });
  }

  #topics(i: number): BatchTopic[] {
    const { columns, info } = this;
    const found: BatchTopic[] = [];
    for (let at = columns.topicOffsets[i]!; at < columns.topicOffsets[i + 1]!; at++) {
      const flags = columns.topicFlags[at]!;
      const topic: BatchTopic = {
        ...this.topics[columns.topic[at]!]!,
        sentiment: {
          label: info.sentiment[columns.topicSentiment[at]!]!,
          mixed: (flags & TOPIC_MIXED) !== 0,
          score: columns.topicScore[at]!,
        },
      };
      if ((flags & TOPIC_NEGATED) !== 0) topic.negated = true;
      found.push(topic);
    }
    return found;
  }

  #pii(i: number): Pii[] {
    const { columns, info } = this;
    const found: Pii[] = [];
    for (let at = columns.piiOffsets[i]!; at < columns.piiOffsets[i + 1]!; at++) {
      const pii: Pii = {
        type: info.piiTypes[columns.piiType[at]!]!,
        span: [columns.piiStart[at]!, columns.piiEnd[at]!],
        certainty: columns.piiCertainty[at]!,
        validated: columns.piiValidated[at] === 1,
      };
      const kind = info.piiKinds[columns.piiKind[at]! - 1];
      if (kind !== undefined) pii.kind = kind;
      found.push(pii);
    }
    return found;
  }
}
