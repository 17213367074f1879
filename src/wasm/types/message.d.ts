// What comes in.

/** Who speaks in a conversation. */
export type Role = "customer" | "agent" | "bot";
/** Where a message was written. */
export type Channel =
  | "survey" | "review" | "social" | "ad_comment" | "messaging" | "chat" | "email"
  | "forum" | "blog" | "news" | "call" | "web_form" | "other";
/** nps 0..10; csat5 and stars5 1..5; csat7 and ces7 1..7. */
export type Scale = "nps" | "csat5" | "csat7" | "ces7" | "stars5";

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
