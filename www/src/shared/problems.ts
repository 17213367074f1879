/** What can be wrong with one row. Bits of one number per row; the row itself is always kept. */
export const Problem = {
  /** Fewer cells than the header; the missing ones are empty. */
  TooFewCells: 1,
  /** More cells than the header; the further ones are kept. */
  TooManyCells: 2,
  /** A quote was opened and the source ended before it closed. */
  UnclosedQuote: 4,
  /** Text follows a closing quote in the same cell; it is kept. */
  TextAfterQuote: 8,
  /** The line is not a JSON object; it is kept as text and left out of every figure. */
  NotJson: 16,
  /** Holds U+FFFD: bytes that could not be decoded. */
  Undecodable: 32,
  /** The rating is not a whole number of the scale; the comment counts, the rating does not. */
  BadRating: 64,
  /** The engine refused the text; the row has no result. */
  NotAnalysed: 128,
  /** The text was longer than the engine reads; only its beginning was analysed. */
  Truncated: 256,
  /** The text could not be redacted: masked views and exports leave it out. */
  Withheld: 512,
} as const;

/** One bit of {@link Problem}. */
export type ProblemBit = (typeof Problem)[keyof typeof Problem];

/** What each problem means, for people, in the order of the bits. */
export const PROBLEM_TEXTS: readonly (readonly [bit: ProblemBit, text: string])[] = [
  [Problem.TooFewCells, "Fewer cells than the header"],
  [Problem.TooManyCells, "More cells than the header"],
  [Problem.UnclosedQuote, "Quote opened but never closed"],
  [Problem.TextAfterQuote, "Text after a closing quote"],
  [Problem.NotJson, "Not a JSON object: kept, not analysed"],
  [Problem.Undecodable, "Characters that could not be decoded"],
  [Problem.BadRating, "Rating not on the scale"],
  [Problem.NotAnalysed, "Refused by the engine"],
  [Problem.Truncated, "Too long: only the beginning was analysed"],
  [Problem.Withheld, "Could not be redacted: left out while masked"],
];

/** The texts of the bits that are set. */
export function problemTexts(bits: number): string[] {
  return PROBLEM_TEXTS.filter(([bit]) => (bits & bit) !== 0).map(([, text]) => text);
}

/** How many rows have each problem; problems without rows are absent. */
export function countProblems(rows: ArrayLike<number>): [text: string, rows: number][] {
  const counts = PROBLEM_TEXTS.map(() => 0);
  for (let row = 0; row < rows.length; row++) {
    const bits = rows[row] ?? 0;
    if (bits === 0) continue;
    PROBLEM_TEXTS.forEach(([bit], at) => {
      if (bits & bit) counts[at] = (counts[at] ?? 0) + 1;
    });
  }
  return PROBLEM_TEXTS.map(([, text], at): [string, number] => [text, counts[at] ?? 0]).filter(([, n]) => n > 0);
}

/** Problems of rows whose result is missing. */
export const NO_RESULT = Problem.NotJson | Problem.NotAnalysed;
