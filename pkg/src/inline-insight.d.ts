/** The bytes of insight.wasm in base64. Written by build.mjs. */
declare const base64: string;
export default base64;
