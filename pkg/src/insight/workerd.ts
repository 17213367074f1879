// workerd and Workers: the wasm is imported as a module, compiled before the first request.
// Nothing is instantiated in global scope.

import wasm from "../insight.wasm";
import { Insight as Base, type InsightOptions } from "./index.js";
import type { Host } from "../load.js";

export * from "./index.js";

const host: Host = { wasm: () => wasm };

export class Insight extends Base {
  static override load(options?: InsightOptions): Promise<Insight> {
    return this.start(options, host);
  }
}
