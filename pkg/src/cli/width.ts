// Text in columns of a terminal.

/** Scripts and signs that take two columns: UAX #11 wide and full-width ranges, by block, and emoji. */
const WIDE = /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6]|\p{Extended_Pictographic}|[\u{20000}-\u{3fffd}]/u;
const MARK = /[\p{Mn}\p{Me}\u200d\ufe0f]/u;
/** Characters that would move the cursor, change colours or turn the line around. */
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]+/g;

function columns(c: string): number {
  if (MARK.test(c)) return 0;
  return WIDE.test(c) ? 2 : 1;
}

/** `text` in at most `width` columns, an ellipsis where it is cut; control characters become spaces. */
export function clipWidth(text: string, width: number): string {
  const clean = text.slice(0, width * 4).replace(CONTROL, " ");
  let used = 0;
  let kept = "";
  for (const c of clean) {
    used += columns(c);
    if (used > width) return `${trimTo(kept, width - 1)}…`;
    kept += c;
  }
  return kept;
}

function trimTo(text: string, width: number): string {
  let used = 0;
  let kept = "";
  for (const c of text) {
    used += columns(c);
    if (used > width) break;
    kept += c;
  }
  return kept;
}

/** `text` with spaces up to `width` columns. */
export function padWidth(text: string, width: number): string {
  let used = 0;
  for (const c of text) used += columns(c);
  return text + " ".repeat(Math.max(0, width - used));
}
