// Reads a `_headers` file, the format static hosts use for response headers:
// a line with a path pattern (`*` at its end stands for anything), then indented `Name: value` lines.

/** Rules of a `_headers` text, in order. Lines of another form are refused with their number. */
export function parseHeaders(text) {
  const rules = [];
  for (const [at, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === "" || line.startsWith("#")) continue;
    if (line.startsWith("/")) {
      rules.push({ pattern: line.trim(), headers: [] });
      continue;
    }
    const colon = line.indexOf(":");
    const rule = rules.at(-1);
    if (!/^\s/.test(line) || colon < 0 || rule === undefined) throw new Error(`_headers line ${at + 1} is neither a path nor a header`);
    rule.headers.push([line.slice(0, colon).trim(), line.slice(colon + 1).trim()]);
  }
  return rules;
}

/** Headers of one path: those of every rule that fits, later ones over earlier ones. */
export function headersFor(rules, path) {
  const headers = {};
  for (const { pattern, headers: list } of rules) {
    const fits = pattern.endsWith("*") ? path.startsWith(pattern.slice(0, -1)) : path === pattern;
    if (fits) for (const [name, value] of list) headers[name.toLowerCase()] = value;
  }
  return headers;
}
