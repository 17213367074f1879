/** Results of all rows in typed arrays, filled in pieces while the analysis runs. */
import { BIT_FACETS, facetBits, perFacet, type FacetColumns, type PerFacet } from "../shared/facets.ts";
import type { RowColumns } from "../shared/protocol.ts";

/** `label` of a row without result. */
export const NO_LABEL = 255;
/** `day` of a row without date. */
export const NO_DAY = -2147483648;

/** A list of whole numbers that grows. */
class Growing {
  #items = new Uint32Array(1024);
  length = 0;

  push(value: number): void {
    if (this.length === this.#items.length) {
      const wider = new Uint32Array(this.length * 2);
      wider.set(this.#items);
      this.#items = wider;
    }
    this.#items[this.length++] = value;
  }

  at(index: number): number {
    return this.#items[index] ?? 0;
  }
}

/** One place of personal data in a text; `type` is an index into the engine's list. */
export interface Place {
  start: number;
  end: number;
  type: number;
}

/** One topic of a row, numbers into the lists of the engine. */
export interface RowTopic {
  topic: number;
  sentiment: number;
  mixed: boolean;
}

/** See the head of this file. */
export class Results implements FacetColumns {
  readonly label: Uint8Array<ArrayBuffer>;
  readonly score: Float32Array<ArrayBuffer>;
  readonly probabilities: Float32Array<ArrayBuffer>;
  readonly language: Uint8Array<ArrayBuffer>;
  readonly confidence: Float32Array<ArrayBuffer>;
  readonly acts: Uint8Array<ArrayBuffer>;
  readonly emotions: Uint16Array<ArrayBuffer>;
  /** Index into the engine's list. */
  readonly intent: Uint8Array<ArrayBuffer>;
  readonly intentConfidence: Float32Array<ArrayBuffer>;
  /** Index into the engine's list. */
  readonly disposition: Uint8Array<ArrayBuffer>;
  /** Bit i: state i of the engine's list. */
  readonly states: Uint8Array<ArrayBuffer>;
  /** As the engine gives them: effort one more than its index, 0 for none; churn a bit a reason. */
  readonly effort: Uint8Array<ArrayBuffer>;
  readonly urgency: Uint8Array<ArrayBuffer>;
  readonly churn: Uint8Array<ArrayBuffer>;
  readonly journeyStage: Uint8Array<ArrayBuffer>;
  /** Bit i: safety label i, then mixed, irony, broadcast. */
  readonly marks: Uint16Array<ArrayBuffer>;
  /** As the engine gives them: 1 meaningful, 2 truncated, 4 language reliable, ... */
  readonly flags: Uint8Array<ArrayBuffer>;
  readonly problems: Uint16Array<ArrayBuffer>;
  readonly day: Int32Array<ArrayBuffer>;
  /** Milliseconds since 1970; NaN without date, the start of the day without time. */
  readonly sentMs: Float64Array<ArrayBuffer>;
  readonly #first: Uint32Array<ArrayBuffer>;
  readonly #count: Uint32Array<ArrayBuffer>;
  readonly #places = new Growing();
  readonly #topicFirst: Uint32Array<ArrayBuffer>;
  readonly #topicCount: Uint16Array<ArrayBuffer>;
  /** Topic, sentiment and mixed in one number: 29, 2 and 1 bits. */
  readonly #topics = new Growing();

  constructor(rows: number) {
    this.label = new Uint8Array(rows).fill(NO_LABEL);
    this.score = new Float32Array(rows);
    this.probabilities = new Float32Array(rows * 3);
    this.language = new Uint8Array(rows);
    this.confidence = new Float32Array(rows);
    this.acts = new Uint8Array(rows);
    this.emotions = new Uint16Array(rows);
    this.intent = new Uint8Array(rows);
    this.intentConfidence = new Float32Array(rows);
    this.disposition = new Uint8Array(rows);
    this.states = new Uint8Array(rows);
    this.effort = new Uint8Array(rows);
    this.urgency = new Uint8Array(rows);
    this.churn = new Uint8Array(rows);
    this.journeyStage = new Uint8Array(rows);
    this.marks = new Uint16Array(rows);
    this.flags = new Uint8Array(rows);
    this.problems = new Uint16Array(rows);
    this.day = new Int32Array(rows).fill(NO_DAY);
    this.sentMs = new Float64Array(rows).fill(NaN);
    this.#first = new Uint32Array(rows);
    this.#count = new Uint32Array(rows);
    this.#topicFirst = new Uint32Array(rows);
    this.#topicCount = new Uint16Array(rows);
  }

