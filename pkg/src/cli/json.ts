// Where JSON text stops being JSON. `JSON.parse` does not say it in a stable way, and quotes the text.

const LITERALS = ["true", "false", "null"];
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
// The characters of a string up to its end or first fault.
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*/y;

/** Column (from 1, in UTF-16 code units) of the first character that cannot stand where it does. `O(text)`. */
export function jsonErrorColumn(text: string): number {
  let at = 0;
  /** What is open: `{` or `[`. */
  const open: string[] = [];
  let wants: "value" | "key" | "colon" | "next" | "valueOrEnd" | "keyOrEnd" = "value";
  const space = (): void => {
    while (at < text.length && " \t\n\r".includes(text[at]!)) at += 1;
  };
  for (;;) {
    space();
    if (wants === "next" && open.length === 0) return at + 1;
    const c = text[at];
    if (c === undefined) return at + 1;
    switch (wants) {
      case "next":
        if (c === ",") wants = open.at(-1) === "{" ? "key" : "value";
        else if (c === (open.at(-1) === "{" ? "}" : "]")) open.pop();
        else return at + 1;
        at += 1;
        continue;
      case "colon":
        if (c !== ":") return at + 1;
        at += 1;
        wants = "value";
        continue;
      case "key":
      case "keyOrEnd":
        if (c === "}" && wants === "keyOrEnd") {
          open.pop();
          at += 1;
          wants = "next";
          continue;
        }
        if (c !== '"') return at + 1;
        at = afterString(text, at);
        if (at < 0) return -at;
        wants = "colon";
        continue;
      default:
        if (c === "]" && wants === "valueOrEnd") {
          open.pop();
          at += 1;
          wants = "next";
        } else if (c === "{" || c === "[") {
          open.push(c);
          at += 1;
          wants = c === "{" ? "keyOrEnd" : "valueOrEnd";
        } else {
          at = afterScalar(text, at);
          if (at < 0) return -at;
          wants = "next";
        }
    }
  }
}

/** Position after the string at `at`; the negative column of its fault. */
function afterString(text: string, at: number): number {
  STRING.lastIndex = at;
  STRING.test(text);
  const end = STRING.lastIndex;
  return text[end] === '"' ? end + 1 : -(end + 1);
}

function afterScalar(text: string, at: number): number {
  if (text[at] === '"') return afterString(text, at);
  for (const literal of LITERALS) {
    if (text.startsWith(literal, at)) return at + literal.length;
  }
  NUMBER.lastIndex = at;
  return NUMBER.test(text) ? NUMBER.lastIndex : -(at + 1);
}
