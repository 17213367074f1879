// The budgets of src/limits.rs that JavaScript has to know, and cutting of texts to them.

/** Longest text read by default, in bytes of UTF-8. */
export const DEFAULT_TEXT_BYTES = 65_536;
/** The most `maxTextBytes` may ask for. */
export const MAX_TEXT_BYTES = 1_048_576;
/** Most turns of one conversation. */
export const MAX_TURNS = 1_000;
/** Longest survey question read, in UTF-16 code units; the rest of a longer one is left out. */
export const MAX_QUESTION_UNITS = 4_096;
/** Most texts the engine takes in one call; longer batches are split. */
export const MAX_BATCH_TEXTS = 10_000;
/** Most bytes of UTF-8 the engine takes in one call. */
export const MAX_BATCH_BYTES = 16 * 1024 * 1024;
/** How much of a text a classifier of the caller's own reads, in bytes of UTF-8. */
export const MAX_LEARN_TEXT_BYTES = 8 * 1024;

/** The text limit that `options` ask for. A value the engine will refuse counts as the default. */
export function textLimit(options: object | undefined): number {
  const asked = (options as { maxTextBytes?: unknown } | undefined)?.maxTextBytes;
  const valid = typeof asked === "number" && Number.isInteger(asked) && asked >= 1 && asked <= MAX_TEXT_BYTES;
  return valid ? asked : DEFAULT_TEXT_BYTES;
}

/**
 * The beginning of `text` that the engine needs to give the same result as for the whole.
 *
 * A UTF-16 code unit is at least one byte of UTF-8, so `limit + 1` units are over the limit and
 * hold everything within it. A surrogate pair at the cut is kept whole. `O(1)` in most engines.
 */
export function clip(text: string, limit: number): string {
  let end = limit + 1;
  if (text.length <= end) return text;
  const pair = (text.charCodeAt(end - 1) & 0xfc00) === 0xd800 && (text.charCodeAt(end) & 0xfc00) === 0xdc00;
  if (pair) end += 1;
  return text.slice(0, end);
}

/** Bytes of `text` in UTF-8; a lone surrogate counts as U+FFFD (3 bytes), as when it is encoded. `O(units)`. */
export function utf8Length(text: string): number {
  let bytes = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) bytes += 1;
    else if (unit < 0x800) bytes += 2;
    else if (unit >= 0xd800 && unit <= 0xdbff && (text.charCodeAt(i + 1) & 0xfc00) === 0xdc00) {
      bytes += 4;
      i += 1;
    } else bytes += 3;
  }
  return bytes;
}
