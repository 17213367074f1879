// Where results go: standard output or a file, no faster than it takes them.

import { createWriteStream } from "node:fs";
import { realpath } from "node:fs/promises";
import type { Writable } from "node:stream";
import { UsageError } from "./args.js";

/** Writing over the file that is being read would lose it. */
export async function refuseSameFile(file: string, output: string | undefined): Promise<void> {
  if (output === undefined || file === "-") return;
  const [from, to] = await Promise.all([file, output].map((path) => realpath(path).catch(() => undefined)));
  if (from !== undefined && from === to) throw new UsageError("--output is the input file; choose another name");
}

/** Opens the file results go to. @throws UsageError when it cannot be written. */
export async function openOutput(file: string): Promise<Writable> {
  const stream = createWriteStream(file);
  await new Promise<void>((open, fail) => {
    stream.once("open", () => open());
    stream.once("error", (error: NodeJS.ErrnoException) => {
      fail(new UsageError(`--output ${file} cannot be written (${error.code ?? "unknown error"})`));
    });
  });
  return stream;
}

/** Writes and waits until the stream takes more: memory stays constant behind a slow reader. */
export async function write(stream: Writable, text: string): Promise<void> {
  if (text === "" || stream.write(text)) return;
  await new Promise<void>((drained) => stream.once("drain", drained));
}

/** Ends a file and waits until it is on disk; standard output stays open. */
export async function close(out: Writable): Promise<void> {
  if (out === process.stdout) return;
  await new Promise<void>((done, fail) => out.end((error?: Error | null) => (error ? fail(error) : done())));
}
