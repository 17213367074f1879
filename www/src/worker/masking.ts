/** Turns texts into parts for showing: masked, personal data never leaves the worker. */
import type { Engine } from "hearken";
import { MAX_TEXT_BYTES } from "../shared/limits.ts";
import type { Part } from "../shared/protocol.ts";
import type { Place } from "./results.ts";

/** Stands where a text could not be redacted. */
export const WITHHELD = "[withheld: could not be redacted]";

type PiiTypes = Engine["info"]["piiTypes"];

/** Parts of `text` from `from` to `to` (UTF-16). Masked, a value is its label, as `redact` writes it. */
export function partsOf(text: string, places: readonly Place[], types: PiiTypes, masked: boolean, from = 0, to = text.length): Part[] {
  const parts: Part[] = [];
  let at = from;
  for (const place of places) {
    const start = Math.max(place.start, at);
    const end = Math.min(place.end, to);
    if (end <= start) continue;
    if (start > at) parts.push({ text: text.slice(at, start) });
    const type = types[place.type];
    const value = masked ? `[${(type ?? "pii").toUpperCase()}]` : text.slice(start, end);
    parts.push(type === undefined ? { text: value } : { text: value, pii: type });
    at = end;
  }
  if (to > at) parts.push({ text: text.slice(at, to) });
  return parts;
}

/** Masked text of one cell. Remembers what it has seen, because most columns repeat. */
export class CellMasker {
  readonly #engine: Engine;
  readonly #seen = new Map<string, string>();

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  /** The cell without personal data; fails closed: {@link WITHHELD} when the engine refuses it. */
  mask(cell: string): string {
    // Nothing the engine looks for is shorter than "a@b.co".
    if (cell.length < 6) return cell;
    const known = this.#seen.get(cell);
    if (known !== undefined) return known;
    let masked: string;
    try {
      masked = this.#engine.redact(cell, { maxTextBytes: MAX_TEXT_BYTES }).text;
    } catch {
      masked = WITHHELD;
    }
    if (this.#seen.size > 20_000) this.#seen.clear();
    if (cell.length < 200) this.#seen.set(cell, masked);
    return masked;
  }
}
