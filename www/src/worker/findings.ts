/** What is wrong with a JSON text that a person writes, with its place. */
import { lineColumn, placeOf, placeOfLine, type TextPlace } from "../shared/json-place.ts";
import type { LineFinding } from "../shared/deciding.ts";

/** A finding with line and column of where it begins. */
export function lineAt(json: string, severity: LineFinding["severity"], message: string, place: TextPlace): LineFinding {
  return { severity, message, place, ...lineColumn(json, place[0]) };
}

/** Why a text cannot be used: `E_JSON`, or `code` with a path. Engine errors name places and limits. @throws any other error. */
export function refusal(json: string, error: unknown, code: string): LineFinding {
  const { code: own, line = 1, column = 1, path = "", message } = error as { code?: string; line?: number; column?: number; path?: string; message: string };
  if (own === "E_JSON") {
    const at = placeOfLine(json, line, column);
    return lineAt(json, "error", "This is not valid JSON: something is missing or too much here or just before.", [at, at]);
  }
  if (own === code) return lineAt(json, "error", message.replace(/^\w+ refused at /, ""), placeOf(json, path));
  throw error;
}
