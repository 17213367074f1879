// Deno: the wasm is read from the package's folder (needs --allow-read there).

import { Insight as Base, type InsightOptions } from "./index.js";
import type { Host } from "../load.js";

declare const Deno: { readFile(path: URL): Promise<Uint8Array<ArrayBuffer>> };

export * from "./index.js";

const host: Host = {
  wasm: () => Deno.readFile(new URL("../insight.wasm", import.meta.url)),
  readFile: (url) => Deno.readFile(url),
};

export class Insight extends Base {
  static override load(options?: InsightOptions): Promise<Insight> {
    return this.start(options, host);
  }
}
