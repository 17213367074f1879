// Labels of the caller's own: a classifier learned from examples, or read from its file.

import type { RawClassifier, RawEngine } from "./glue.js";
import { wrongField, wrongOption } from "./errors.js";
import { Handle, type HandleNames } from "./handle.js";
import type { Instance } from "./instance.js";
import { clip, MAX_BATCH_BYTES, MAX_BATCH_TEXTS, MAX_LEARN_TEXT_BYTES } from "./limits.js";
import type { ClassifierInfo, LabelEvidence, LearnExample, Prediction, TrainOptions, TrainQuality } from "./types.js";

/** Options of `Engine.train`. */
export interface TrainCall extends TrainOptions {
  /** Told the share of the work done, 0..1, after each part. */
  progress?: (share: number) => void;
}

/** Number that stands for no label in {@link Labels}. */
export const NO_LABEL = 65_535;

/** Labels of many texts, in their order. Holds no wasm memory. */
export interface Labels {
  /** Number into `classifier.info.labels`; {@link NO_LABEL} for none. */
  label: Uint16Array;
  /** Probability of the likeliest label, 0..1. */
  confidence: Float32Array;
}

const NAMES: HandleNames = {
  option: "classifier", freed: "the classifier was freed; train or load it again", otherEngine: "belongs to another engine",
};

/** A classifier made by `Engine.train` or `Engine.classifier`. Belongs to that engine; `free` it, or let it go with the engine. */
export class Classifier extends Handle<RawClassifier> {
  readonly info: ClassifierInfo;
  /** How well it does on examples it did not learn from; `null` when read from a file. */
  readonly quality: TrainQuality | null;
  /** Examples left out of the training because the same text with the same label stood before. */
  readonly duplicates: number;
  /** After a trap the classifier is read again from its file. */
  readonly #bytes: Uint8Array;

  /** @internal Made by `Engine.train` and `Engine.classifier`. */
  constructor(instance: Instance, make: (engine: RawEngine) => RawClassifier) {
    super(instance, NAMES, make);
    this.info = this.use((_, raw) => raw.info());
    this.quality = this.use((_, raw) => raw.quality());
    this.duplicates = this.use((_, raw) => raw.duplicates);
    this.#bytes = this.use((_, raw) => raw.toBytes());
  }

  /** The label of a text, of which the first 8 KiB are read. */
  predict(text: string): Prediction {
    if (typeof text !== "string") throw wrongField("text", "a string", text);
    return this.use((engine, raw) => engine.predict(raw, clip(text, MAX_LEARN_TEXT_BYTES)));
  }

  /** The labels of any number of texts, as columns. @throws HearkenError `E_FIELD` with `index` for a text that is no string. */
  predictBatch(texts: readonly string[]): Labels {
    if (!Array.isArray(texts)) throw wrongField("texts", "an array of strings", texts);
    const label = new Uint16Array(texts.length);
    const confidence = new Float32Array(texts.length);
    // A clipped text has at most three bytes a code unit.
    const rows = Math.min(MAX_BATCH_TEXTS, Math.floor(MAX_BATCH_BYTES / (3 * (MAX_LEARN_TEXT_BYTES + 2))));
    for (let from = 0; from < texts.length; from += rows) {
      const part = texts.slice(from, from + rows).map((text: unknown, at) => {
        if (typeof text !== "string") throw wrongField("text", "a string", text, from + at);
        return clip(text, MAX_LEARN_TEXT_BYTES);
      });
      this.use((engine, raw) => {
        const labels = engine.predictBatch(raw, part);
        label.set(labels.label, from);
        confidence.set(labels.confidence, from);
        labels.free();
      });
    }
    return { label, confidence };
  }

  /** Which parts of a text speak for and against a label: the weights add up to its logit. @throws HearkenError `E_FIELD` naming `label`. */
  evidence(text: string, label: string): LabelEvidence {
    if (typeof text !== "string") throw wrongField("text", "a string", text);
    if (typeof label !== "string") throw wrongField("label", "a string", label);
    return this.use((engine, raw) => engine.explainLabel(raw, clip(text, MAX_LEARN_TEXT_BYTES), label));
  }

  /** The classifier as a file, for `Engine.classifier`. It holds no example, but hashes of words and the labels. */
  save(): Uint8Array {
    return this.#bytes.slice();
  }

  /** @internal */
  protected override remake(engine: RawEngine): RawClassifier {
    return engine.classifier(this.#bytes);
  }
}

/** Trains inside the live instance. */
export function train(instance: Instance, examples: Iterable<LearnExample>, options: TrainCall | undefined): Classifier {
  if (typeof (examples as { [Symbol.iterator]?: unknown } | null)?.[Symbol.iterator] !== "function" || typeof examples === "string") {
    throw wrongField("examples", "an iterable of examples", examples);
  }
  const { progress, ...known } = checkOptions(options);
  const texts: string[] = [];
  const labels: string[] = [];
  for (const example of examples) {
    const at = texts.length;
    if (typeof example !== "object" || example === null) throw wrongField(`examples[${at}]`, "an object", example, at);
    if (typeof example.text !== "string") throw wrongField(`examples[${at}].text`, "a string", example.text, at);
    if (typeof example.label !== "string") throw wrongField(`examples[${at}].label`, "a string", example.label, at);
    texts.push(clip(example.text, MAX_LEARN_TEXT_BYTES));
    labels.push(example.label);
  }
  let thrown: { error: unknown } | undefined;
  const tell = (share: number): void => {
    try {
      progress?.(share);
    } catch (error) {
      thrown ??= { error };
    }
  };
  const classifier = new Classifier(instance, (engine) => engine.train(texts, labels, known, tell));
  if (thrown === undefined) return classifier;
  classifier.free();
  throw thrown.error;
}

/** Reads a classifier's file inside the live instance. */
export function readClassifier(instance: Instance, bytes: Uint8Array): Classifier {
  if (!(bytes instanceof Uint8Array)) throw wrongField("bytes", "a Uint8Array", bytes);
  return new Classifier(instance, (engine) => engine.classifier(bytes));
}

function checkOptions(options: TrainCall | undefined): TrainCall {
  if (options === undefined || options === null) return {};
  if (typeof options !== "object" || Array.isArray(options)) throw wrongOption("options", "an object", options);
  const { progress, none } = options;
  if (progress !== undefined && typeof progress !== "function") throw wrongOption("progress", "a function", progress);
  if (none !== undefined && typeof none !== "boolean" && typeof none !== "string") throw wrongOption("none", "true, false or a label", none);
  return options;
}
