// Replies: drafts, the check before they go out, which work, and who may send them.

/** An action that owes the customer words. */
export type SpeakingAction = Exclude<Action, "review" | "ignore" | "block">;

/** One template; `{name}`, `{order}`, `{agent}`, `{deadline}` are variables, a part in `[ ]` is left out where one is not known. */
export interface ReplyTemplate {
  id: string;
  action: SpeakingAction;
  /** Without it: for any intent. */
  intent?: Intent[];
  text: string;
}

/** The templates of one language, as in `hearken/replies/ko.json`. */
export interface ReplyLibrary {
  $schema?: string;
  language: string;
  templates: ReplyTemplate[];
}

/** Values of the variables, at most 200 characters each. */
export interface ReplyValues { name?: string; order?: string; agent?: string; deadline?: string; }

/** What a draft is wanted for. */
export interface ReplyWanted {
  action: Action;
  intent?: Intent;
  /** Of the customer. */
  language: string;
  /** That of the decision; default `suggest`. */
  mode?: "suggest" | "automate";
  /** Id of the template to take among those that fit. */
  variant?: string;
  values?: ReplyValues;
}

/** A draft. */
export interface ReplyDraft {
  template: string;
  language: string;
  /** Variables without a value stay as `{order}`. */
  text: string;
  /** Not to be sent before these are known. */
  missing: (keyof ReplyValues)[];
  /** No template for the intent, or none in the language. */
  fallbacks: ("intent" | "language")[];
  /** Ids of all templates that fit as well. */
  variants: string[];
  /** May go without a person. */
  automatic: boolean;
}

/** What is about to go out. */
export interface OutboundReply {
  id?: string;
  text: string;
  /** As an analysis of the reply found it. */
  language?: string;
  /** All personal data in it, as an analysis of the reply found them. */
  pii: { type: string; span: Span }[];
  /** An advertisement or offer, whatever its words. */
  promotional?: boolean;
}

/** What a reply is checked against. Times are ISO 8601 or milliseconds since 1970. */
export interface OutboundContext {
  /** The message it answers. */
  message?: string;
  /** Codes of languages the customer reads; none: any. */
  languages?: string[];
  /** Values that may be told; `@shop.example` stands for all its addresses. */
  allowed?: string[];
  /** Sensitive events. */
  events?: OutboundLasting[];
  /** Pauses that cover the item. */
  pauses?: OutboundLasting[];
  now?: string | number;
}

/** An event or a pause; without `until` it lasts. */
export interface OutboundLasting { id: string; until?: string | number; }

/** Kinds of findings. */
export type OutboundFault =
  | "placeholder" | "wrong_language" | "personal_data" | "tone" | "paused" | "open_question" | "empty";

/** What a check found. */
export interface OutboundFinding {
  kind: OutboundFault;
  because: string;
  /** In the reply; of `open_question`, in the message. */
  spans: Span[];
  /** Of the event or the pause. */
  id: string | null;
}

/** A question of the message. */
export interface OutboundQuestion {
  span: Span;
  /** null where it cannot be told. */
  answered: boolean | null;
}

/** What is known of a reply. */
export interface OutboundCheck {
  id: string | null;
  /** Nothing was found. */
  ready: boolean;
  findings: OutboundFinding[];
  completeness: { questions: OutboundQuestion[]; followUp: boolean };
}

/** How often a template was sent, and how often what was wished for followed. */
export interface ReplyOutcomes { template: string; sent: number; good: number; }

/** The effect of a template. */
export interface ReplyEffect {
  template: string;
  n: number;
  /** Percent; null while not known. */
  share: number | null;
  /** 95 % Wilson interval of it. */
  interval: [number, number] | null;
  verdict: "not_known" | "best" | "worse" | "no_difference";
  method: string;
}

/** One handle the company speaks under; without `source` on all platforms. */
export interface BrandHandle { handle: string; source?: string | null; unit: string; country?: string | null; owner?: string | null; }

/** What a role may do; without `units` in all. */
export interface BrandRoleRights { role: string; actions: (Action | "publish" | "pause")[]; units?: string[]; }

/** Handles and roles of an organisation. */
export interface Governance { handles?: BrandHandle[]; roles?: BrandRoleRights[]; }

/** Whether a role may do something, and why. */
export interface Permission { allowed: boolean; because: string; }
