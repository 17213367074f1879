// The budgets of one request. Those of one text are the engine's own.

/** Longest body, in bytes as sent. A longer one is refused with 413 and not read to its end. */
export const MAX_BODY_BYTES = 256 * 1024;
/** Longest body of the routes that read rollups or messages without words. */
export const MAX_LARGE_BODY_BYTES = 8 * 1024 * 1024;
/** Most messages in one request, as an array or as lines. */
export const MAX_MESSAGES = 1_000;
/** Most records or messages that need no reading in one request. */
export const MAX_RECORDS = 20_000;
/** Most rollups that one request merges. */
export const MAX_ROLLUPS = 100;
/** Refused records that an answer names. */
export const MAX_ERRORS = 100;
/** Deepest nesting of arrays and objects in JSON. */
export const MAX_JSON_DEPTH = 32;
/** Longest `id` that is given back, in UTF-16 code units. */
export const MAX_ID_UNITS = 256;
