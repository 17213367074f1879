/** Turns texts into parts for showing: masked, personal data never leaves the worker. */
import type { Engine } from "hearken";
import { MAX_TEXT_BYTES } from "../shared/limits.ts";
import type { Part, Push } from "../shared/protocol.ts";
import type { Place } from "./results.ts";

/** Stands where a text could not be redacted. */
export const WITHHELD = "[withheld: could not be redacted]";

type PiiTypes = Engine["info"]["piiTypes"];

/** Parts of `text` from `from` to `to` (UTF-16). Masked, a value is its label, as `redact` writes it. */
export function partsOf(text: string, places: readonly Place[], types: PiiTypes, masked: boolean, from = 0, to = text.length): Part[] {
  const parts: Part[] = [];
  let at = from;
  for (const { start, end, type: index } of apart(places, from, to)) {
    if (start > at) parts.push({ text: text.slice(at, start) });
    const type = types[index];
    const value = masked ? mask(types, index) : text.slice(start, end);
    parts.push(type === undefined ? { text: value } : { text: value, pii: type });
    at = end;
  }
  if (to > at) parts.push({ text: text.slice(at, to) });
  return parts;
}

/**
 * As {@link partsOf}, with the parts under `hits` (rising, without overlap) marked. A hit that touches
 * personal data takes the whole of it, so that it does not tell how the value is made up.
 */
export function partsWithHits(text: string, places: readonly Place[], hits: readonly (readonly [number, number])[], types: PiiTypes, masked: boolean, to: number): Part[] {
  const wide: [number, number][] = [];
  for (let [start, end] of hits) {
    for (const place of places) {
      if (place.start < end && start < place.end) [start, end] = [Math.min(start, place.start), Math.max(end, place.end)];
    }
    const last = wide.at(-1);
    if (last !== undefined && start <= last[1]) last[1] = Math.max(last[1], end);
    else wide.push([start, end]);
  }
  const parts: Part[] = [];
  let at = 0;
  for (const [start, end] of wide) {
    if (start >= to) break;
    parts.push(...partsOf(text, places, types, masked, at, start));
    parts.push(...partsOf(text, places, types, masked, start, Math.min(end, to)).map((part) => ({ ...part, hit: true })));
    at = Math.min(end, to);
  }
  parts.push(...partsOf(text, places, types, masked, at, to));
  return parts;
}

const mask = (types: PiiTypes, index: number): string => `[${(types[index] ?? "pii").toUpperCase()}]`;

/** The places inside a stretch, cut so that none overlaps another. */
function apart(places: readonly Place[], from: number, to: number): Place[] {
  const kept: Place[] = [];
  let at = from;
  for (const place of places) {
    const start = Math.max(place.start, at);
    const end = Math.min(place.end, to);
    if (end <= start) continue;
    kept.push({ start, end, type: place.type });
    at = end;
  }
  return kept;
}

/**
 * Moves pushes from the original text to what {@link partsOf} shows of its first `to` code units. A
 * push that touches a masked value takes the whole label, and pushes that then overlap become one: the
 * sum stays, and nothing tells how the value is made up. `O(places + pushes log pushes)`.
 */
export function toShown(pushes: readonly Push[], places: readonly Place[], types: PiiTypes, masked: boolean, to: number): { shown: Push[]; beyond: Push[] } {
  const labels: { start: number; end: number; from: number; to: number }[] = [];
  let shift = 0;
  for (const { start, end, type } of masked ? apart(places, 0, to) : []) {
    const length = mask(types, type).length;
    labels.push({ start, end, from: start + shift, to: start + shift + length });
    shift += length - (end - start);
  }
  // Both lists rise, so one look forward a push is enough.
  let next = 0;
  const moved: Push[] = [];
  const beyond: Push[] = [];
  const move = (at: number, isEnd: boolean): number => {
    let low = next;
    while (low < labels.length && (labels[low]?.end ?? 0) <= at - (isEnd ? 1 : 0)) low++;
    if (!isEnd) next = low;
    const label = labels[low];
    if (label !== undefined && (isEnd ? label.start < at : label.start <= at)) return isEnd ? label.to : label.from;
    const before = labels[low - 1];
    return before === undefined ? at : before.to + (at - before.end);
  };
  for (const push of [...pushes].sort((a, b) => a.start - b.start)) {
    if (push.start >= to) {
      beyond.push(push);
      continue;
    }
    const start = move(push.start, false);
    const end = move(Math.min(push.end, to), true);
    const last = moved.at(-1);
    if (last !== undefined && start < last.end) {
      last.end = Math.max(last.end, end);
      last.weight += push.weight;
    } else moved.push({ start, end, weight: push.weight });
  }
  return { shown: moved, beyond };
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
