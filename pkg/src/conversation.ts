// Checks and trims the turns of a conversation before they cross into wasm.

import { HearkenError, wrongField } from "./errors.js";
import { clip, MAX_BATCH_BYTES, MAX_TURNS, utf8Length } from "./limits.js";
import type { Conversation, Turn } from "./types.js";

/**
 * The turns as the engine reads them: role and text alone, texts cut to the limit. Other fields of
 * a turn, such as times, stay with the caller.
 *
 * @throws HearkenError `E_FIELD` naming the field, as in `turns[3].text`, with its `index`; for too
 * many turns with `limit` and `actual`. `E_BATCH_TOO_LARGE` when the texts together are too long.
 */
export function checkTurns(turns: unknown, limit: number): Turn[] {
  if (!Array.isArray(turns)) throw wrongField("turns", "an array of turns", turns);
  if (turns.length > MAX_TURNS) {
    const message = `field turns: must hold at most ${MAX_TURNS} turns, holds ${turns.length}`;
    throw new HearkenError("E_FIELD", message, { field: "turns", limit: MAX_TURNS, actual: turns.length });
  }
  // Not `map`, which would leave holes as they are.
  const known = Array.from(turns, (turn: unknown, index) => checkTurn(turn, index, limit));
  const most = known.reduce((sum, { text }) => sum + text.length * 3, 0);
  if (most > MAX_BATCH_BYTES) {
    const actual = known.reduce((sum, { text }) => sum + utf8Length(text), 0);
    if (actual > MAX_BATCH_BYTES) {
      const message = `turns of ${actual} bytes are over the limit of ${MAX_BATCH_BYTES} bytes`;
      throw new HearkenError("E_BATCH_TOO_LARGE", message, { field: "turns", limit: MAX_BATCH_BYTES, actual });
    }
  }
  return known;
}

function checkTurn(turn: unknown, index: number, limit: number): Turn {
  const name = `turns[${index}]`;
  if (typeof turn !== "object" || turn === null || Array.isArray(turn)) throw wrongField(name, "an object", turn, index);
  const { role, text } = turn as Partial<Turn>;
  if (typeof role !== "string") throw wrongField(`${name}.role`, "one of customer, agent, bot", role, index);
  if (typeof text !== "string") throw wrongField(`${name}.text`, "a string", text, index);
  return { role, text: clip(text, limit) };
}

/** Gives the customer's words as the caller has them: the engine saw long turns cut. */
export function withWholeText(conversation: Conversation, turns: readonly Turn[]): Conversation {
  conversation.text = turns.filter(({ role }) => role === "customer").map(({ text }) => text).join("\n");
  return conversation;
}
