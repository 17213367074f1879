// From a row to what the engine is asked: text, rating, channel, language hint, survey question.

import { kindOf } from "../errors.js";
import type { Channel, Rating, Scale } from "../types.js";
import type { Command } from "./args.js";
import { CHANNELS, valueAt, type Columns } from "./columns.js";
import type { Row, RowError } from "./input.js";

/** A row that can be worked on, or the error it already has. */
export type Item =
  | { row: Row; error: RowError }
  | { row: Row; error?: undefined; text: string | undefined; rating?: Rating; channel?: Channel; lang?: string; question?: string; sentAt?: string | number; keys?: Record<string, string>; customer?: string };

/** Lowest and highest answer of each scale. */
const BOUNDS: Record<Scale, [number, number]> = {
  nps: [0, 10], csat5: [1, 5], csat7: [1, 7], ces7: [1, 7], stars5: [1, 5],
};

/** Makes items of one run and counts the channels it did not know. */
export class ItemMaker {
  /** Rows whose channel was counted as `other` because its name is not known. */
  unknownChannels = 0;
  readonly #command: Command;
  readonly #columns: Columns;
  readonly #question: string | undefined;

  /** `question` is that of rows without one of their own. */
  constructor(command: Command, columns: Columns, question: string | undefined) {
    this.#command = command;
    this.#columns = columns;
    this.#question = question;
  }

  make(row: Row): Item {
    if (row.error) return { row, error: row.error };
    const { text: column, rating: rated, channel, lang } = this.#columns;
    const fail = (field: string, message: string): Item => {
      return { row, error: { code: "E_FIELD", message: `field ${field}: ${message}`, field, line: row.line } };
    };
    const item: Item = { row, text: undefined };
    if (rated) {
      const given = valueAt(row.record, rated.column);
      const rating = readRating(given, rated.scale);
      if (typeof rating === "string") return fail(rated.column, rating);
      if (rating) item.rating = rating;
    }
    const text = valueAt(row.record, column);
    if (typeof text === "string") item.text = text;
    else if (text !== undefined && text !== null) return fail(column, `must be a string, is ${kindOf(text)}`);
    else if (this.#command !== "report" || !item.rating) return fail(column, "is missing");
    if (channel !== undefined) {
      const known = this.#channel(valueAt(row.record, channel));
      if (known) item.channel = known;
    }
    const hint = written(row, lang);
    if (hint !== undefined) item.lang = hint;
    const question = written(row, this.#columns.question) ?? this.#question;
    if (question !== undefined) item.question = question;
    const { date, by, customer } = this.#columns;
    for (const { key, column } of by ?? []) {
      const value = shown(valueAt(row.record, column));
      if (value !== undefined) (item.keys ??= {})[key] = value;
    }
    const who = customer === undefined ? undefined : shown(valueAt(row.record, customer));
    if (who !== undefined) item.customer = who;
    const time = date === undefined ? undefined : valueAt(row.record, date);
    if (typeof time === "number" || (typeof time === "string" && time.trim() !== "")) {
      // In csv a number is text: milliseconds are told by their digits.
      item.sentAt = typeof time === "string" && /^\d{10,}$/.test(time.trim()) ? Number(time) : time;
    }
    return item;
  }

  #channel(value: unknown): Channel | undefined {
    if (typeof value !== "string" || value.trim() === "") return undefined;
    const slug = value.trim().toLowerCase().replace(/[\s-]+/g, "_");
    if ((CHANNELS as readonly string[]).includes(slug)) return slug as Channel;
    this.unknownChannels += 1;
    return "other";
  }
}

/** What a row has written in a column, without surrounding space; nothing where it is blank or no text. */
function written(row: Row, column: string | undefined): string | undefined {
  const value = column === undefined ? undefined : valueAt(row.record, column);
  return typeof value === "string" && value.trim() !== "" ? value.trim() : undefined;
}

/** Most UTF-16 units of a value to count by: 200 bytes in any script. */
const MAX_KEY = 66;

/** A value to count by: text, a number, yes or no. */
function shown(value: unknown): string | undefined {
  if (typeof value !== "string" && typeof value !== "number" && typeof value !== "boolean") return undefined;
  const text = String(value).trim();
  return text === "" ? undefined : text.slice(0, MAX_KEY);
}

/** A rating, nothing for an empty cell, or what is wrong with it. */
function readRating(value: unknown, scale: Scale): Rating | undefined | string {
  if (value === undefined || value === null) return undefined;
  const written = typeof value === "string" ? value.trim() : value;
  if (written === "") return undefined;
  const [low, high] = BOUNDS[scale];
  const number = typeof written === "string" && /^\d+(?:\.0+)?$/.test(written) ? Number(written) : written;
  if (typeof number === "number" && Number.isInteger(number) && number >= low && number <= high) return { scale, value: number };
  return `must be a whole number from ${low} to ${high} on the scale ${scale}`;
}
