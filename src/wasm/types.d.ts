/** How the text feels about what it speaks of. */
export type SentimentLabel = "negative" | "neutral" | "positive";
/** An emotion the words carry: sensed, present or absent, never measured. */
export type Emotion =
  | "anger" | "frustration" | "disappointment" | "sadness" | "worry" | "confusion"
  | "surprise" | "joy" | "gratitude" | "admiration" | "relief";
/** What a person does with the words; several may hold. */
export type Act =
  | "question" | "complaint" | "request" | "suggestion" | "praise" | "thanks" | "greeting" | "statement";
/** Why a person makes contact. */
export type Intent =
  | "order_status" | "delivery_problem" | "refund_return" | "billing" | "payment_failure" | "account_access"
  | "cancellation" | "technical_fault" | "product_defect" | "how_to" | "availability" | "pricing"
  | "booking_change" | "staff_complaint" | "fraud_security" | "privacy_request" | "human_agent" | "feedback"
  | "purchase_interest" | "none";
/** What a moderator would look at. Swearing at a thing is none of it. */
export type Safety = "toxic" | "threat" | "hate" | "sexual" | "self_harm" | "spam" | "promotion";
/** Yes-or-no marks of a text; heads of the model. */
export type Flag = "mixed" | "irony" | "broadcast";
/** What kind of handling a text calls for; every analysis has exactly one. */
export type Disposition = "respond" | "fix_in_aggregate" | "amplify" | "engage" | "close" | "ignore";
/** The state a customer is in; several may hold. */
export type State = "happy" | "problem" | "ambivalent" | "disappointed" | "anxious";
/** How hard it was for the customer to get something done. */
export type EffortLevel = "easy" | "some" | "high";
/** How pressing a message is. */
export type UrgencyLevel = "low" | "normal" | "high" | "critical";
/** Why a message presses; `no_hurry` is the reason of `low`. */
export type UrgencyReason =
  | "safety_risk" | "vulnerable_person" | "money_lost" | "outage" | "deadline" | "stated" | "no_hurry";
/** What tells that a customer goes. */
export type ChurnReason = "leaving" | "switching" | "cancelling" | "never_again" | "last_chance" | "competitor";
/** Whose brand it is: of the caller's lists, or one that is in neither. */
export type BrandRole = "own" | "competitor" | "other";
/** How a brand is spoken of: the strongest that holds. */
export type BrandManner = "mentioned" | "compared" | "praised" | "switched_to";
/** What a link, or an invitation without one, is for. `rival`: a link to a competitor of the caller's list. */
export type LinkKind = "promotion" | "piracy" | "suspicious" | "rival";
/** Where in the customer's journey a message stands. */
export type JourneyStage =
  | "awareness" | "consideration" | "purchase" | "delivery" | "use" | "support" | "renewal" | "leaving" | "none";
/** Who pays for the place where a message stands. */
export type MediaType = "earned" | "paid" | "owned";
/** Who speaks in a conversation. */
export type Role = "customer" | "agent" | "bot";
/** A kind of personal data. `url_token`: a URL that carries credentials, a token or an e-mail address. */
export type PiiType = "email" | "phone" | "card" | "iban" | "url_token" | "ip";
/** What a topic is a part of: whose work it is to better it. */
export type TopicTarget = "product" | "place" | "agent" | "price" | "website" | "delivery" | "process" | "company";
/** Where a message was written. */
export type Channel =
  | "survey" | "review" | "social" | "ad_comment" | "messaging" | "chat" | "email"
  | "forum" | "blog" | "news" | "call" | "web_form" | "other";
/** nps 0..10; csat5 and stars5 1..5; csat7 and ces7 1..7. */
export type Scale = "nps" | "csat5" | "csat7" | "ces7" | "stars5";
/** What to do about a message. */
export type Action =
  | "answer" | "resolve" | "amplify" | "thank" | "engage" | "retain"
  | "escalate" | "review" | "ignore" | "block";
/** `[start, end)` in UTF-16 code units: `text.slice(...span)` is the text it covers. */
export type Span = [start: number, end: number];

