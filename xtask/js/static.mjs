// A small server for the files of a folder, on loopback only, with the headers of its `_headers`.

import { createReadStream } from "node:fs";
import { readFile, realpath, stat } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, sep } from "node:path";
import { headersFor, parseHeaders } from "./headers.mjs";

const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".csv": "text/csv; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
  ".woff2": "font/woff2",
};

/** The file of a request path inside `folder`; undefined when there is none or it lies outside. */
async function find(folder, path) {
  const wanted = path.endsWith("/") ? `${path}index.html` : path;
  if (wanted.includes("\0") || wanted === "/_headers") return undefined;
  try {
    const file = await realpath(join(folder, wanted));
    const data = await stat(file);
    return file.startsWith(folder + sep) && data.isFile() ? { file, size: data.size } : undefined;
  } catch {
    return undefined;
  }
}

function pathOf(url) {
  try {
    return decodeURIComponent(new URL(url, "http://localhost").pathname);
  } catch {
    return undefined;
  }
}

/** Serves `folder` on a free port of 127.0.0.1. Gives the URL and `close`. */
export async function serveFolder(folder) {
  const root = await realpath(folder);
  const rules = parseHeaders(await readFile(join(root, "_headers"), "utf8"));

  const server = createServer(async (request, response) => {
    const path = pathOf(request.url ?? "/");
    const headers = headersFor(rules, path ?? "/");
    const plain = (status, text, more = {}) => {
      response.writeHead(status, { ...headers, ...more, "content-type": TYPES[".txt"], "cache-control": "no-store" });
      response.end(request.method === "HEAD" ? undefined : text);
    };
    if (request.method !== "GET" && request.method !== "HEAD") return plain(405, "method not allowed\n", { allow: "GET, HEAD" });
    if (path === undefined) return plain(400, "bad request\n");
    const found = await find(root, path);
    if (found === undefined) return plain(404, "not found\n");
    const type = TYPES[extname(found.file)] ?? "application/octet-stream";
    response.writeHead(200, { "cache-control": "no-cache", ...headers, "content-type": type, "content-length": found.size });
    if (request.method === "HEAD") return response.end();
    createReadStream(found.file).on("error", () => response.destroy()).pipe(response);
  });

  await new Promise((resolve, reject) => server.once("error", reject).listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}/`,
    close: () => new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    }),
  };
}
