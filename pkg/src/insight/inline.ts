// With the wasm as base64 in a JavaScript module: for pages with `connect-src 'none'` and for
// bundlers that lose assets. About a third larger than the wasm file.

import base64 from "../inline-insight.js";
import { decode } from "../base64.js";
import { Insight as Base, type InsightOptions } from "./index.js";
import type { Host } from "../load.js";

export * from "./index.js";

// A static import, so that a page loads nothing later; decoded on the first load.
const host: Host = { wasm: () => decode(base64) };

export class Insight extends Base {
  static override load(options?: InsightOptions): Promise<Insight> {
    return this.start(options, host);
  }
}
