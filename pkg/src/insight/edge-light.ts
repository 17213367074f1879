// Edge runtimes whose bundler wants wasm modules marked with `?module`.

import wasm from "../insight.wasm?module";
import { Insight as Base, type InsightOptions } from "./index.js";
import type { Host } from "../load.js";

export * from "./index.js";

const host: Host = { wasm: () => wasm };

export class Insight extends Base {
  static override load(options?: InsightOptions): Promise<Insight> {
    return this.start(options, host);
  }
}
