// Node: the wasm is read from the package's folder.

import { readFile } from "node:fs/promises";
import { Engine as Base } from "./index.js";
import type { Host, LoadOptions } from "./load.js";

export * from "./index.js";

const host: Host = { wasm: () => readFile(new URL("./engine.wasm", import.meta.url)), readFile };

export class Engine extends Base {
  static override load(options?: LoadOptions): Promise<Engine> {
    return this.start(options, host);
  }
}
