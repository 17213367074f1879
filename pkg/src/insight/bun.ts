// Bun: the wasm is read from the package's folder.

import { Insight as Base, type InsightOptions } from "./index.js";
import type { Host } from "../load.js";

declare const Bun: { file(path: URL): { arrayBuffer(): Promise<ArrayBuffer> } };

export * from "./index.js";

const host: Host = {
  wasm: () => Bun.file(new URL("../insight.wasm", import.meta.url)).arrayBuffer(),
  readFile: (url) => Bun.file(url).arrayBuffer(),
};

export class Insight extends Base {
  static override load(options?: InsightOptions): Promise<Insight> {
    return this.start(options, host);
  }
}
