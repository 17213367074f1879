// From a JSON value to what is answered for it: one message or conversation, an array, or lines.

import type { Answer } from "./answers.ts";
import type { Body } from "./body.ts";
import { parseJson } from "./json.ts";
import { MAX_ID_UNITS, MAX_MESSAGES } from "./limits.ts";
import { describe, logFault, Refusal, wrong } from "./respond.ts";

/** `{id?}` and what `answer` gives for one message or conversation. */
export function answerOne(value: unknown, answer: Answer): object {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw wrong("message", "must be an object");
  const given = value as Record<string, unknown>;
  const id = given["id"];
  if (id !== undefined && id !== null && typeof id !== "string") throw wrong("id", "must be a string");
  if (typeof id === "string" && id.length > MAX_ID_UNITS) throw wrong("id", `must not be longer than ${MAX_ID_UNITS} UTF-16 units`, MAX_ID_UNITS);
  return { ...idOf(value), ...answer(given) };
}

/** As `answerOne`, with the index; an error becomes `{index, id?, error}` and the rest goes on. */
function item(index: number, read: () => unknown, answer: Answer): object {
  let value: unknown;
  try {
    value = read();
    return { index, ...answerOne(value, answer) };
  } catch (error) {
    const { status, body } = describe(error);
    logFault(status, body.code);
    return { index, ...idOf(value), error: body };
  }
}

/** The id of a message where it is one that is given back. */
function idOf(value: unknown): { id?: string } {
  const id: unknown = (value as { id?: unknown } | null | undefined)?.id;
  return typeof id === "string" && id.length <= MAX_ID_UNITS ? { id } : {};
}

/** `{results}` for an array, one item a message in the same order. @throws Refusal 413 for too many. */
export function answerArray(values: readonly unknown[], answer: Answer): object {
  if (values.length > MAX_MESSAGES) throw tooMany(values.length);
  return { results: values.map((value, index) => item(index, () => value, answer)) };
}

/** 413 for more than `limit` of `what`. */
export function tooMany(actual?: number, limit = MAX_MESSAGES, what = "messages"): Refusal {
  const message = `more than ${limit} ${what} in one request`;
  return new Refusal(413, "E_BATCH_TOO_LARGE", message, { limit, ...(actual === undefined ? {} : { actual }) });
}

/**
 * One line out per line in, each as soon as it was read. Blank lines are skipped; `index` counts the
 * messages from 0, the `line` of an error counts all lines from 1.
 *
 * Once the first line is out, the status is out too: a limit that is passed later ends the answer
 * with a line `{error}` that has no index.
 *
 * @throws Refusal when the first line already passes a limit
 */
export async function answerLines(body: Body, answer: Answer): Promise<ReadableStream<Uint8Array>> {
  const encoder = new TextEncoder();
  const items = answered(body, answer);
  let held: IteratorResult<object, void> | undefined = await items.next();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const write = (value: object): void => controller.enqueue(encoder.encode(`${JSON.stringify(value)}\n`));
      try {
        const next = held ?? (await items.next());
        held = undefined;
        if (next.done) controller.close();
        else write(next.value);
      } catch (error) {
        const { status, body: refused } = describe(error);
        logFault(status, refused.code);
        write({ error: refused });
        controller.close();
        body.cancel();
      }
    },
    cancel: () => body.cancel(),
  });
}

async function* answered(body: Body, answer: Answer): AsyncGenerator<object, void, undefined> {
  let index = 0;
  let line = 0;
  for await (const bytes of body.lines()) {
    line += 1;
    if (isBlank(bytes)) continue;
    if (index === MAX_MESSAGES) throw tooMany();
    const at = line;
    yield item(index, () => parseJson(bytes, at), answer);
    index += 1;
  }
}

/** True for a line of nothing but spaces, tabs and carriage returns. */
export function isBlank(line: Uint8Array): boolean {
  return line.every((byte) => byte === 0x20 || byte === 0x09 || byte === 0x0d);
}
