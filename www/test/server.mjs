// A static server as a host would be: it reads the headers from dist/_headers and counts requests.
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { extname, join, normalize } from "node:path";

const TYPES = { ".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".csv": "text/csv; charset=utf-8" };

/** Reads a `_headers` file: the headers of every path, and those of /assets/. */
export function parseHeaders(text) {
  const rules = new Map();
  let path = "";
  for (const line of text.split("\n")) {
    if (line.trim() === "") continue;
    if (!line.startsWith(" ")) rules.set((path = line.trim()), []);
    else {
      const [name, ...value] = line.trim().split(":");
      rules.get(path).push([name, value.join(":").trim()]);
    }
  }
  return rules;
}

/** Serves `folder` on a free loopback port; `hits` lists what was asked for. */
export async function serve(folder, headersFile = join(folder, "_headers")) {
  const rules = parseHeaders(await readFile(headersFile, "utf8"));
  const hits = [];
  const server = createServer(async (request, response) => {
    const path = new URL(request.url, "http://localhost").pathname;
    hits.push(path);
    for (const [rule, headers] of rules) {
      if (path.startsWith(rule.replace("*", ""))) for (const [name, value] of headers) response.setHeader(name, value);
    }
    try {
      const file = join(folder, normalize(path === "/" ? "/index.html" : path));
      if (!file.startsWith(folder)) throw new Error("outside");
      const body = await readFile(file);
      response.setHeader("content-type", TYPES[extname(file)] ?? "application/octet-stream");
      response.end(body);
    } catch {
      response.statusCode = 404;
      response.end();
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  // A test that fails before it closes its server must not keep the run alive.
  server.unref();
  return {
    url: `http://127.0.0.1:${server.address().port}/`,
    hits,
    close: () => new Promise((resolve) => {
      server.closeAllConnections();
      server.close(resolve);
    }),
  };
}