/** The language of a text. */
export interface Language {
  /**
   * ISO 639-1, else 639-3; `und` for texts without words, and for texts of one to three letters
   * in scripts that many languages share, unless the hint agrees.
   */
  code: string;
  /** ISO 15924 code of the script most letters belong to; `Zyyy` without letters. */
  script: string;
  /** Probability, 0..1, calibrated on dev texts. */
  confidence: number;
  /**
   * True when the confidence reaches 0.8 and the text has ten letters (five in Korean, Japanese,
   * Chinese) or the hint agrees. Reports count other texts under `und`.
   */
  reliable: boolean;
}

/** Sentiment of a text or a sentence. */
export interface Sentiment {
  label: SentimentLabel;
  /** True when something good and something bad are said. */
  mixed: boolean;
  /** Probability of positive minus probability of negative, -1..1. */
  score: number;
  /** They sum to 1; calibrated on dev texts (calibration error in models/CARD.md). */
  probabilities: Record<SentimentLabel, number>;
}

/** One piece of personal data found; the value itself is not part of it. */
export interface Pii {
  type: PiiType;
  span: Span;
  /** Rank in 0..1: how sure the structure makes it. Not a probability. */
  certainty: number;
  /** True when a check digit or registry rule was tested and held. */
  validated: boolean;
}

/** A label that is present, and the places that speak for it most: at most three, the strongest first. */
export interface Present<L> { label: L; spans: Span[]; }

/** A contact reason with its probability, 0..1, calibrated on dev texts. */
export interface RankedIntent { label: Intent; confidence: number; }

/** Why the person makes contact; `others` are the next likeliest reasons above 0.05, at most three. */
export interface IntentAnswer extends RankedIntent { others: RankedIntent[]; }

/** A topic of a taxonomy. */
export interface TopicInfo {
  /** Id of the topic. */
  label: string;
  /** Id of the topic it is a part of. */
  parent?: string;
  target: TopicTarget;
}

/** What a text is about, and how it feels about that. */
export interface TopicFound extends TopicInfo {
  /** Read from the clauses that speak of it; of the sentence where a clause has no opinion. */
  sentiment: Sentiment;
  /** By place, without overlap; at most 32. */
  spans: Span[];
  /** Every mention is negated: "no parking". */
  negated?: true;
}

/**
 * Why the model gave a label: `logit = bias + rest + sum of the weights`, exact up to rounding,
 * in logit units. A positive weight speaks for the label, a negative one against it.
 */
export interface Evidence {
  head: "sentiment" | "emotions" | "acts" | "intent" | "safety" | "flags";
  label: string;
  /** True when a listed phrase or the context decided, and not the model. */
  byRule: boolean;
  logit: number;
  /** What the label has before a word is read. */
  bias: number;
  /** What the length of the text and the survey question added; they have no place in the text. */
  rest: number;
  /** By place, without overlap. */
  parts: { span: Span; weight: number }[];
}

/** Something asked for that does not exist yet. */
export interface Wish {
  /** What is wished for, as written: `text.slice(...objectSpan)`. Empty in decisions and conversations, which hold no words of the message. */
  object: string;
  objectSpan: Span;
  /** When or where, in the words of the text. */
  condition?: { time?: string; place?: string };
  /** The words that wish and the object. */
  span: Span;
}

/** What was expected, and what came instead, as written; empty in decisions and conversations. */
export interface Expectation {
  expected: string;
  got?: string;
  /** Of `expected`, then of `got`. */
  spans: Span[];
}

/** What it cost the customer to get something done; at most eight places. */
export interface Effort {
  level: EffortLevel;
  spans: Span[];
  /** The customer had to ask more than once. */
  repeatedContacts: boolean;
  /** The customer was sent from one to the next. */
  transfers: boolean;
}

/** A brand named in the text; `name` as in the caller's list, as written where the role is `other`. */
export interface BrandMention { name: string; role: BrandRole; as: BrandManner; spans: Span[]; }

