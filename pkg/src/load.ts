// From whatever the caller has (module, bytes, response, URL) to a compiled module.

import { HearkenError, wrongOption } from "./errors.js";
import type { TaxonomySource } from "./types.js";

/** Where a wasm module may come from. A string is a URL. */
export type WasmSource = WebAssembly.Module | BufferSource | Response | URL | string;

/** Options of `Engine.load`. */
export interface LoadOptions {
  /** The engine's wasm. Every entry except `hearken/slim` brings its own. */
  wasm?: WasmSource | PromiseLike<WasmSource>;
  /** A model pack to use in place of the embedded one. The bytes are copied. */
  model?: Uint8Array;
  /** The taxonomy that tells topics, as object or JSON text, in place of the general one. */
  taxonomy?: TaxonomySource | string;
}

/** What a runtime adds: its own copy of the wasm, and reading of `file:` URLs. */
export interface Host {
  wasm?: () => WasmSource | PromiseLike<WasmSource>;
  readFile?: (url: URL) => Promise<BufferSource>;
}

/** Checks that options are an object without unknown names. */
export function checkNames(options: unknown, names: readonly string[]): object {
  if (options === undefined || options === null) return {};
  if (typeof options !== "object" || Array.isArray(options)) throw wrongOption("options", "an object", options);
  for (const name of Object.keys(options)) {
    if (names.includes(name)) continue;
    throw new HearkenError("E_OPTION", `option ${name}: is not known; there are ${names.join(", ")}`, { field: name });
  }
  return options;
}

/** Checks the options of `Engine.load`. */
export function checkLoadOptions(given: unknown): LoadOptions {
  const options = checkNames(given, ["wasm", "model", "taxonomy"]);
  const { model } = options as { model?: unknown };
  if (model !== undefined && !(model instanceof Uint8Array)) throw wrongOption("model", "a Uint8Array", model);
  return options as LoadOptions;
}

/** The module of the default wasm, compiled once per host. A failed attempt is forgotten. */
const compiled = new WeakMap<Host, Promise<WebAssembly.Module>>();

/**
 * Compiles what the caller gave, else what the host brings.
 *
 * @throws HearkenError `E_OPTION` naming `wasm` when there is none or it cannot be read or compiled.
 */
export async function moduleFor(options: Pick<LoadOptions, "wasm">, host: Host): Promise<WebAssembly.Module> {
  if (options.wasm !== undefined) return compile(await options.wasm, host);
  const source = host.wasm;
  if (!source) {
    throw new HearkenError("E_OPTION", "option wasm: must be given where the package brings none (a module, bytes, Response or URL)", { field: "wasm" });
  }
  let module = compiled.get(host);
  if (!module) {
    module = Promise.resolve(source()).then((wasm) => compile(wasm, host));
    compiled.set(host, module);
    module.catch(() => compiled.delete(host));
  }
  return module;
}

async function compile(wasm: WasmSource, host: Host): Promise<WebAssembly.Module> {
  // A plain cast: `Module` has no members in TypeScript, so a type guard would swallow every type.
  if (tag(wasm) === "WebAssembly.Module") return wasm as WebAssembly.Module;
  try {
    if (typeof wasm === "string" || wasm instanceof URL) {
      const url = new URL(wasm, typeof document === "undefined" ? undefined : document.baseURI);
      if (url.protocol === "file:" && host.readFile) return await WebAssembly.compile(await host.readFile(url));
      return await compileResponse(await fetch(url));
    }
    if (typeof Response !== "undefined" && wasm instanceof Response) return await compileResponse(wasm);
    if (ArrayBuffer.isView(wasm) || isBuffer(wasm)) return await WebAssembly.compile(wasm as BufferSource);
  } catch (cause) {
    if (cause instanceof HearkenError) throw cause;
    throw new HearkenError("E_OPTION", "option wasm: cannot be read or compiled", { field: "wasm" }, { cause });
  }
  throw wrongOption("wasm", "a WebAssembly.Module, bytes, a Response or a URL", wasm);
}

/** Compiles while it arrives where the server names the type, else from the bytes. */
async function compileResponse(response: Response): Promise<WebAssembly.Module> {
  if (!response.ok) {
    throw new HearkenError("E_OPTION", `option wasm: the server answered ${response.status}`, { field: "wasm", actual: response.status });
  }
  const type = response.headers.get("content-type") ?? "";
  if (typeof WebAssembly.compileStreaming === "function" && type.startsWith("application/wasm")) {
    return WebAssembly.compileStreaming(response);
  }
  return WebAssembly.compile(await response.arrayBuffer());
}

// By tag and not by instanceof: modules and buffers may come from another realm.
function tag(value: unknown): string {
  return Object.prototype.toString.call(value).slice(8, -1);
}

function isBuffer(value: unknown): boolean {
  return tag(value) === "ArrayBuffer" || tag(value) === "SharedArrayBuffer";
}
