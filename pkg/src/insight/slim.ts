// Without the wasm: the caller passes it to `load`, as a module, bytes, Response or URL.

import { Insight as Base, type InsightOptions } from "./index.js";

export * from "./index.js";

export class Insight extends Base {
  /** As in `hearken/insight`, but `wasm` must be given. */
  static override load(options: InsightOptions & Required<Pick<InsightOptions, "wasm">>): Promise<Insight> {
    return this.start(options, {});
  }
}
