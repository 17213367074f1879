// The body of a request: its type, its bytes within the limit, its lines.

import { MAX_BODY_BYTES } from "./limits.ts";
import { Refusal } from "./respond.ts";

/** Forms of body that are understood. */
export type BodyType = "json" | "ndjson";

const TYPES: ReadonlyMap<string, BodyType> = new Map([
  ["application/json", "json"],
  ["application/x-ndjson", "ndjson"],
]);
const ACCEPTED = [...TYPES.keys()].join(", ");

/**
 * The form that the headers declare.
 *
 * @throws Refusal 415 `E_CONTENT_TYPE` with `field` naming the header
 */
export function bodyType(request: Request): BodyType {
  const [essence = "", ...parameters] = (request.headers.get("content-type") ?? "").split(";").map((part) => part.trim().toLowerCase());
  const type = TYPES.get(essence);
  if (!type) throw unsupported("content-type", `must be one of ${ACCEPTED}`);
  for (const parameter of parameters) {
    const [name, value = ""] = parameter.split("=", 2);
    if (name === "charset" && !/^"?utf-?8"?$/.test(value)) throw unsupported("content-type", "charset must be utf-8");
  }
  const coding = (request.headers.get("content-encoding") ?? "identity").trim().toLowerCase();
  if (coding !== "identity") throw unsupported("content-encoding", "must be absent: compressed bodies are not read");
  return type;
}

function unsupported(field: string, what: string): Refusal {
  return new Refusal(415, "E_CONTENT_TYPE", `header ${field}: ${what}`, { field }, { "accept-post": ACCEPTED });
}

/** Reads a body piece by piece and stops at the limit, whatever the headers say. */
export class Body {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  readonly #limit: number;
  #bytes = 0;

  /** @throws Refusal 413 when the declared length is over the limit; nothing is read then. */
  constructor(request: Request, limit = MAX_BODY_BYTES) {
    this.#limit = limit;
    const declared = Number(request.headers.get("content-length") ?? 0);
    if (declared > limit) throw tooLarge(limit, declared);
    this.#reader = request.body?.getReader();
  }

  /**
   * The next bytes; `undefined` at the end.
   *
   * @throws Refusal 413 `E_BODY_TOO_LARGE` as soon as the limit is passed; 400 `E_BODY` when the
   * sender breaks off
   */
  async read(): Promise<Uint8Array | undefined> {
    if (!this.#reader) return undefined;
    let piece: ReadableStreamReadResult<Uint8Array>;
    try {
      piece = await this.#reader.read();
    } catch {
      throw new Refusal(400, "E_BODY", "the body broke off");
    }
    if (piece.done) return undefined;
    this.#bytes += piece.value.byteLength;
    if (this.#bytes <= this.#limit) return piece.value;
    this.cancel();
    throw tooLarge(this.#limit);
  }

  /** Everything to the end. */
  async all(): Promise<Uint8Array> {
    const pieces: Uint8Array[] = [];
    for (let piece = await this.read(); piece; piece = await this.read()) pieces.push(piece);
    return join(pieces);
  }

  /** The lines without their line feeds, as they arrive; what follows the last feed is a line too. */
  async *lines(): AsyncGenerator<Uint8Array, void, undefined> {
    let open: Uint8Array[] = [];
    for (let piece = await this.read(); piece; piece = await this.read()) {
      let start = 0;
      for (let feed = piece.indexOf(0x0a); feed >= 0; feed = piece.indexOf(0x0a, start)) {
        open.push(piece.subarray(start, feed));
        yield join(open);
        open = [];
        start = feed + 1;
      }
      if (start < piece.length) open.push(piece.subarray(start));
    }
    if (open.length > 0) yield join(open);
  }

  /** Tells the sender that no more will be read. Not waited for: that may last until the sender stops. */
  cancel(): void {
    this.#reader?.cancel().catch(() => undefined);
  }
}

function tooLarge(limit: number, actual?: number): Refusal {
  const message = `the body is over the limit of ${limit} bytes`;
  return new Refusal(413, "E_BODY_TOO_LARGE", message, { limit, ...(actual === undefined ? {} : { actual }) });
}

function join(pieces: readonly Uint8Array[]): Uint8Array {
  if (pieces.length === 1) return pieces[0]!;
  const all = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}
