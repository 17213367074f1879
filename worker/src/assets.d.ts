// A module of the runtime, compiled when the worker is deployed.

declare module "hearken/insight.wasm" {
  const module: WebAssembly.Module;
  export default module;
}
