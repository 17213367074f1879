// Bytes to text, in pieces, with invalid UTF-8 marked so that the row it belongs to can say so.

import { isUtf8 } from "node:buffer";
import { UsageError } from "./args.js";

/**
 * An invalid byte 0x80..0xFF is written as the lone surrogate U+DC80..U+DCFF (the convention of
 * PEP 383). Valid UTF-8 never decodes to a lone surrogate, so the mark is unambiguous.
 */
const MARK = /[\udc80-\udcff]/;
const PAIR_OR_MARK = /[\ud800-\udbff][\udc00-\udfff]|[\udc80-\udcff]/g;

/** True when `text` holds a byte that was not UTF-8. */
export function hasInvalid(text: string): boolean {
  if (!MARK.test(text)) return false;
  for (const [found] of text.matchAll(PAIR_OR_MARK)) {
    if (found.length === 1) return true;
  }
  return false;
}

/** `text` with U+FFFD in place of the marks. */
export function withoutMarks(text: string): string {
  return text.replace(PAIR_OR_MARK, (found) => (found.length === 1 ? "\ufffd" : found));
}

/** Decodes a stream of bytes. A byte order mark is taken off; UTF-16 with one is understood. */
export async function* decodeStream(source: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let rest: Buffer = Buffer.alloc(0);
  let wide: TextDecoder | undefined;
  let first = true;
  for await (const piece of source) {
    let bytes: Buffer = rest.length > 0 ? Buffer.concat([rest, piece]) : Buffer.from(piece.buffer, piece.byteOffset, piece.length);
    if (first) {
      if (bytes.length < 4) {
        rest = bytes;
        continue;
      }
      first = false;
      wide = wideDecoder(bytes);
      if (!wide) bytes = withoutBom(bytes);
    }
    if (wide) {
      rest = Buffer.alloc(0);
      yield wide.decode(bytes, { stream: true });
      continue;
    }
    const end = completeLength(bytes);
    rest = Buffer.from(bytes.subarray(end));
    if (end > 0) yield decodeMarking(bytes.subarray(0, end));
  }
  if (wide) yield wide.decode();
  else if (rest.length > 0) yield decodeMarking(first ? withoutBom(rest) : rest);
}

function withoutBom(bytes: Buffer): Buffer {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
}

function wideDecoder(bytes: Buffer): TextDecoder | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le");
  if (bytes[0] === 0xfe && bytes[1] === 0xff) {
    throw new UsageError("the input is UTF-16 big endian; save it as UTF-8");
  }
  return undefined;
}

/** Length without a character that is cut off at the end (at most 3 bytes). */
function completeLength(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back]!;
    if ((byte & 0xc0) === 0x80) continue;
    const needs = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return needs > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}

/** Decodes whole characters; bytes that are none become marks. Lines that are valid keep the fast way. */
export function decodeMarking(bytes: Buffer): string {
  if (isUtf8(bytes)) return bytes.toString("utf8");
  let text = "";
  let start = 0;
  while (start < bytes.length) {
    const found = bytes.indexOf(10, start);
    const end = found < 0 ? bytes.length : found + 1;
    const line = bytes.subarray(start, end);
    text += isUtf8(line) ? line.toString("utf8") : decodeLine(line);
    start = end;
  }
  return text;
}

function decodeLine(bytes: Buffer): string {
  const parts: string[] = [];
  let valid = 0;
  let at = 0;
  while (at < bytes.length) {
    const length = sequenceLength(bytes, at);
    if (length > 0) {
      at += length;
      continue;
    }
    parts.push(bytes.toString("utf8", valid, at), String.fromCharCode(0xdc00 + bytes[at]!));
    at += 1;
    valid = at;
  }
  parts.push(bytes.toString("utf8", valid));
  return parts.join("");
}

/** Bytes of the UTF-8 sequence at `at`; 0 when there is none. */
function sequenceLength(bytes: Buffer, at: number): number {
  const lead = bytes[at]!;
  if (lead < 0x80) return 1;
  const length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  return at + length <= bytes.length && isUtf8(bytes.subarray(at, at + length)) ? length : 0;
}
