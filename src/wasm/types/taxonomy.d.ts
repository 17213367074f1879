// Topics as data.

/** What a topic is a part of: whose work it is to better it. */
export type TopicTarget = "product" | "place" | "agent" | "price" | "website" | "delivery" | "process" | "company";

/** A topic of a taxonomy. */
export interface TopicInfo {
  /** Id of the topic. */
  label: string;
  /** Id of the topic it is a part of. */
  parent?: string;
  target: TopicTarget;
}

/** A rule of a topic: holds where all of `all`, one of `any` and those of `near` are found, and none of `not`. */
export interface TopicRule {
  lang: string;
  /** Where the terms must stand together. Default `clause`. */
  scope?: "clause" | "sentence";
  all?: string[];
  any?: string[];
  not?: string[];
  /** Terms at most `within` words apart, in any order. */
  near?: { terms: string[]; within: number };
}

/** A text with its language. */
export interface TopicExample { lang: string; text: string; }

/** One topic as written; taxonomy/taxonomy.schema.json describes it in full. */
export interface TopicSource {
  /** Lower-case slug, unique in the taxonomy. */
  id: string;
  /** Id of a topic of the first level. */
  parent?: string;
  target: TopicTarget;
  name?: Record<string, string>;
  definition?: string;
  /** By language code. */
  phrases?: Record<string, string[]>;
  rules?: TopicRule[];
  /** Phrases that void what they cover. */
  not?: Record<string, string[]>;
  examples?: { match?: TopicExample[]; miss?: TopicExample[] };
}

/** A taxonomy as written. */
export interface TaxonomySource {
  $schema?: string;
  version: 1;
  id: string;
  name?: Record<string, string>;
  topics: TopicSource[];
}

/** What is wrong or doubtful about a taxonomy. */
export interface TaxonomyFinding {
  severity: "error" | "warning" | "note";
  code:
    | "example_missed" | "example_matched" | "empty_topic" | "overlap" | "shadowed" | "voided"
    | "missing_language" | "no_example" | "broad";
  /** As in `topics[3].phrases.en[7]`. */
  path: string;
  /** The other place it is about. */
  other?: string;
  message: string;
}

/** What came of the examples of a taxonomy. */
export interface TaxonomyTest {
  examples: number;
  passed: number;
  failed: {
    /** As in `topics[3].examples.match[0]`. */
    path: string;
    topic: string;
    lang: string;
    /** True when the topic must be found, false when it must not. */
    expected: boolean;
    passed: boolean;
    /** Topics found in the example. */
    found: string[];
  }[];
}
