// JSON from outside: UTF-8, nesting and syntax, each refused with its position and without its text.
//
// The messages of `JSON.parse` quote the text and often lack the position, so none of them is used:
// where parsing fails, `locate` reads again to find the place. Grammar: RFC 8259.

import { MAX_JSON_DEPTH } from "./limits.ts";
import { Refusal } from "./respond.ts";

/**
 * The value of JSON text in UTF-8. A byte order mark at the start is skipped. `O(bytes)`.
 *
 * @param firstLine number of the first line within the body
 * @throws Refusal 400 `E_JSON` with line and column; `E_JSON_DEPTH` with them and the limit
 */
export function parseJson(bytes: Uint8Array, firstLine = 1): unknown {
  const text = decode(bytes, firstLine);
  const deep = tooDeep(text);
  if (deep >= 0) {
    const message = `JSON is nested deeper than ${MAX_JSON_DEPTH} levels`;
    throw new Refusal(400, "E_JSON_DEPTH", message, { limit: MAX_JSON_DEPTH, ...position(text, deep, firstLine) });
  }
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw broken("is not valid JSON", text, locate(text), firstLine);
  }
}

function broken(what: string, text: string, at: number, firstLine: number): Refusal {
  const { line, column } = position(text, at, firstLine);
  return new Refusal(400, "E_JSON", `the body ${what} at line ${line}, column ${column}`, { line, column });
}

function decode(bytes: Uint8Array, firstLine: number): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    // Encoding the lossy text again gives the same bytes up to the first wrong one.
    const lossy = new TextDecoder().decode(bytes);
    const mark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
    const again = new TextEncoder().encode(lossy);
    const wrong = again.findIndex((byte, at) => byte !== bytes[at + mark]);
    const before = new TextDecoder().decode(again.subarray(0, Math.max(wrong, 0)));
    throw broken("is not UTF-8", before, before.length, firstLine);
  }
}

/** Line and column of the code unit at `at`; lines end with a line feed. */
function position(text: string, at: number, firstLine: number): { line: number; column: number } {
  let line = firstLine;
  let start = 0;
  for (let feed = text.indexOf("\n"); feed >= 0 && feed < at; feed = text.indexOf("\n", start)) {
    line += 1;
    start = feed + 1;
  }
  return { line, column: at - start + 1 };
}

/** Where the nesting passes the limit, or -1. Brackets inside strings do not count. */
function tooDeep(text: string): number {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === QUOTE) at = stringEnd(text, at);
    else if (unit === 0x5b || unit === 0x7b) {
      depth += 1;
      if (depth > MAX_JSON_DEPTH) return at;
    } else if (unit === 0x5d || unit === 0x7d) depth -= 1;
  }
  return -1;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** Place of the quote that ends the string starting at `start`; the length where none does. */
function stringEnd(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text.charCodeAt(at) !== QUOTE) at += text.charCodeAt(at) === BACKSLASH ? 2 : 1;
  return Math.min(at, text.length);
}

/** The first place where `text`, which is not valid JSON, stops being so; its length where it ends too early. */
export function locate(text: string): number {
  try {
    return space(text, value(text, space(text, 0)));
  } catch (wrong) {
    if (wrong instanceof Wrong) return Math.min(wrong.at, text.length);
    throw wrong;
  }
}

/** Thrown inside this file only. */
class Wrong {
  readonly at: number;
  constructor(at: number) {
    this.at = at;
  }
}

// Each function takes the place where its part begins and gives the place after it. The nesting was
// checked before, so the recursion is bounded.

function value(text: string, at: number): number {
  switch (text[at]) {
    case "{":
      return members(text, at + 1, "}", (from) => {
        const colon = space(text, string(text, from));
        return value(text, space(text, expect(text, colon, ":")));
      });
    case "[":
      return members(text, at + 1, "]", (from) => value(text, from));
    case '"':
      return string(text, at);
    case "t":
      return expect(text, at, "true");
    case "f":
      return expect(text, at, "false");
    case "n":
      return expect(text, at, "null");
    default:
      return number(text, at);
  }
}

function members(text: string, at: number, close: string, member: (at: number) => number): number {
  at = space(text, at);
  if (text[at] === close) return at + 1;
  for (;;) {
    at = space(text, member(at));
    if (text[at] === close) return at + 1;
    at = space(text, expect(text, at, ","));
  }
}

function string(text: string, at: number): number {
  at = expect(text, at, '"');
  for (;;) {
    const unit = text.charCodeAt(at);
    if (unit === QUOTE) return at + 1;
    // NaN, past the end, is not above it either.
    if (!(unit >= 0x20)) throw new Wrong(at);
    at += 1;
    if (unit !== BACKSLASH) continue;
    const escape = text[at] ?? "";
    if (escape === "u") {
      for (let digit = 1; digit <= 4; digit++) if (!/[0-9a-fA-F]/.test(text[at + digit] ?? "")) throw new Wrong(at + digit);
      at += 5;
    } else if (escape !== "" && '"\\/bfnrt'.includes(escape)) at += 1;
    else throw new Wrong(at);
  }
}

function number(text: string, at: number): number {
  if (text[at] === "-") at += 1;
  if (text[at] === "0") at += 1;
  else at = digits(text, at);
  if (text[at] === ".") at = digits(text, at + 1);
  if (text[at] === "e" || text[at] === "E") {
    at += 1;
    if (text[at] === "+" || text[at] === "-") at += 1;
    at = digits(text, at);
  }
  return at;
}

function digits(text: string, at: number): number {
  const start = at;
  while (/[0-9]/.test(text[at] ?? "")) at += 1;
  if (at === start) throw new Wrong(at);
  return at;
}

function expect(text: string, at: number, word: string): number {
  for (let i = 0; i < word.length; i++) if (text[at + i] !== word[i]) throw new Wrong(at + i);
  return at + word.length;
}

function space(text: string, at: number): number {
  while (text[at] === " " || text[at] === "\n" || text[at] === "\r" || text[at] === "\t") at += 1;
  return at;
}
