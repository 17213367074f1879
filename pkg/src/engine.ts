/// <reference lib="esnext.disposable" preserve="true" />
// The engine as JavaScript sees it: checks, cuts, splits and names errors; all analysis is in wasm.

import { Batch } from "./batch.js";
import { readClassifier, train, type Classifier, type TrainCall } from "./classifier.js";
import { freezeInfo, joinColumns, takeColumns, type Columns, type EngineInfo } from "./columns.js";
import { checkTurns, withWholeText } from "./conversation.js";
import { Corrections } from "./corrections.js";
import { DataUse } from "./data-use.js";
import { HearkenError, wrongField } from "./errors.js";
import { createGlue } from "./glue.js";
import { Instance } from "./instance.js";
import { clip, MAX_BATCH_BYTES, MAX_BATCH_TEXTS, textLimit, utf8Length } from "./limits.js";
import { checkLoadOptions, moduleFor, type Host, type LoadOptions } from "./load.js";
import { checkMessage, flat } from "./message.js";
import { checkBatchOptions, checkOptions, cutOptions, rawOptions, type BatchOptions, type TextOptions, type TriageOptions } from "./options.js";
import { CompiledPolicy, policyText } from "./policy.js";
import { Query, type QueryOptions } from "./query.js";
import { crossing, Redactor, unchanged } from "./redactor.js";
import { CompiledTaxonomy, taxonomyText } from "./taxonomy.js";
import { Themes, type ThemesOptions } from "./themes.js";
import type {
  Analysis, Conversation, Correction, DataInventory, Decision, DecisionCosts, FieldClass, Judged, LearnExample, Message, Policy,
  PolicyDifference, RedactOptions, Redaction, RedactorOptions, TaxonomySource, ThresholdChoice, TopicInfo, Turn,
} from "./types.js";

/** Only `load` may construct. */
const KEY: unique symbol = Symbol("hearken");

/**
 * A model in its own wasm instance. Make one and keep it: loading costs milliseconds and some
 * megabytes. All calls are synchronous, hold no state between calls, and cost `O(text)`.
 */
export class Engine implements Disposable {
  /** Label lists, versions and sizes. */
  readonly info: EngineInfo;
  readonly #instance: Instance;
  #topics: readonly TopicInfo[] | undefined;

