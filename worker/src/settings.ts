// Settings as JSON: text or a value of a binding, read once for each content.

import { HearkenError } from "hearken";
import { Refusal } from "./respond.ts";

/** The JSON text of a setting; `undefined` where it is absent or empty. */
export function jsonOf(setting: unknown): string | undefined {
  if (setting === undefined || setting === null || setting === "") return undefined;
  return typeof setting === "string" ? setting : JSON.stringify(setting);
}

/** A setting that cannot be used; of what is in it only the place is told. */
export function unusable(name: string, path = ""): Refusal {
  const at = `${name}${path === "" || path.startsWith("[") ? "" : "."}${path}`;
  return new Refusal(500, "E_SETTINGS", `the setting ${name} cannot be used`, { path: at });
}

/** Keeps what was made of a setting until the setting changes. */
export class Setting<T> {
  readonly #name: string;
  #kept: { json: string; made: T } | undefined;

  constructor(name: string) {
    this.#name = name;
  }

  /**
   * What `make` makes of the setting; `undefined` where there is none. `prefix` begins the places of errors of `make`,
   * and is taken off.
   *
   * @throws Refusal 500 `E_SETTINGS` with `path`
   */
  read(setting: unknown, make: (value: unknown) => T, prefix = ""): T | undefined {
    const json = jsonOf(setting);
    if (json === undefined) return undefined;
    if (this.#kept?.json === json) return this.#kept.made;
    try {
      const made = make(JSON.parse(json));
      this.#kept = { json, made };
      return made;
    } catch (error) {
      if (error instanceof Refusal) throw error;
      if (!(error instanceof HearkenError)) throw unusable(this.#name);
      if (error.code === "E_TRAP") throw error;
      const at = error.path ?? error.field ?? "";
      throw unusable(this.#name, at.startsWith(prefix) ? at.slice(prefix.length).replace(/^\./, "") : "");
    }
  }
}
