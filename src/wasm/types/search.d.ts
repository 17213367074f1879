// Queries and themes.

/** A field that a query can test. */
export type QueryField =
  | "sentiment" | "emotion" | "act" | "intent" | "safety" | "disposition" | "state" | "topic" | "urgency"
  | "churn" | "effort" | "wish" | "journey" | "lang" | "channel" | "source" | "customer" | "thread" | "id" | "scale" | "has" | "meaningful" | "irony" | "broadcast" | "rating"
  | "after" | "before";

/** Options of a report of themes. */
export interface ThemeOptions {
  /** Most themes: 1..500, default 20. */
  maxThemes?: number;
  /** Fewest rows of a phrase, 2 or more, default 3. A phrase also needs that many different texts, at most 3. */
  minRows?: number;
  /** Also give what topics explain in half of its rows or more. Default false. */
  explained?: boolean;
  /** Also give each theme as a topic for a taxonomy file. Default false. */
  topics?: boolean;
}

/** A phrase of a theme; ` … ` stands where its words do not follow one another. */
export interface ThemePhrase { text: string; count: number; sentiment: SentimentCounts; }

/** What many rows speak of. Counts may be too low by `ThemeReport.error`. */
export interface Theme {
  /** Its best phrase. */
  name: string;
  /** ISO 639-1 code of its phrases. */
  language: string;
  /** Rows in which its leading word stands. */
  count: number;
  /** Of all rows with a phrase, 0..1. */
  share: number;
  sentiment: SentimentCounts;
  /** Share of its rows that no topic explains, 0..1; 1 where no places of topics were given. */
  unexplained: number;
  /**
   * How many times more frequent it is than in the background; without a background, than its best
   * phrase would be if its words met by chance.
   */
  lift: number;
  /** The weightiest first, at most 12. */
  phrases: ThemePhrase[];
  /** Numbers of rows that hold its best phrase, at most 8, of different texts. */
  examples: number[];
  /** Only with the option `topics`: a topic in the format of taxonomy files. */
  topic?: Record<string, unknown>;
}

/** Themes over many rows. */
export interface ThemeReport {
  engine: string;
  /** Rows added. */
  rows: number;
  /** Rows with a phrase. */
  texts: number;
  /** By how much any count may be too low; 0 as long as no phrase had to be let go. */
  error: number;
  /** The most frequent for their lift first. */
  themes: Theme[];
}
