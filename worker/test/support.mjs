// Starts the worker in the real edge runtime and talks to it as a client does.

import { mkdtemp, readFile, rm } from "node:fs/promises";
import net from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Miniflare, NoOpLog } from "miniflare";
import { bundle } from "../build.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const worker = join(here, "..");

/** A text that must never come back or be written down, with one of each kind of personal data. */
export const CANARY = "CANARY7f3a canary.person@example.com 4111 1111 1111 1111";

/**
 * The worker as built, or with `probe` the test worker around its sources.
 *
 * @param {{ bindings?: Record<string, unknown>, probe?: boolean }} options
 */
export async function start({ bindings = {}, probe = false } = {}) {
  const folder = probe ? await mkdtemp(join(tmpdir(), "hearken-worker-")) : join(worker, "dist");
  if (probe) await bundle(join(here, "probe.ts"), folder);
  const config = JSON.parse(await readFile(join(worker, "wrangler.jsonc"), "utf8"));
  let output = "";
  const keep = (stream) => stream.setEncoding("utf8").on("data", (text) => (output += text));
  const runtime = new Miniflare({
    host: "127.0.0.1",
    port: 0,
    cf: false,
    log: new NoOpLog(),
    handleRuntimeStdio: (stdout, stderr) => void (keep(stdout), keep(stderr)),
    compatibilityDate: config.compatibility_date,
    bindings,
    modulesRoot: folder,
    modules: [
      { type: "ESModule", path: join(folder, "index.js") },
      { type: "CompiledWasm", path: join(folder, "engine.wasm") },
      { type: "CompiledWasm", path: join(folder, "insight.wasm") },
    ],
  });
  const url = await runtime.ready;
  return {
    url,
    /** Everything the runtime wrote to its standard output and error so far. */
    output: () => output,
    fetch: (path, init) => fetch(new URL(path, url), init),
    async post(path, body, type = "application/json") {
      const send = () => fetch(new URL(path, url), { method: "POST", headers: { "content-type": type }, body, duplex: "half" });
      // A large body that is refused unread ends in a reset connection, which may overtake the answer, or the next request.
      const large = (body?.length ?? 0) > 65_536;
      for (let more = large ? 20 : 2; more > 0; more--) {
        try {
          return await send();
        } catch (error) {
          if (!["ECONNRESET", "EPIPE", "UND_ERR_SOCKET"].includes(error.cause?.code)) throw error;
        }
      }
      return send();
    },
    async stop() {
      await runtime.dispose();
      if (probe) await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A response that must be JSON: its status, headers and value. */
export async function read(response) {
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, value: JSON.parse(text) };
}

/** The values of a response in lines. */
export async function readLines(response) {
  const text = await response.text();
  if (text !== "" && !text.endsWith("\n")) throw new Error("the last line is open");
  return text.split("\n").slice(0, -1).map((line) => JSON.parse(line));
}

/** A connection that is written to by hand, for what an HTTP client would not send. */
export function connect(url) {
  const socket = net.connect(Number(url.port), url.hostname);
  let received = "";
  let closed = false;
  socket.setEncoding("utf8").on("data", (text) => (received += text));
  // The worker may hang up while we still write: that is one of the things tested.
  socket.on("error", () => undefined);
  socket.on("close", () => (closed = true));
  return {
    received: () => received,
    closed: () => closed,
    write: (data) => new Promise((done) => socket.write(data, () => done())),
    /** Waits until what was received holds `part`. */
    async until(part, ms = 10_000) {
      const end = Date.now() + ms;
      while (!received.includes(part)) {
        if (Date.now() > end) throw new Error(`no ${JSON.stringify(part)} within ${ms} ms`);
        await pause(5);
      }
      return received;
    },
    close: () => socket.destroy(),
  };
}

/** The head of a POST request by hand. */
export function head(url, path, lines) {
  return [`POST ${path} HTTP/1.1`, `host: ${url.host}`, ...lines, "", ""].join("\r\n");
}

/** Bytes as one chunk of a chunked body. */
export function chunk(data) {
  const bytes = Buffer.from(data);
  return Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from("\r\n")]);
}

/** Sends 16 KiB chunks until `part` is answered; gives the bytes sent. Ends at 4 MiB. */
export async function flood(line, byte, part) {
  let sent = 0;
  for (; sent < 4 * 1024 * 1024 && !line.received().includes(part) && !line.closed(); sent += 16_384) {
    // A pause each time: without it this loop would never get to read.
    await Promise.race([line.write(chunk(byte.repeat(16_384))), pause(100)]);
    await pause(2);
  }
  return sent;
}

/** Waits. */
export function pause(ms) {
  return new Promise((done) => setTimeout(done, ms));
}
