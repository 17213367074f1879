/** Shows a comment with its personal data marked. */
import type { Part } from "../shared/protocol.ts";
import { el } from "./dom.ts";
import { PII } from "./format.ts";

/** Nodes of the parts, in order. The title says what kind of data a mark covers. */
export function commentNodes(parts: readonly Part[]): Node[] {
  return parts.map((part) =>
    part.pii === undefined ? document.createTextNode(part.text) : el("mark", { class: "pii", title: PII[part.pii] }, part.text),
  );
}
