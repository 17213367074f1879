/** What one table may hold. Reaching a limit is refused with a message that names it; nothing is cut in silence. */

/** Characters of text read from one source, after unpacking: 256 Mi. */
export const MAX_CHARS = 256 * 1024 * 1024;
/** Rows of one source. */
export const MAX_ROWS = 1_000_000;
/** Columns of one source. */
export const MAX_COLUMNS = 1_000;
/** Longest text of one comment that redaction reads, in bytes of UTF-8 (the engine's own maximum). */
export const MAX_TEXT_BYTES = 1_048_576;