/** What one text says. */
export interface Analysis {
  /** Version of the engine. */
  engine: string;
  /** Version of the model pack. */
  model: string;
  language: Language;
  sentiment: Sentiment;
  /** Only with the option `sentences`. */
  sentences?: { span: Span; sentiment: Sentiment; acts: Act[] }[];
  /** Emotions the words carry. Precision and recall per language: models/CARD.md. */
  emotions: Present<Emotion>[];
  /** What the person does with the words; never empty for a meaningful text. */
  acts: Act[];
  intent: IntentAnswer;
  /** What the text is about, by first place. */
  topics: TopicFound[];
  /** What a moderator would look at. */
  safety: Present<Safety>[];
  /** One thing is said and another meant. Weak: see models/CARD.md. */
  irony: boolean;
  /** Addressed to everyone: announcement, news, advertisement, repost. */
  broadcast: boolean;
  /** False for "n/a", "asdf", "없음", emptiness and other answers that say nothing. */
  meaningful: boolean;
  disposition: Disposition;
  states: State[];
  /** Only with the option `evidence`: why each label was given. */
  evidence?: Evidence[];
  pii: Pii[];
  /** Absent without one; at most 16. */
  wishes?: Wish[];
  /** Absent without one; at most 16. */
  expectations?: Expectation[];
  /** Absent where the text says nothing of it. */
  effort?: Effort;
  /** Time lost by waiting or trying: 1..5,256,000 minutes, of several the longest; absent where none is named. */
  timeLost?: { minutes: number; span: Span };
  /** `normal` without reasons where nothing is said. */
  urgency: { level: UrgencyLevel; reasons: UrgencyReason[]; spans: Span[] };
  churn: { present: boolean; reasons: ChurnReason[]; spans: Span[] };
  /** Absent without one. */
  brands?: BrandMention[];
  /** Promotion, pirated offers, lures, competitors' links. Absent without one; at most 32. */
  links?: { kind: LinkKind; span: Span; disguised: boolean }[];
  journeyStage: JourneyStage;
  /** Further stages the text speaks of, the likeliest first; absent without one. */
  otherStages?: JourneyStage[];
  /** Only where the channel is given or the text says that it is an advertisement. */
  mediaType?: MediaType;
  /**
   * Only with the option `keyphrases`: the phrases that tell what the text is about, the best first,
   * at most 12; empty in languages without a word list. None touches personal data found.
   */
  keyphrases?: Span[];
  /**
   * True when the text was longer than the limit and only its beginning was read, or when it holds
   * 4,096 or more sentences or pieces of personal data, of which the first are given, or more words
   * of topics than are counted.
   */
  truncated: boolean;
}

/** Options of `analyze` and `analyzeBatch`. Unknown names are refused with `E_OPTION`. */
export interface AnalyzeOptions {
  /** BCP 47 hint: a hinted language is taken to be twenty times likelier than the text alone says. */
  lang?: string;
  /** The survey question the text answers: "Nothing." to "What could be better?" is praise. */
  question?: string;
  /**
   * The post the text replies to: a copy of it inside the text is not read, but for personal data,
   * and a reply is no broadcast.
   */
  parent?: string;
  /** Also give sentiment and acts per sentence. Default false; not for batches. */
  sentences?: boolean;
  /** Give the places that speak for emotions and safety labels. Default true; never in batches. */
  spans?: boolean;
  /** Also give the evidence for every label. Default false; not for batches. */
  evidence?: boolean;
  /** Tell what the text is about. Default true. */
  topics?: boolean;
  /** Also give the phrases that tell what the text is about. Default false; not for batches. */
  keyphrases?: boolean;
  /** Look for personal data. Default true. */
  pii?: boolean;
  /** Look for wishes, expectations, effort, urgency, churn, brands, links and the journey stage. Default true. */
  signals?: boolean;
  /** Brands to look for: at most 500 names of at most 100 bytes. */
  brands?: { own?: string[]; competitors?: string[] };
  /** Where the text was written: tells the media type. In `triage` that of the message. */
  channel?: Channel;
  /** Longest text read, in bytes of UTF-8: 1..1,048,576, default 65,536. Longer texts are cut and flagged. */
  maxTextBytes?: number;
}

/** Options of `redact`. */
export interface RedactOptions {
  /** `label` writes `[EMAIL]`; `mask` keeps the last four letters or digits of a value and stars the rest. Default `label`. */
  mode?: "label" | "mask";
  /** Which kinds to take out. Default all. */
  types?: PiiType[];
  /** As in `AnalyzeOptions`, but a longer text is refused with `E_TEXT_TOO_LARGE`: redaction fails closed. */
  maxTextBytes?: number;
}

