// Starts the built worker in the edge runtime, on a free loopback port, by its own start script.

import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";

/** Milliseconds after which a worker that says no address is given up. */
const PATIENCE_MS = 30_000;

/** Runs `start.mjs` of `folder`. Gives the URL and `close`. */
export async function serveWorker(folder) {
  const child = spawn(process.execPath, [join(folder, "start.mjs")], {
    env: { ...process.env, PORT: "0" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = new Promise((resolve) => child.once("close", resolve));
  const close = () => {
    child.kill("SIGTERM");
    return ended;
  };
  const lines = createInterface({ input: child.stdout });
  let timer;
  try {
    const url = await new Promise((resolve, reject) => {
      lines.on("line", (line) => {
        const found = /http:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0];
        if (found) resolve(found);
      });
      child.once("error", reject);
      child.once("close", (code) => reject(new Error(`the worker ended with ${code} before it was ready`)));
      timer = setTimeout(() => reject(new Error(`the worker was not ready after ${PATIENCE_MS / 1000} s`)), PATIENCE_MS);
    });
    return { url: `${url}/`, close };
  } catch (error) {
    await close();
    throw error;
  } finally {
    clearTimeout(timer);
  }
}
