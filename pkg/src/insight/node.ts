// Node: the wasm is read from the package's folder.

import { readFile } from "node:fs/promises";
import { Insight as Base, type InsightOptions } from "./index.js";
import type { Host } from "../load.js";

export * from "./index.js";

const host: Host = { wasm: () => readFile(new URL("../insight.wasm", import.meta.url)), readFile };

export class Insight extends Base {
  static override load(options?: InsightOptions): Promise<Insight> {
    return this.start(options, host);
  }
}
