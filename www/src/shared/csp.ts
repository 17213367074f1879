/**
 * The content security policy of the app, said once: the build writes it into the page, and a test
 * holds `public/_headers` to it.
 *
 * `connect-src 'none'` is the promise that nothing leaves the device. It also stops `fetch` of a
 * `.wasm` file, which is why the engine is bundled into the worker as text.
 * `wasm-unsafe-eval` allows compiling WebAssembly and nothing else.
 */
const DIRECTIVES: readonly (readonly [name: string, value: string])[] = [
  ["default-src", "'none'"],
  ["script-src", "'self' 'wasm-unsafe-eval'"],
  ["style-src", "'self'"],
  ["img-src", "'self' data: blob:"],
  ["connect-src", "'none'"],
  ["worker-src", "'self'"],
  ["base-uri", "'none'"],
  ["form-action", "'none'"],
  ["require-trusted-types-for", "'script'"],
  ["trusted-types", "hearken-worker"],
];

const join = (list: typeof DIRECTIVES): string => list.map(([name, value]) => `${name} ${value}`).join("; ");

/** For the `meta` element of the page; browsers ignore `frame-ancestors` there. */
export const META_POLICY: string = join(DIRECTIVES);

/** For the `Content-Security-Policy` header of every file, the worker's script above all. */
export const HEADER_POLICY: string = join([...DIRECTIVES, ["frame-ancestors", "'none'"]]);
