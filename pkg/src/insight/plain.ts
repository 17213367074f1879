// Plain values on their way into wasm: nothing but JSON, and not deep enough to run out of stack.

import { HearkenError } from "../errors.js";

/** Deepest nesting that any input has. */
const MAX_DEPTH = 12;

/**
 * The value without `undefined`, functions and the like.
 *
 * @throws HearkenError `E_FIELD` naming `field` when it nests too deep, as what contains itself does.
 */
export function plain(value: unknown, field: string, depth = MAX_DEPTH): unknown {
  if (typeof value !== "object" || value === null) return typeof value === "function" || typeof value === "symbol" ? true : value;
  if (depth === 0) throw new HearkenError("E_FIELD", `field ${field}: nests too deep`, { field });
  if (ArrayBuffer.isView(value)) return value instanceof DataView ? true : Array.from(value as unknown as ArrayLike<number>);
  if (Array.isArray(value)) return value.map((item) => plain(item, field, depth - 1));
  const copy: Record<string, unknown> = {};
  for (const [name, inner] of Object.entries(value)) if (inner !== undefined) copy[name] = plain(inner, field, depth - 1);
  return copy;
}
