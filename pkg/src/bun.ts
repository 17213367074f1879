// Bun: the wasm is read from the package's folder.

import { Engine as Base } from "./index.js";
import type { Host, LoadOptions } from "./load.js";

declare const Bun: { file(path: URL): { arrayBuffer(): Promise<ArrayBuffer> } };

export * from "./index.js";

const host: Host = {
  wasm: () => Bun.file(new URL("./engine.wasm", import.meta.url)).arrayBuffer(),
  readFile: (url) => Bun.file(url).arrayBuffer(),
};

export class Engine extends Base {
  static override load(options?: LoadOptions): Promise<Engine> {
    return this.start(options, host);
  }
}
