// Data use: where data comes from, what for, where it goes; checked at the moment of use, and counted.

import { HearkenError, wrongField } from "./errors.js";
import { Gathered, type GatheredNames } from "./gathered.js";
import type { RawDataUse } from "./glue.js";
import type { Instance } from "./instance.js";
import { jsonText, type Redactor } from "./redactor.js";
import type { DataInventory, DataUseCall, FormFinding, LedgerReport, UseDecision } from "./types.js";

/** A record as it may be used. */
export interface UsedRecord<T> {
  /** Without the fields that were refused; those to redact hold no personal data. */
  record: Partial<T>;
  decisions: UseDecision[];
}

const NAMES: GatheredNames = {
  freed: "the data use was freed; make a new one",
  lost: "the ledger was lost with its wasm instance; make a new one",
};

/**
 * An inventory of fields with the ledger of what was decided by it. Belongs to the engine that made it.
 *
 * When that engine's instance traps, the ledger is gone and every later call fails with `E_TRAP`.
 */
export class DataUse extends Gathered<RawDataUse> {
  /** The id of the inventory, as in its JSON. */
  readonly id: string;

  /** @internal Made by `Engine.dataUse`. */
  constructor(instance: Instance, source: DataInventory | string) {
    const json = typeof source === "string" ? source : jsonText("source", source);
    super(instance, NAMES, (engine) => engine.dataUse(json));
    this.id = this.use((raw) => raw.id);
  }

  /** What to do with each field in a use; counted in the ledger. @throws HearkenError `E_FIELD` naming the field. */
  check(fields: readonly string[], usage: DataUseCall): UseDecision[] {
    if (!Array.isArray(fields) || !fields.every((field) => typeof field === "string")) throw wrongField("fields", "a list of names", fields);
    return this.use((raw) => raw.check([...(fields as string[])], usage));
  }

  /**
   * The record as the use may have it: refused fields are left out, those to redact go through `redactor`, and both
   * are counted in the ledger. Fails closed: an error gives no record.
   *
   * @throws HearkenError as `check` and `Redactor.redactRecord`.
   */
  apply<T extends object>(record: T, usage: DataUseCall, redactor: Redactor): UsedRecord<T> {
    if (typeof record !== "object" || record === null || Array.isArray(record)) throw wrongField("record", "an object", record);
    const decisions = this.check(Object.keys(record), usage);
    const used: Record<string, unknown> = {};
    for (const { field, verdict } of decisions) {
      const value = (record as Record<string, unknown>)[field];
      if (verdict === "refuse" || value === undefined) continue;
      if (verdict !== "redact") {
        used[field] = value;
        continue;
      }
      const { record: redacted, counts } = redactor.redactRecord({ [field]: value });
      Object.assign(used, redacted);
      this.use((raw) => raw.removed(usage, counts));
    }
    return { record: used as Partial<T>, decisions };
  }

  /** Which fields of a form have a reason to be asked for. @throws HearkenError `E_FIELD` naming the field. */
  checkForm(fields: readonly (string | { name: string; required?: boolean })[], purpose: string): FormFinding[] {
    if (typeof purpose !== "string") throw wrongField("purpose", "a string", purpose);
    if (!Array.isArray(fields)) throw wrongField("fields", "a list", fields);
    return this.use((raw) => raw.form([...fields] as object[], purpose));
  }

  /** Everything counted so far: no values, and no names that the inventory does not list. */
  ledger(): LedgerReport {
    return this.use((raw) => raw.ledger());
  }

  /** Adds what another ledger counted; `other` stays as it is. */
  merge(other: DataUse): this {
    if (!(other instanceof DataUse)) throw wrongField("other", "a DataUse", other);
    if (other === this || other.instance !== this.instance) {
      throw new HearkenError("E_FIELD", "field other: must be another ledger of the same engine", { field: "other" });
    }
    this.use((raw) => other.use((from) => raw.merge(from)));
    return this;
  }
}
