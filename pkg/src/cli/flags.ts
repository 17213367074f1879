// The options of `train` and `apply`, which share few with the other commands.

import { parseArgs } from "node:util";
import { UsageError, unknown } from "./args.js";

/** An option that takes a value, and one that does not. */
export const VALUE = { type: "string" } as const;
export const FLAG = { type: "boolean" } as const;

/** What was given, by option. */
type Values<T> = { [K in keyof T]?: T[K] extends typeof FLAG ? boolean : string } & { help?: boolean };

/** The words of a command, read. @throws UsageError for an option that is not known. */
export function readFlags<T extends Record<string, typeof VALUE | typeof FLAG>>(
  argv: readonly string[],
  options: T,
): { values: Values<T>; positionals: string[] } {
  try {
    const help = { ...FLAG, short: "h" };
    const { values, positionals } = parseArgs({ args: [...argv], options: { ...options, help }, allowPositionals: true });
    return { values: values as Values<T>, positionals };
  } catch (error) {
    throw new UsageError((error as Error).message.split(". ")[0] ?? "the options cannot be read");
  }
}

/** One of the valid values, or nothing. @throws UsageError naming the valid ones. */
export function choiceOf<T extends string>(what: string, value: string | undefined, valid: readonly T[]): T | undefined {
  if (value === undefined || (valid as readonly string[]).includes(value)) return value as T | undefined;
  throw new UsageError(unknown(what, value, valid));
}
