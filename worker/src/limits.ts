// The budgets of one request. Those of one text are the engine's own.

/** Longest body, in bytes as sent. A longer one is refused with 413 and not read to its end. */
export const MAX_BODY_BYTES = 256 * 1024;
/** Most messages in one request, as an array or as lines. */
export const MAX_MESSAGES = 1_000;
/** Deepest nesting of arrays and objects in JSON. */
export const MAX_JSON_DEPTH = 32;
/** Longest `id` that is given back, in UTF-16 code units. */
export const MAX_ID_UNITS = 256;