  get rows(): number {
    return this.label.length;
  }

  /** Sets the personal data of one row, in order of its start; a later call replaces it. */
  setPlaces(row: number, places: readonly Place[]): void {
    this.#first[row] = this.#places.length;
    this.#count[row] = places.length;
    for (const place of places) {
      this.#places.push(place.start);
      this.#places.push(place.end);
      this.#places.push(place.type);
    }
  }

  placeCount(row: number): number {
    return this.#count[row] ?? 0;
  }

  places(row: number): Place[] {
    const first = this.#first[row] ?? 0;
    return Array.from({ length: this.placeCount(row) }, (_, at) => {
      const from = first + at * 3;
      return { start: this.#places.at(from), end: this.#places.at(from + 1), type: this.#places.at(from + 2) };
    });
  }

  /** Sets the topics of one row. */
  setTopics(row: number, topics: readonly RowTopic[]): void {
    this.#topicFirst[row] = this.#topics.length;
    this.#topicCount[row] = topics.length;
    for (const { topic, sentiment, mixed } of topics) this.#topics.push(topic * 8 + sentiment * 2 + Number(mixed));
  }

  topicCount(row: number): number {
    return this.#topicCount[row] ?? 0;
  }

  topics(row: number): RowTopic[] {
    const first = this.#topicFirst[row] ?? 0;
    return Array.from({ length: this.topicCount(row) }, (_, at) => {
      const packed = this.#topics.at(first + at);
      return { topic: packed >> 3, sentiment: (packed >> 1) & 3, mixed: (packed & 1) === 1 };
    });
  }

  /** How many rows with a result have each label. `O(rows)`. */
  count(labels: PerFacet<readonly string[]>): PerFacet<number[]> {
    const counts = perFacet((facet) => labels[facet].map(() => 0));
    for (let row = 0; row < this.rows; row++) {
      if (this.label[row] === NO_LABEL) continue;
      for (const { topic } of this.topics(row)) counts.topic[topic] = (counts.topic[topic] ?? 0) + 1;
      for (const facet of BIT_FACETS) {
        const column = counts[facet];
        // Takes the lowest bit off each time: as many turns as the row has labels.
        for (let bits = facetBits(this, facet, row); bits !== 0; bits &= bits - 1) {
          const label = 31 - Math.clz32(bits & -bits);
          column[label] = (column[label] ?? 0) + 1;
        }
      }
    }
    return counts;
  }

  /** A copy for the page. */
  columns(): RowColumns {
    const pii = new Uint8Array(this.rows);
    const topicOffsets = new Uint32Array(this.rows + 1);
    for (let row = 0; row < this.rows; row++) {
      pii[row] = Math.min(255, this.placeCount(row));
      topicOffsets[row + 1] = (topicOffsets[row] ?? 0) + this.topicCount(row);
    }
    const topics = new Uint32Array(topicOffsets[this.rows] ?? 0);
    for (let row = 0; row < this.rows; row++) {
      this.topics(row).forEach(({ topic, sentiment }, at) => (topics[(topicOffsets[row] ?? 0) + at] = topic * 4 + sentiment));
    }
    return {
      label: this.label.slice(),
      score: this.score.slice(),
      language: this.language.slice(),
      acts: this.acts.slice(),
      emotions: this.emotions.slice(),
      intent: this.intent.slice(),
      disposition: this.disposition.slice(),
      marks: this.marks.slice(),
      pii,
      problems: this.problems.slice(),
      topicOffsets,
      topics,
    };
  }
}
