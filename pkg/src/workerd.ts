// workerd and Workers: the wasm is imported as a module, compiled before the first request.
// Nothing is instantiated in global scope.

import wasm from "./engine.wasm";
import { Engine as Base } from "./index.js";
import type { Host, LoadOptions } from "./load.js";

export * from "./index.js";

const host: Host = { wasm: () => wasm };

export class Engine extends Base {
  static override load(options?: LoadOptions): Promise<Engine> {
    return this.start(options, host);
  }
}
