// The columns of a batch: typed arrays, the lists their numbers point into, and joining of parts.

import type { RawColumns, RawInfo } from "./glue.js";
import type {
  Act, Advice, ChurnReason, Disposition, EffortLevel, Emotion, Intent, JourneyStage, PiiType, QueryField, Safety, SentimentLabel, State,
  TopicTarget, UrgencyLevel,
} from "./types.js";

/** Versions, sizes and the label lists that the numbers in {@link Columns} point into. */
export interface EngineInfo {
  /** Version of the engine. */
  readonly engine: string;
  /** Version of the model pack. */
  readonly model: string;
  /** Number of text features the model keeps. */
  readonly features: number;
  readonly sentiment: readonly SentimentLabel[];
  readonly languages: readonly string[];
  readonly scripts: readonly string[];
  readonly acts: readonly Act[];
  readonly emotions: readonly Emotion[];
  /** `none` is the last. */
  readonly intents: readonly Intent[];
  readonly safety: readonly Safety[];
  readonly dispositions: readonly Disposition[];
  readonly states: readonly State[];
  readonly effort: readonly EffortLevel[];
  readonly urgency: readonly UrgencyLevel[];
  readonly churn: readonly ChurnReason[];
  readonly recommends: readonly Advice[];
  /** `none` is the last. */
  readonly journeyStages: readonly JourneyStage[];
  readonly targets: readonly TopicTarget[];
  readonly piiTypes: readonly PiiType[];
  readonly piiKinds: readonly string[];
  /** Fields of queries with the values each takes; none listed where it takes words, numbers or dates. */
  readonly queryFields: readonly { readonly name: QueryField; readonly values: readonly string[] }[];
}

/** Bits of {@link Columns.flags}. */
export const FLAG_MEANINGFUL = 1;
export const FLAG_TRUNCATED = 2;
export const FLAG_RELIABLE = 4;
export const FLAG_MIXED = 8;
export const FLAG_IRONY = 16;
export const FLAG_BROADCAST = 32;
export const FLAG_WISH = 64;
/** Bits of {@link Columns.topicFlags}. */
export const TOPIC_MIXED = 1;
export const TOPIC_NEGATED = 2;

/**
 * One typed array per question, one place per text. A text that has an error holds the values of
 * the empty text and flags 0: look at `Batch.error(i)`.
 */
export interface Columns {
  /** Index into `info.sentiment`. */
  sentiment: Uint8Array<ArrayBuffer>;
  /** Probability of positive minus probability of negative, -1..1. */
  score: Float32Array<ArrayBuffer>;
  /** Three per text: negative, neutral, positive. */
  probabilities: Float32Array<ArrayBuffer>;
  /** Index into `info.languages`. */
  language: Uint8Array<ArrayBuffer>;
  /** Index into `info.scripts`. */
  script: Uint8Array<ArrayBuffer>;
  /** Probability of the language, 0..1. */
  languageConfidence: Float32Array<ArrayBuffer>;
  /** Bit i stands for `info.acts[i]`. */
  acts: Uint8Array<ArrayBuffer>;
  /** Bit i stands for `info.emotions[i]`. */
  emotions: Uint16Array<ArrayBuffer>;
  /** Index into `info.intents`. */
  intent: Uint8Array<ArrayBuffer>;
  /** Probability of the intent, 0..1. */
  intentConfidence: Float32Array<ArrayBuffer>;
  /** Bit i stands for `info.safety[i]`. */
  safety: Uint8Array<ArrayBuffer>;
  /** Index into `info.dispositions`. */
  disposition: Uint8Array<ArrayBuffer>;
  /** Bit i stands for `info.states[i]`. */
  states: Uint8Array<ArrayBuffer>;
  /** 0 where effort is not spoken of, else one more than the index into `info.effort`. */
  effort: Uint8Array<ArrayBuffer>;
  /** Minutes lost by waiting or trying; 0 where none are named. */
  minutesLost: Uint32Array<ArrayBuffer>;
  /** Index into `info.urgency`. */
  urgency: Uint8Array<ArrayBuffer>;
  /** Bit i stands for `info.churn[i]`; 0 where the customer does not go. */
  churn: Uint8Array<ArrayBuffer>;
  /** 0 where the writer neither recommends nor advises against it, else one more than the index into `info.recommends`. */
  recommends: Uint8Array<ArrayBuffer>;
  /** Index into `info.journeyStages`. */
  journeyStage: Uint8Array<ArrayBuffer>;
  /** 1 meaningful, 2 truncated, 4 language reliable, 8 mixed, 16 irony, 32 broadcast. */
  flags: Uint8Array<ArrayBuffer>;
  /** One more than texts: topics of text i are the places `topicOffsets[i]` to `topicOffsets[i + 1]` below. */
  topicOffsets: Uint32Array<ArrayBuffer>;
  /** Index into `Batch.topics`. */
  topic: Uint16Array<ArrayBuffer>;
  /** Index into `info.sentiment`. */
  topicSentiment: Uint8Array<ArrayBuffer>;
  /** Probability of positive minus probability of negative, -1..1. */
  topicScore: Float32Array<ArrayBuffer>;
  /** 1 mixed, 2 negated. */
  topicFlags: Uint8Array<ArrayBuffer>;
  /** One more than texts: personal data of text i are the places `piiOffsets[i]` to `piiOffsets[i + 1]` below. */
  piiOffsets: Uint32Array<ArrayBuffer>;
  /** Index into `info.piiTypes`. */
  piiType: Uint8Array<ArrayBuffer>;
  /** Start in UTF-16 code units of its text. */
  piiStart: Uint32Array<ArrayBuffer>;
  /** End, exclusive. */
  piiEnd: Uint32Array<ArrayBuffer>;
  /** Rank 0..1, not a probability. */
  piiCertainty: Float64Array<ArrayBuffer>;
  /** 1 where a check digit or registry rule held. */
  piiValidated: Uint8Array<ArrayBuffer>;
  /** One more than the index into `info.piiKinds`; 0 for none. */
  piiKind: Uint8Array<ArrayBuffer>;
}

