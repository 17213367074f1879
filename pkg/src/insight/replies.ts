// Replies: drafts from templates, the check before they go out, which work, and who may send them.

import type {
  BrandHandle, Governance, OutboundCheck, OutboundContext, OutboundReply, Permission, ReplyDraft, ReplyEffect, ReplyLibrary, ReplyOutcomes,
  ReplyWanted,
} from "../types.js";

/** Asks the wasm by name. */
export type AskReply = (question: string, input: Readonly<Record<string, unknown>>) => unknown;

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
    return this.#ask("reply", { ...wanted, libraries: this.#libraries }) as ReplyDraft | null;
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
