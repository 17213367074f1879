/** Finds the place of a value in JSON text by its path, and adds phrases without touching the rest. The text must be valid JSON. */

/** `[start, end)` in UTF-16 code units. */
export type TextPlace = [start: number, end: number];

/** Where the value at a path such as `topics[3].phrases.en[7]` stands; the nearest value around it when there is none. `O(text)`. */
export function placeOf(text: string, path: string): TextPlace {
  let at = space(text, 0);
  for (const key of path.match(/[^.[\]]+/g) ?? []) {
    const inner = child(text, at, key);
    if (inner === undefined) break;
    at = inner;
  }
  return [at, skip(text, at)];
}

/** Where the value at a path stands; `undefined` when there is none. */
function exactly(text: string, keys: readonly string[]): number | undefined {
  let at: number | undefined = space(text, 0);
  for (const key of keys) if (at !== undefined) at = child(text, at, key);
  return at;
}

/** Line and column of a place, both from 1; columns are UTF-16 code units. */
export function lineColumn(text: string, at: number): { line: number; column: number } {
  let line = 1;
  let from = 0;
  for (let next = text.indexOf("\n"); next >= 0 && next < at; next = text.indexOf("\n", from)) {
    line += 1;
    from = next + 1;
  }
  return { line, column: at - from + 1 };
}

/** The place of a line and a column counted in bytes of UTF-8, both from 1, as the engine tells them. */
export function placeOfLine(text: string, line: number, column: number): number {
  let from = 0;
  for (let n = 1; n < line; n++) {
    const next = text.indexOf("\n", from);
    if (next < 0) return text.length;
    from = next + 1;
  }
  let bytes = 1;
  for (const sign of text.slice(from, from + column)) {
    if (bytes >= column || sign === "\n") break;
    const code = sign.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    from += sign.length;
  }
  return from;
}

/** The text with one more phrase of a topic, and where it stands. The rest keeps its form. `undefined` when the topic is not there. */
export function addPhrase(text: string, topic: number, language: string, phrase: string): { text: string; place: TextPlace } | undefined {
  const own = ["topics", String(topic)];
  const start = exactly(text, own);
  if (start === undefined || text[start] !== "{") return undefined;
  const written = JSON.stringify(phrase);
  const put = (at: number, before: string, after: string): { text: string; place: TextPlace } => {
    const from = at + before.length;
    return { text: text.slice(0, at) + before + written + after + text.slice(at), place: [from, from + written.length] };
  };
  const list = exactly(text, [...own, "phrases", language]);
  if (list !== undefined && text[list] === "[") {
    const close = skip(text, list) - 1;
    const last = lastSign(text, close);
    return text[last] === "[" ? put(last + 1, "", "") : put(last + 1, ", ", "");
  }
  const phrases = exactly(text, [...own, "phrases"]);
  const inside = phrases !== undefined && text[phrases] === "{" ? phrases : undefined;
  const open = inside ?? start;
  const comma = text[space(text, open + 1)] === "}" ? "" : ", ";
  const key = `${JSON.stringify(language)}: [`;
  return inside === undefined ? put(open + 1, `"phrases": {${key}`, `]}${comma}`) : put(open + 1, key, `]${comma}`);
}

/** The last sign before `at` that is no space. */
function lastSign(text: string, at: number): number {
  do at -= 1;
  while (at > 0 && " \n\r\t".includes(text[at] ?? ""));
  return at;
}

function space(text: string, at: number): number {
  while (at < text.length && " \n\r\t".includes(text[at] ?? "")) at += 1;
  return at;
}

/** The end of the string that begins at `at`. */
function string(text: string, at: number): number {
  for (at += 1; at < text.length && text[at] !== '"'; at++) if (text[at] === "\\") at += 1;
  return at + 1;
}

/** The end of the value that begins at `at`. */
function skip(text: string, at: number): number {
  if (text[at] === '"') return string(text, at);
  if (text[at] !== "{" && text[at] !== "[") {
    while (at < text.length && !",]} \n\r\t".includes(text[at] ?? "")) at += 1;
    return at;
  }
  let depth = 0;
  while (at < text.length) {
    const sign = text[at];
    if (sign === '"') {
      at = string(text, at);
      continue;
    }
    at += 1;
    if (sign === "{" || sign === "[") depth += 1;
    else if ((sign === "}" || sign === "]") && --depth === 0) break;
  }
  return at;
}

/** Where the member or item of a value begins. */
function child(text: string, at: number, key: string): number | undefined {
  const open = text[at];
  if (open !== "{" && open !== "[") return undefined;
  at = space(text, at + 1);
  for (let n = 0; at < text.length && text[at] !== "}" && text[at] !== "]"; n++) {
    let name = String(n);
    if (open === "{") {
      const end = string(text, at);
      name = JSON.parse(text.slice(at, end)) as string;
      at = space(text, space(text, end) + 1);
    }
    if (name === key) return at;
    at = space(text, skip(text, at));
    if (text[at] === ",") at = space(text, at + 1);
  }
  return undefined;
}
