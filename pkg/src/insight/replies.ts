// Replies: drafts from templates, the check before they go out, which work, and who may send them.

import type { Engine } from "../engine.js";
import { HearkenError } from "../errors.js";
import { MAX_TEXT_BYTES } from "../limits.js";
import type {
  BrandHandle, Decision, Governance, OutboundCheck, OutboundContext, OutboundReply, Permission, ReplyDraft, ReplyEffect, ReplyLibrary, ReplyOutcomes, ReplyValues,
  ReplyWanted,
} from "../types.js";

/** Asks the wasm by name. */
export type AskReply = (question: string, input: Readonly<Record<string, unknown>>) => unknown;

/** `pt` of `pt-BR`. */
function mainPart(language: unknown): string {
  return typeof language === "string" ? language.toLowerCase().split(/[-_]/, 1)[0]! : "";
}

/** Made by `Insight.replies`; holds nothing in wasm. */
export class Replies {
  readonly #ask: AskReply;
  readonly #libraries: readonly ReplyLibrary[];

  /** @internal */
  constructor(ask: AskReply, libraries: readonly ReplyLibrary[]) {
    this.#ask = ask;
    this.#libraries = libraries;
  }

  /** The draft for an action, intent and language; null where the action owes no words or nothing fits. */
  draft(wanted: ReplyWanted): ReplyDraft | null {
    // Others than the language and the English ones cannot be taken, and would have to cross each time.
    const near = [mainPart(wanted?.language), "en"];
    return this.#ask("reply", { ...wanted, libraries: this.#libraries.filter((library) => near.includes(mainPart(library?.language))) }) as ReplyDraft | null;
  }

  /** The draft that a decision calls for, in the language of its message. */
  draftFor({ action, mode, analysis }: Decision, values?: ReplyValues, variant?: string): ReplyDraft | null {
    const { intent, language } = analysis;
    return this.draft({ action, mode, intent: intent.label, language: language.code, ...(values && { values }), ...(variant !== undefined && { variant }) });
  }

  /**
   * As `check`, with language and personal data of the reply as `engine` finds them.
   *
   * @throws HearkenError `E_TEXT_TOO_LARGE` for a reply that is too long to be looked through: it fails closed.
   */
  look(engine: Engine, reply: Omit<OutboundReply, "language" | "pii">, context?: OutboundContext): OutboundCheck {
    const { pii, language, truncated } = engine.analyze(reply?.text, { maxTextBytes: MAX_TEXT_BYTES });
    if (truncated) throw new HearkenError("E_TEXT_TOO_LARGE", `the reply is over ${MAX_TEXT_BYTES} bytes`, { limit: MAX_TEXT_BYTES });
    return this.check({ ...reply, pii, ...(language.reliable && { language: language.code }) }, context);
  }

  /** What speaks against sending a reply. */
  check(reply: OutboundReply, context: OutboundContext = {}): OutboundCheck {
    return this.#ask("checkReply", { reply, context }) as OutboundCheck;
  }

  /** Which templates work; nothing is said of those sent fewer than `minSent` times (30). */
  effects(outcomes: readonly ReplyOutcomes[], minSent?: number): ReplyEffect[] {
    return this.#ask("replyEffects", { outcomes, minSent: minSent ?? null }) as ReplyEffect[];
  }

  /** The entry of the handle a message came in under. */
  owner(governance: Governance, handle: string, source?: string): BrandHandle | null {
    return this.#ask("handleOwner", { governance, handle, source: source ?? null }) as BrandHandle | null;
  }

  /** Whether a role may do an action for a brand unit. */
  permits(governance: Governance, role: string, action: string, unit: string): Permission {
    return this.#ask("permits", { governance, role, action, unit }) as Permission;
  }
}
