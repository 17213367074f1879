// Browsers and their bundlers: the wasm is an asset, fetched and compiled on the first load.

import { Insight as Base, type InsightOptions } from "./index.js";
import type { Host } from "../load.js";

export * from "./index.js";

const host: Host = { wasm: () => new URL("../insight.wasm", import.meta.url) };

export class Insight extends Base {
  static override load(options?: InsightOptions): Promise<Insight> {
    return this.start(options, host);
  }
}
