/** Test page, never shipped: hands golden rows to a worker like the app's and gives back what differs. */
import workerUrl from "./worker.ts?worker&url";

interface Policy { createScriptURL(url: string): string }
declare const trustedTypes: { createPolicy(name: string, rules: Policy): Policy };

const url = trustedTypes.createPolicy("hearken-worker", { createScriptURL: (given) => given }).createScriptURL(workerUrl);
const worker = new Worker(url, { type: "module" });

(globalThis as { runGolden?: unknown }).runGolden = (rows: unknown): Promise<unknown> =>
  new Promise((resolve) => {
    worker.addEventListener("message", (event: MessageEvent<unknown>) => resolve(event.data), { once: true });
    worker.postMessage(rows);
  });
