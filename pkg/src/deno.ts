// Deno: the wasm is read from the package's folder (needs --allow-read there).

import { Engine as Base } from "./index.js";
import type { Host, LoadOptions } from "./load.js";

declare const Deno: { readFile(path: URL): Promise<Uint8Array<ArrayBuffer>> };

export * from "./index.js";

const host: Host = {
  wasm: () => Deno.readFile(new URL("./engine.wasm", import.meta.url)),
  readFile: (url) => Deno.readFile(url),
};

export class Engine extends Base {
  static override load(options?: LoadOptions): Promise<Engine> {
    return this.start(options, host);
  }
}
