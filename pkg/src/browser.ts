// Browsers and their bundlers: the wasm is an asset, fetched and compiled on the first load.

import { Engine as Base } from "./index.js";
import type { Host, LoadOptions } from "./load.js";

export * from "./index.js";

const host: Host = { wasm: () => new URL("./engine.wasm", import.meta.url) };

export class Engine extends Base {
  static override load(options?: LoadOptions): Promise<Engine> {
    return this.start(options, host);
  }
}
