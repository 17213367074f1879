/** Shows a comment with its personal data marked, and the places that pushed a label. */
import { PII } from "../shared/labels.ts";
import type { Part, Push } from "../shared/protocol.ts";
import { el } from "./dom.ts";

/** Shares of the strongest push from which a place is marked, weakest first; weaker ones are only in the sum. */
const LEVELS = [0.1, 0.3, 0.6];
const WORDS = ["weakly", "clearly", "strongly"];

/** A place that is marked: `level` 1 to 3. */
export interface Marked extends Push {
  level: number;
}

/** Nodes of the parts, in order. The title says what kind of data a mark covers. */
export function commentNodes(parts: readonly Part[]): Node[] {
  return parts.map(({ text, pii, hit }) => {
    if (pii !== undefined) return el("mark", { class: hit ? "pii hit" : "pii", title: PII[pii] }, text);
    return hit ? el("mark", { class: "hit" }, text) : document.createTextNode(text);
  });
}

/** The places strong enough to be marked. */
export function markedOf(pushes: readonly Push[]): Marked[] {
  const most = pushes.reduce((max, push) => Math.max(max, Math.abs(push.weight)), 0);
  return pushes
    .map((push) => ({ ...push, level: LEVELS.filter((least) => Math.abs(push.weight) >= most * least).length }))
    .filter(({ level, weight }) => level > 0 && weight !== 0);
}

/** Nodes of the parts with marks over `marked`, which rise and do not overlap. */
export function evidenceNodes(parts: readonly Part[], marked: readonly Marked[]): Node[] {
  const nodes: Node[] = [];
  let next = 0;
  let from = 0;
  for (const part of parts) {
    const to = from + part.text.length;
    const inside: (Node | string)[] = [];
    let at = from;
    while (at < to) {
      while ((marked[next]?.end ?? Infinity) <= at) next++;
      const push = marked[next];
      const start = Math.max(at, Math.min(push?.start ?? to, to));
      if (start > at) inside.push(part.text.slice(at - from, start - from));
      if (push === undefined || start >= to) break;
      const end = Math.min(push.end, to);
      inside.push(mark(push, part.text.slice(start - from, end - from), end === push.end));
      at = end;
    }
    if (part.pii === undefined) nodes.push(...inside.map((node) => (typeof node === "string" ? document.createTextNode(node) : node)));
    else nodes.push(el("mark", { class: "pii", title: PII[part.pii] }, inside));
    from = to;
  }
  return nodes;
}

/** Strength is thickness and ground, direction is the kind of line and colour; in words for those who do not see it. */
function mark(push: Marked, text: string, isEnd: boolean): HTMLElement {
  const way = push.weight > 0 ? "for" : "against";
  const said = `${WORDS[push.level - 1] ?? ""} ${way}`;
  return el("mark", { class: `push ${way} level-${push.level}`, title: said }, text, isEnd && el("span", { class: "hidden" }, ` (${said})`));
}
