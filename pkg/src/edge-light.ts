// Edge runtimes whose bundler wants wasm modules marked with `?module`.

import wasm from "./engine.wasm?module";
import { Engine as Base } from "./index.js";
import type { Host, LoadOptions } from "./load.js";

export * from "./index.js";

const host: Host = { wasm: () => wasm };

export class Engine extends Base {
  static override load(options?: LoadOptions): Promise<Engine> {
    return this.start(options, host);
  }
}