/** The labels of `all` whose bits are set, in the order of the list. */
export function labelsOf<L>(all: readonly L[], bits: number): L[] {
  return all.filter((_, bit) => (bits >> bit) & 1);
}

/** Copies the columns of one call out of wasm and frees them there. */
export function takeColumns(raw: RawColumns): Columns {
  try {
    // The getters give fresh copies; wasm-bindgen types them by the wider ArrayBufferLike.
    return {
      sentiment: raw.sentiment, score: raw.score, probabilities: raw.probabilities,
      language: raw.language, script: raw.script, languageConfidence: raw.languageConfidence,
      acts: raw.acts, emotions: raw.emotions, intent: raw.intent, intentConfidence: raw.intentConfidence,
      safety: raw.safety, disposition: raw.disposition, states: raw.states, effort: raw.effort, minutesLost: raw.minutesLost,
      urgency: raw.urgency, churn: raw.churn, recommends: raw.recommends, journeyStage: raw.journeyStage, flags: raw.flags,
      topicOffsets: raw.topicOffsets, topic: raw.topic, topicSentiment: raw.topicSentiment,
      topicScore: raw.topicScore, topicFlags: raw.topicFlags,
      piiOffsets: raw.piiOffsets, piiType: raw.piiType, piiStart: raw.piiStart, piiEnd: raw.piiEnd,
      piiCertainty: raw.piiCertainty, piiValidated: raw.piiValidated, piiKind: raw.piiKind,
    } as Columns;
  } finally {
    raw.free();
  }
}

/** One set of columns out of several, in order. A single part is passed through. */
export function joinColumns(parts: Columns[]): Columns {
  if (parts.length === 1) return parts[0]!;
  const joined = {} as Record<keyof Columns, unknown>;
  for (const key of Object.keys(parts[0]!) as (keyof Columns)[]) {
    if (key === "piiOffsets" || key === "topicOffsets") joined[key] = joinOffsets(parts.map((part) => part[key]));
    else joined[key] = concat(parts.map((part) => part[key]));
  }
  return joined as Columns;
}

type Column = Columns[keyof Columns];

function concat(parts: Column[]): Column {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const joined = new (parts[0]!.constructor as new (length: number) => Column)(length);
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

/** Each part counts from 0: shifts it by what came before. */
function joinOffsets(parts: Uint32Array[]): Uint32Array {
  const joined = new Uint32Array(parts.reduce((sum, part) => sum + part.length - 1, 1));
  let at = 0;
  let base = 0;
  for (const part of parts) {
    for (let i = 1; i < part.length; i++) joined[++at] = base + part[i]!;
    base += part[part.length - 1]!;
  }
  return joined;
}

/** The engine's own description, frozen. */
export function freezeInfo(raw: RawInfo): EngineInfo {
  for (const list of Object.values(raw)) if (Array.isArray(list)) Object.freeze(list);
  return Object.freeze(raw) as EngineInfo;
}
