// Headers of every response, and the answer to other origins.

/** Settings of the worker, from its bindings. */
export interface Env {
  /** A policy as JSON text (or as a JSON binding). Absent or empty: the default policy of the engine. */
  POLICY?: unknown;
  /** The industry whose policy and taxonomy hold where no other is named. */
  INDUSTRY?: unknown;
  /** When the team works, as JSON text (or as a JSON binding): a calendar of the package. */
  CALENDAR?: unknown;
  /** Pauses of publishing, as JSON text (or as a JSON binding). */
  PAUSES?: unknown;
  /** Reply templates, as JSON text (or as a JSON binding): a list of libraries. */
  REPLIES?: unknown;
  /** How texts are redacted, as JSON text (or as a JSON binding): options of the package's redactor but the key. */
  PRIVACY?: unknown;
  /** The key of keyed pseudonyms in hexadecimal digits; a secret. */
  PRIVACY_KEY?: unknown;
  /** Taxonomies by name, as JSON text (or as a JSON binding), that requests may name beside those of the package. */
  TAXONOMIES?: unknown;
  /** Origins that browsers may call from, separated by commas. Absent or empty: none. */
  ALLOW_ORIGIN?: unknown;
}

/**
 * Answers are data for one caller: never sniffed, stored, framed or run as a page, and the address
 * is not passed on.
 */
const SECURITY: Readonly<Record<string, string>> = {
  "cache-control": "no-store",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};

/** The security headers and `more`, which may not replace them. */
export function headers(more: Readonly<Record<string, string>> = {}): Headers {
  const all = new Headers(more);
  for (const [name, value] of Object.entries(SECURITY)) all.set(name, value);
  return all;
}

/**
 * Adds what a browser needs to read the response from another origin, where `ALLOW_ORIGIN` names
 * that origin. Off by default; `*` is no origin, and credentials are never allowed.
 */
export function addCors(response: Response, request: Request, env: Env): void {
  const allowed = typeof env.ALLOW_ORIGIN === "string" ? env.ALLOW_ORIGIN.split(",").map((origin) => origin.trim()) : [];
  if (!allowed.some((origin) => origin !== "")) return;
  response.headers.append("vary", "Origin");
  const origin = request.headers.get("origin");
  if (origin === null || origin === "null" || !allowed.includes(origin)) return;
  response.headers.set("access-control-allow-origin", origin);
  if (request.method !== "OPTIONS" || !response.ok) return;
  response.headers.set("access-control-allow-methods", response.headers.get("allow") ?? "");
  response.headers.set("access-control-allow-headers", "content-type");
  response.headers.set("access-control-max-age", "600");
}
