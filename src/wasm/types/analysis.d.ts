// What one text says.

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
/** Whether the writer recommends it to others. */
export type Advice = "yes" | "no";
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

/** A label that is present, and the places that speak for it most: at most three, the strongest first. */
export interface Present<L> { label: L; spans: Span[]; }

/** A contact reason with its probability, 0..1, calibrated on dev texts. */
export interface RankedIntent { label: Intent; confidence: number; }

/** Why the person makes contact; `others` are the next likeliest reasons above 0.05, at most three. */
export interface IntentAnswer extends RankedIntent { others: RankedIntent[]; }

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
  /** What is wished for, as written: `text.slice(...objectSpan)`. Empty with `words: false`, and in decisions and conversations, which hold no words of the message. */
  object: string;
  objectSpan: Span;
  /** When or where, in the words of the text. */
  condition?: { time?: string; place?: string };
  /** The words that wish and the object. */
  span: Span;
}

/** What was expected, and what came instead where it is told, as written; empty with `words: false`, and in decisions and conversations. */
export interface Expectation {
  expected: string;
  got?: string;
  /** Of `expected`, then of `got` where there is one. */
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

/** A recommendation in words, or the advice to stay away: of two that disagree the later; at most eight places. */
export interface Recommends { answer: Advice; spans: Span[]; }

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
  /** What the customer would buy, each as a wish has it, without condition. Absent without one; at most 16. */
  purchaseInterest?: Wish[];
  /** Absent without one; at most 16. */
  expectations?: Expectation[];
  /** Absent where the text says nothing of it. */
  effort?: Effort;
  /** Time lost by waiting or trying: 1..5,256,000 minutes, of several the longest; absent where none is named. */
  timeLost?: { minutes: number; span: Span };
  /** `normal` without reasons where nothing is said. */
  urgency: { level: UrgencyLevel; reasons: UrgencyReason[]; spans: Span[] };
  churn: { present: boolean; reasons: ChurnReason[]; spans: Span[] };
  /** Absent where the writer neither recommends nor advises against it. */
  recommends?: Recommends;
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
  /** Give the words of wishes and expectations beside their places. Default true. */
  words?: boolean;
  /** Brands to look for: at most 500 names of at most 100 bytes. */
  brands?: { own?: string[]; competitors?: string[] };
  /** Where the text was written: tells the media type. In `triage` that of the message. */
  channel?: Channel;
  /** Longest text read, in bytes of UTF-8: 1..1,048,576, default 65,536. Longer texts are cut and flagged. */
  maxTextBytes?: number;
}