  /** @internal Use `Engine.load`. */
  protected constructor(
    key: symbol, module: WebAssembly.Module, model: Uint8Array | undefined, taxonomy: string | undefined,
  ) {
    if (key !== KEY) throw new HearkenError("E_OPTION", "an Engine is made by Engine.load()", { field: "new" });
    this.#instance = new Instance(() => {
      const glue = createGlue();
      const { memory } = glue.initSync({ module });
      return { raw: new glue.RawEngine(model, taxonomy), memory };
    });
    this.info = freezeInfo(this.#instance.call((raw) => raw.info()));
  }

  /**
   * Compiles the wasm (once per process) and starts an engine.
   *
   * @throws HearkenError `E_OPTION` for an option that cannot be used, `E_MODEL` for a model pack
   * that is corrupt, cut short or of another version, `E_TAXONOMY` with `path` and `E_JSON` with line
   * and column for a taxonomy.
   */
  static load(options?: LoadOptions): Promise<Engine> {
    return this.start(options, {});
  }

  /** @internal `load` with what the runtime adds. */
  static async start(options: LoadOptions | undefined, host: Host): Promise<Engine> {
    const checked = checkLoadOptions(options);
    const module = await moduleFor(checked, host);
    // A copy: after a trap the engine starts again from the same model.
    const { taxonomy } = checked;
    const json = taxonomy === undefined || taxonomy === null ? undefined : taxonomyText(taxonomy);
    return new this(KEY, module, checked.model?.slice(), json);
  }

  /**
   * What one text says. Longer texts are cut at `maxTextBytes` and flagged `truncated`.
   *
   * `question` is the survey question the text answers, of which the first 4,096 characters are
   * read; `parent` the post it replies to.
   *
   * @throws HearkenError `E_FIELD` when `text` is no string, `E_OPTION` for an unknown option.
   */
  analyze(text: string, options?: TextOptions): Analysis {
    checkText(text);
    checkOptions(options);
    const read = clip(text, textLimit(options));
    return this.#instance.call((raw) => raw.analyze(read, rawOptions(cutOptions(options), raw, this.#instance)));
  }

  /**
   * What many texts say, as columns. Any number of texts: they cross in parts. A text that is no
   * string becomes a row with an error; the others are analysed. The options, `question` and
   * `parent` among them, hold for all texts.
   *
   * @throws HearkenError `E_FIELD` when `texts` is no array, `E_OPTION` for an unknown option.
   */
  analyzeBatch(texts: readonly string[], options?: BatchOptions): Batch {
    if (!Array.isArray(texts)) throw wrongField("texts", "an array of strings", texts);
    checkBatchOptions(options);
    const limit = textLimit(options);
    const cut = cutOptions(options);
    const errors = new Map<number, HearkenError>();
    const parts: Columns[] = [];
    let part: string[] = [];
    let bytes = 0;
    const send = (): void => {
      const texts = part;
      parts.push(this.#instance.call((raw) => takeColumns(raw.analyzeBatch(texts, rawOptions(cut, raw, this.#instance)))));
      part = [];
      bytes = 0;
    };
    for (let index = 0; index < texts.length; index++) {
      const given: unknown = texts[index];
      let text = "";
      if (typeof given === "string") text = clip(given, limit);
      else errors.set(index, wrongField("text", "a string", given, index));
      // At most three bytes a code unit; counting exactly is not worth a pass over the text.
      const most = text.length * 3;
      if (part.length === MAX_BATCH_TEXTS || (part.length > 0 && bytes + most > MAX_BATCH_BYTES)) send();
      part.push(text);
      bytes += most;
    }
    if (part.length > 0 || parts.length === 0) send();
    const columns = joinColumns(parts);
    for (const index of errors.keys()) columns.flags[index] = 0;
    const topics = options?.taxonomy?.topics ?? (options?.topics === false ? [] : this.topics);
    return new Batch(texts.length, columns, this.info, topics, errors);
  }

  /**
   * What is said in a conversation, turn by turn and by the customer as a whole. Each turn is read
   * after the one before it; `customer` is read from the customer's turns alone, so that an agent's
   * "sorry" is never the customer's emotion. At most 1,000 turns of 16 MiB together; each is cut as
   * in `analyze`. Other fields of a turn than role and text are not read.
   *
   * @throws HearkenError `E_FIELD` naming the turn and field, as in `turns[3].role`; `E_OPTION`;
   * `E_BATCH_TOO_LARGE` with `limit` and `actual` in bytes.
   */
  analyzeConversation(turns: readonly Turn[], options?: TextOptions): Conversation {
    checkOptions(options);
    const known = checkTurns(turns, textLimit(options));
    const found = this.#instance.call((raw) => raw.analyzeTurns(known, rawOptions(cutOptions(options), raw, this.#instance)));
    return withWholeText(found, turns);
  }

  /**
   * The text without personal data. Fails closed: a text over `maxTextBytes` is refused, not cut.
   *
   * Pseudonyms are numbered within this text; `redactor` keeps them over many.
   *
   * @throws HearkenError `E_TEXT_TOO_LARGE` with `limit` and `actual` in bytes, `E_FIELD`, `E_OPTION`,
   * `E_DETECTORS` with `path`.
   */
  redact(text: string, options?: RedactOptions): Redaction {
    checkText(text);
    const crossed = crossing(options);
    const limit = textLimit(options);
    return this.#instance.call((raw) => {
      if (text.length <= limit) return raw.redact(text, crossed) ?? unchanged(text);
      // Options are checked first, as the engine does; the text itself need not cross to be refused.
      raw.redact("", crossed);
      throw tooLarge(limit, utf8Length(text));
    });
  }

  /**
   * Options ready for many texts and records, with pseudonyms that stay the same over all of them.
   *
   * @throws HearkenError `E_OPTION`, `E_DETECTORS` with `path`, `E_JSON` with line and column for detectors.
   */
  redactor(options?: RedactorOptions): Redactor {
    return new Redactor(this.#instance, options);
  }

  /** What a field holds, by its name in ten languages, else by a sample of what is in it. */
  classifyField(name: string, sample?: string): FieldClass {
    if (typeof name !== "string") throw wrongField("name", "a string", name);
    if (sample !== undefined && typeof sample !== "string") throw wrongField("sample", "a string", sample);
    return this.#instance.call((raw) => raw.classifyField(name, sample));
  }

  /**
   * Reads where the data of each field comes from, what for, and where it may go, to check uses by.
   *
   * @throws HearkenError `E_DATA_USE` with `path`, as in `fields[3].purposes`; `E_JSON` with line and column.
   */
  dataUse(source: DataInventory | string): DataUse {
    return new DataUse(this.#instance, source);
  }

  /** Checks and compiles a policy for many calls of `triage`. @throws HearkenError `E_POLICY` with `path`, `E_JSON` with line and column. */
  policy(source: Policy | string): CompiledPolicy {
    return new CompiledPolicy(this.#instance, policyText(source));
  }

  /**
   * Checks and compiles a taxonomy for many calls: the option `taxonomy` of an analysis.
   *
   * @throws HearkenError `E_TAXONOMY` with `path`, as in `topics[3].phrases.en[7]`; `E_JSON` with line and column.
   */
  taxonomy(source: TaxonomySource | string): CompiledTaxonomy {
    return new CompiledTaxonomy(this.#instance, taxonomyText(source));
  }

  /** The topics told where a call names no taxonomy. */
  get topics(): readonly TopicInfo[] {
    return (this.#topics ??= Object.freeze(this.#instance.call((raw) => raw.topics())));
  }

  /** The policy that `triage` uses when none is given. */
  defaultPolicy(): Policy {
    return JSON.parse(this.#instance.call((raw) => raw.defaultPolicy())) as Policy;
  }

  /**
   * What to do about one message. A policy given as object or text is compiled for this call only;
   * use `policy` for many.
   *
   * @throws HearkenError `E_FIELD`, `E_OPTION`, `E_POLICY`, `E_JSON`.
   */
  triage(message: Message, policy?: Policy | CompiledPolicy | string, options?: TriageOptions): Decision {
    checkOptions(options);
    const limit = textLimit(options);
    const known = checkMessage(message, limit);
    const own = policy === undefined || policy === null || policy instanceof CompiledPolicy ? undefined : this.policy(policy);
    const compiled = own ?? (policy as CompiledPolicy | undefined) ?? undefined;
    try {
      const decision = this.#instance.call((raw) => {
        const crossing = rawOptions(options, raw, this.#instance);
        if (!compiled) return raw.triageByDefault(known, crossing);
        return raw.triage(known, compiled.rawFor(raw, this.#instance), crossing);
      });
      const refused = decision.redactionError;
      if (refused?.code === "E_TEXT_TOO_LARGE" && known.text.length < message.text.length) {
        // The engine saw the cut text; the length to name is that of the text given.
        refused.message = tooLarge(limit, utf8Length(message.text)).message;
      }
      return decision;
    } finally {
      own?.free();
    }
  }

  /**
   * What changes for one message when `after` takes the place of `before`. Policies given as objects or
   * text are compiled for this call only.
   *
   * @throws HearkenError `E_FIELD`, `E_OPTION`, `E_POLICY`, `E_JSON`.
   */
  comparePolicies(message: Message, before: Policy | CompiledPolicy | string, after: Policy | CompiledPolicy | string, options?: TriageOptions): PolicyDifference {
    checkOptions(options);
    const known = checkMessage(message, textLimit(options));
    const own: CompiledPolicy[] = [];
    const compiled = (policy: Policy | CompiledPolicy | string): CompiledPolicy => {
      if (policy instanceof CompiledPolicy) return policy;
      own.push(this.policy(policy));
      return own.at(-1)!;
    };
    try {
      const [one, other] = [compiled(before), compiled(after)];
      return this.#instance.call((raw) => {
        const given = rawOptions(options, raw, this.#instance);
        return raw.comparePolicies(known, one.rawFor(raw, this.#instance), other.rawFor(raw, this.#instance), given);
      });
    } finally {
      for (const policy of own) policy.free();
    }
  }

  /**
   * From which confidence to suggest an answer, and from which to act on it without a person: the lines of
   * least total cost over the rows given, with the share of wrong answers to expect there.
   *
   * @throws HearkenError `E_FIELD` naming `rows`, `rows[i].confidence` or the cost.
   */
  thresholds(rows: readonly Judged[], costs: DecisionCosts): ThresholdChoice {
    if (!Array.isArray(rows)) throw wrongField("rows", "an array of { confidence, correct }", rows);
    const confidence = Float64Array.from(rows, (row: Judged | undefined) => (typeof row?.confidence === "number" ? row.confidence : NaN));
    const correct = Uint8Array.from(rows, (row: Judged | undefined) => (row?.correct === true ? 1 : 0));
    return this.#instance.call((raw) => raw.chooseThresholds(confidence, correct, flat(costs) as object));
  }

  /**
   * Learns labels of the caller's own, from about 10 examples a label up to 50,000 examples. Takes up
   * to some seconds, synchronously: train large sets in a Web Worker. The order of the examples does
   * not matter; the same examples give the same bytes everywhere.
   *
   * @throws HearkenError `E_FIELD` naming the example, or `examples` when there are not 2 to 255
   * labels; `E_OPTION`; `E_BATCH_TOO_LARGE` over 50,000 examples or 16 MiB of text.
   */
  train(examples: Iterable<LearnExample>, options?: TrainCall): Classifier {
    return train(this.#instance, examples, options);
  }

  /**
   * A classifier from its file.
   *
   * @throws HearkenError `E_CLASSIFIER` with `at` for a file that is damaged, cut short, of another
   * format, or learned with another model.
   */
  classifier(bytes: Uint8Array): Classifier {
    return readClassifier(this.#instance, bytes);
  }

  /**
   * Learns from answers that people changed, for the option `corrections` of an analysis or a decision.
   * At most 2,000; of several for one text and head the last counts. The engine itself stays as it is.
   *
   * @throws HearkenError `E_FIELD` naming the correction; `E_BATCH_TOO_LARGE`.
   */
  correct(log: readonly Correction[]): Corrections {
    return new Corrections(this.#instance, log);
  }

  /**
   * Compiles a query over analysed rows, as in `deliver* NEAR/3 late sentiment:negative NOT refund`.
   * docs/search.md is the guide.
   *
   * @throws HearkenError `E_QUERY` with the place that was not understood, `at` and `end`, and what was
   * expected there; `E_OPTION`.
   */
  query(text: string, options?: QueryOptions): Query {
    return new Query(this.#instance, text, options);
  }

  /** Empty themes, to add analysed rows to. @throws HearkenError `E_OPTION`. */
  themes(options?: ThemesOptions): Themes {
    return new Themes(this.#instance, options);
  }

  /** Themes from `Themes.toBytes`. Every byte is checked. @throws HearkenError `E_THEMES` with `at`. */
  readThemes(bytes: Uint8Array): Themes {
    if (!(bytes instanceof Uint8Array)) throw wrongField("bytes", "a Uint8Array", bytes);
    return new Themes(this.#instance, bytes);
  }

  /** Gives the instance and its memory back; later calls fail with `E_ENGINE_FREED`. Safe to call twice. */
  free(): void {
    this.#instance.free();
  }

  [Symbol.dispose](): void {
    this.free();
  }

  /** Bytes of wasm memory this engine holds now; 0 after `free`. */
  get memoryBytes(): number {
    return this.#instance.memoryBytes;
  }
}

function checkText(text: unknown): void {
  if (typeof text !== "string") throw wrongField("text", "a string", text);
}

/** In the words of the engine's own error. */
function tooLarge(limit: number, actual: number): HearkenError {
  return new HearkenError("E_TEXT_TOO_LARGE", `text of ${actual} bytes is over the limit of ${limit} bytes`, { limit, actual });
}
