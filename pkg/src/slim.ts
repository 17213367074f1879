// Without the wasm: the caller passes it to `load`, as a module, bytes, Response or URL.

import { Engine as Base } from "./index.js";
import type { LoadOptions } from "./load.js";

export * from "./index.js";

export class Engine extends Base {
  /** As in `hearken`, but `wasm` must be given. */
  static override load(options: LoadOptions & Required<Pick<LoadOptions, "wasm">>): Promise<Engine> {
    return this.start(options, {});
  }
}
