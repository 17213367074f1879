/** The page's side of the worker. The worker is made once, so that its script is loaded with the page. */
import workerUrl from "../worker/main.ts?worker&url";
import type { FromWorker, Kind, Progress, Requests, ToWorker } from "../shared/protocol.ts";

/** A request that was refused. `CANCELLED` when it was cancelled or replaced by a newer one. */
export class Refused extends Error {
  readonly code: string;
  /** The place in a search that was not understood, in UTF-16 code units. */
  readonly place: { at: number; end: number } | undefined;
  constructor(code: string, message: string, place?: { at: number; end: number }) {
    super(message);
    this.code = code;
    this.place = place;
  }
}

/** Versions the worker reports once the engine is there. */
export interface Versions {
  engine: string;
  model: string;
}

interface Waiting {
  resolve: (output: never) => void;
  reject: (error: Error) => void;
  progress: ((progress: Progress) => void) | undefined;
}

/** Names the one script that may become a worker, where the browser asks for that (Trusted Types). */
function trusted(url: string): string | URL {
  const factory = (globalThis as { trustedTypes?: { createPolicy(name: string, rules: object): { createScriptURL(url: string): string } } }).trustedTypes;
  if (factory === undefined) return url;
  return factory.createPolicy("hearken-worker", { createScriptURL: (given: string) => given }).createScriptURL(url);
}

/** See the head of this file. */
export class Client {
  /** Resolves when the engine has started. */
  readonly ready: Promise<Versions>;
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #next = 1;

  constructor() {
    this.#worker = new Worker(trusted(workerUrl), { type: "module", name: "hearken" });
    this.ready = new Promise((resolve, reject) => {
      this.#worker.addEventListener("message", (event: MessageEvent<FromWorker>) => {
        const message = event.data;
        if (message.kind === "ready") resolve({ engine: message.engine, model: message.model });
        else if (message.kind === "failed") reject(new Refused("ENGINE", message.message));
        else this.#take(message);
      });
      this.#worker.addEventListener("error", () => {
        reject(new Refused("WORKER", "The worker could not be started."));
        this.#refuseAll(new Refused("WORKER", "The worker stopped, perhaps for lack of memory. Reload the page."));
      });
    });
  }

  /** Sends a request; `progress` hears how far it is. */
  call<K extends Kind>(kind: K, input: Requests[K]["in"], progress?: (progress: Progress) => void): Promise<Requests[K]["out"]> {
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject, progress });
      this.#worker.postMessage({ id, kind, input } as ToWorker);
    });
  }

  /** Stops the reading, analysis or export that runs; its request is refused with `CANCELLED`. */
  cancel(): void {
    this.#worker.postMessage({ kind: "cancel" } satisfies ToWorker);
  }

  #refuseAll(error: Refused): void {
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }

  #take(message: Extract<FromWorker, { id: number }>): void {
    const waiting = this.#waiting.get(message.id);
    if (waiting === undefined) return;
    if (message.kind === "progress") {
      waiting.progress?.(message.progress);
      return;
    }
    this.#waiting.delete(message.id);
    if (message.kind === "done") waiting.resolve(message.output as never);
    else {
      const { code, at, end } = message;
      waiting.reject(new Refused(code, message.message, at === undefined || end === undefined ? undefined : { at, end }));
    }
  }
}
