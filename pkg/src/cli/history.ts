// The history file of pauses: read whole, checked, written in one step.

import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { HearkenError, type Insight } from "../insight/node.js";
import type { Pause } from "../types.js";
import { UsageError } from "./args.js";

/** The pauses in a history file. A file that is not there is an empty history where `mayLack`. @throws UsageError. */
export async function readHistory(insight: Insight, file: string, mayLack: boolean): Promise<Pause[]> {
  let json: string;
  try {
    json = await readFile(file, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" && mayLack) return [];
    throw new UsageError(`--history ${file} cannot be read (${code ?? "unknown error"})`);
  }
  let pauses: unknown;
  try {
    const value = JSON.parse(json) as { version?: unknown; pauses?: unknown } | null;
    if (value?.version !== undefined && value.version !== 1) throw new UsageError(`--history ${file} is of another version`);
    pauses = value?.pauses;
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`--history ${file} is not valid JSON`);
  }
  if (!Array.isArray(pauses)) throw new UsageError(`--history ${file} holds no list of pauses`);
  return checkHistory(insight, file, pauses as Pause[]);
}

/** The same pauses, where the engine takes them. @throws UsageError naming the place. */
export function checkHistory(insight: Insight, file: string, pauses: Pause[]): Pause[] {
  try {
    insight.care.pauses({ pauses, now: 0 });
    return pauses;
  } catch (error) {
    if (!(error instanceof HearkenError)) throw error;
    throw new UsageError(`--history ${file}: ${error.message} (${error.code})`);
  }
}

/** Writes the history beside the file and puts it in its place: who reads meanwhile sees the one or the other. */
export async function writeHistory(file: string, pauses: readonly Pause[]): Promise<void> {
  const beside = `${file}.${process.pid}.tmp`;
  try {
    await writeFile(beside, `${JSON.stringify({ version: 1, pauses }, null, 2)}\n`);
    await rename(beside, file);
  } catch (error) {
    await rm(beside, { force: true });
    throw new UsageError(`--history ${file} cannot be written (${(error as NodeJS.ErrnoException).code ?? "unknown error"})`);
  }
}
