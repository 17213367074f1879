// Modules that build.mjs or the runtime provides.

declare module "*/engine.wasm" {
  const module: WebAssembly.Module;
  export default module;
}
declare module "*/engine.wasm?module" {
  const module: WebAssembly.Module;
  export default module;
}
declare module "*/insight.wasm" {
  const module: WebAssembly.Module;
  export default module;
}
declare module "*/insight.wasm?module" {
  const module: WebAssembly.Module;
  export default module;
}