/** A text without personal data. */
export interface Redaction {
  text: string;
  /** What was taken out; spans point into the text given. */
  pii: Pii[];
  /** How many of each kind; kinds with none are absent. */
  counts: Partial<Record<PiiType, number>>;
}

/** An answer on a scale. */
export interface Rating { scale: Scale; value: number; }

/** One message. Only `text` is required; unknown fields are kept and never read. */
export interface Message {
  text: string;
  id?: string;
  channel?: Channel;
  /** Platform slug. */
  source?: string;
  /** BCP 47 hint. */
  lang?: string;
  author?: { id?: string; handle?: string; email?: string; phone?: string; name?: string };
  /** The caller's own key of the customer. */
  customer?: string;
  thread?: string;
  inReplyTo?: string;
  /** ISO 8601 or milliseconds since 1970. */
  sentAt?: string | number;
  rating?: Rating;
  /** The survey question the text answers. */
  question?: string;
  /** The post the text replies to. */
  parent?: string;
  [extra: string]: unknown;
}

/** One turn of a conversation. */
export interface Turn { role: Role; text: string; }

/** A conversation, analysed turn by turn. */
export interface Conversation {
  /** Spans point into the text of the turn. */
  turns: { role: Role; analysis: Analysis }[];
  /**
   * The customer's turns joined by line breaks and read as one text: an agent's "sorry" is never
   * the customer's emotion. Its spans point into `text`. Absent without a customer's turn.
   */
  customer?: Analysis;
  text: string;
}

/** Why a decision was taken. */
export interface Reason {
  /** Id of the rule. */
  rule: string;
  /** The conditions that held, in words. */
  because: string;
  /** Where in the text, when the reason is a place. */
  spans: Span[];
}

/** What to do now about one message. */
export interface Decision {
  action: Action;
  queue: string;
  /** 1 is the most urgent, 4 the least. */
  priority: 1 | 2 | 3 | 4;
  /** Absent when no reply is owed. */
  respondWithinMinutes?: number;
  /** `automate` only where the rule says so. */
  mode: "suggest" | "automate";
  reasons: Reason[];
  /** The text without personal data; null when it could not be redacted (fails closed). */
  redacted: string | null;
  /** Why `redacted` is null. */
  redactionError?: { code: ErrorCode; message: string };
  policy: { id: string; version: string };
  analysis: Analysis;
}

/** One condition of a policy: exactly one key. */
export type Condition =
  | { sentiment: SentimentLabel[] }
  | { scoreBelow: number }
  | { scoreAbove: number }
  | { acts: Act[] }
  | { pii: PiiType[] }
  | { rating: ("low" | "middle" | "high")[] }
  | { channel: Channel[] }
  | { language: string[] }
  | { meaningful: boolean }
  | { public: boolean }
  | { textContains: string[] }
  | { all: Condition[] }
  | { any: Condition[] }
  | { not: Condition };

/** One rule: the first whose condition holds decides. A rule without `when` always holds and must be the last. */
export interface Rule {
  id: string;
  when?: Condition;
  then: {
    action: Action;
    queue: string;
    priority: 1 | 2 | 3 | 4;
    respondWithinMinutes?: number;
    mode?: "suggest" | "automate";
  };
}

/** An ordered list of rules; the last must be a default without `when`. */
export interface Policy {
  id: string;
  version: string;
  rules: Rule[];
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

/** A field that a query can test. */
export type QueryField =
  | "sentiment" | "emotion" | "act" | "intent" | "safety" | "disposition" | "state" | "topic" | "lang" | "channel"
  | "source" | "customer" | "thread" | "id" | "scale" | "has" | "meaningful" | "irony" | "broadcast" | "rating"
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

/** Stable codes of everything that can be refused. */
export type ErrorCode =
  | "E_TEXT_TOO_LARGE" | "E_BATCH_TOO_LARGE" | "E_MODEL" | "E_CLASSIFIER" | "E_POLICY" | "E_TAXONOMY" | "E_JSON"
  | "E_QUERY" | "E_THEMES" | "E_OPTION" | "E_FIELD" | "E_ENGINE_FREED" | "E_TRAP";
