/** Writes JSON for people: what is short stays on one line, lists of texts are filled. */

/** Longest line, where its values allow it. */
const WIDTH = 110;

/** The value as text with a line break at its end. */
export function writeJson(value: unknown): string {
  return `${write(value, 0, 0)}\n`;
}

/** `indent` is that of the line; `used` what stands before the value on its first line. */
function write(value: unknown, indent: number, used: number): string {
  const flat = line(value);
  if (indent + used + flat.length <= WIDTH || typeof value !== "object" || value === null) return flat;
  const inner = indent + 2;
  const pad = " ".repeat(inner);
  const close = `\n${" ".repeat(indent)}`;
  if (!Array.isArray(value)) {
    const members = Object.entries(value).map(([key, member]) => {
      const name = `${JSON.stringify(key)}: `;
      return `${pad}${name}${write(member, inner, name.length)}`;
    });
    return `{\n${members.join(",\n")}${close}}`;
  }
  if (value.every((item) => typeof item === "string")) return `[\n${fill(value, inner)}${close}]`;
  return `[\n${value.map((item) => pad + write(item, inner, 0)).join(",\n")}${close}]`;
}

/** All on one line. */
function line(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(line).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  const members = Object.entries(value).map(([key, member]) => `${JSON.stringify(key)}: ${line(member)}`);
  return members.length === 0 ? "{}" : `{ ${members.join(", ")} }`;
}

/** Texts side by side, as many as fit a line. */
function fill(texts: readonly string[], indent: number): string {
  const lines: string[] = [];
  let now = "";
  texts.forEach((text, at) => {
    const item = JSON.stringify(text) + (at < texts.length - 1 ? "," : "");
    if (now !== "" && indent + now.length + 1 + item.length > WIDTH) {
      lines.push(now);
      now = item;
    } else now = now === "" ? item : `${now} ${item}`;
  });
  return [...lines, now].map((one) => " ".repeat(indent) + one).join("\n");
}
