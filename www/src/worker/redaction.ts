/** Redacts one text for the page: what is found, and the text without the types that are to go. */
import { type Engine, type PiiType, type RedactMode } from "hearken";
import { MAX_TEXT_BYTES } from "../shared/limits.ts";
import type { Redacted } from "../shared/protocol.ts";
import { partsOf } from "./masking.ts";

/** Throws where the text cannot be redacted as a whole: nothing of it is given then. */
export function redactOne(engine: Engine, text: string, mode: RedactMode, except: readonly PiiType[]): Redacted {
  const types = engine.info.piiTypes;
  const all = engine.redact(text, { maxTextBytes: MAX_TEXT_BYTES });
  const places = all.pii.map(({ type, span }) => ({ start: span[0], end: span[1], type: (types as readonly string[]).indexOf(type) }));
  const found = types.flatMap((type): [PiiType, number][] => (all.counts[type] === undefined ? [] : [[type, all.counts[type]]]));
  // What is found by default and is not to stay; nothing else may come in when a type is switched off.
  const wanted = found.map(([type]) => type).filter((type) => !except.includes(type));
  const after = engine.redact(text, { mode, types: wanted, maxTextBytes: MAX_TEXT_BYTES }).text;
  return { before: partsOf(text, places, types, false), after, found };
}
