// With the wasm as base64 in a JavaScript module: for pages with `connect-src 'none'` and for
// bundlers that lose assets. About a third larger than the wasm file.

import base64 from "./inline-wasm.js";
import { decode } from "./base64.js";
import { Engine as Base } from "./index.js";
import type { Host, LoadOptions } from "./load.js";

export * from "./index.js";

// A static import, so that a page loads nothing later; decoded on the first load of an engine.
const host: Host = { wasm: () => decode(base64) };

export class Engine extends Base {
  static override load(options?: LoadOptions): Promise<Engine> {
    return this.start(options, host);
  }
}
