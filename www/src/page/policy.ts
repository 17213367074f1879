/** Where a policy is written: its text, what is wrong and where while typing, and whom it would treat differently. */
import type { PolicyOutcome } from "hearken";
import type { EffectLine, LineFinding, PolicyCheck, PolicyEffect } from "../shared/deciding.ts";
import { ACTION } from "../shared/labels.ts";
import { POLICIES, type PolicyName } from "../shared/policies.ts";
import type { Progress } from "../shared/protocol.ts";
import { TAXONOMIES, type TaxonomyName } from "../shared/taxonomies.ts";
import { commentNodes } from "./comment.ts";
import { announce, el } from "./dom.ts";
import { Editor } from "./editor.ts";
import { download } from "./export.ts";
import { findingLine } from "./findings.ts";
import { count, counted, duration, plainWords, slugName } from "./format.ts";
import { OWN, readPolicyFile, type PolicyState } from "./policy-state.ts";

/** Pauses in typing after which the policy is read, and compared over the comments, in milliseconds. */
const PAUSE_MS = 300;
const EFFECT_MS = 900;

const CHANGED: Readonly<Record<string, string>> = { action: "action", queue: "queue", priority: "priority", respondWithinMinutes: "deadline", mode: "who decides" };

/** What the view asks for. */
export interface PolicyActions {
  state: PolicyState;
  source: (name: PolicyName) => Promise<string>;
  check: (json: string, topics: TaxonomyName | null) => Promise<PolicyCheck>;
  /** `null` where no comments are loaded. */
  effect: ((json: string, topics: TaxonomyName | null, progress: (progress: Progress) => void) => Promise<PolicyEffect>) | null;
  /** Opens a row with everything known about it. */
  open: (row: number) => void;
}

/** The editor, and a way to bring it up to date. */
export interface PolicyEditor {
  element: HTMLElement;
  /** Call when it is shown: it compares again if another policy is in use. */
  shown: () => void;
}

/** The editor with all around it. It begins with the policy in use. */
export function policyEditor({ state, source, check, effect, open }: PolicyActions): PolicyEditor {
  const editor = new Editor("policy-json", "policy-json-title", () => later());
  const valid = el("span", { class: "sign", id: "policy-valid" });
  const status = el("p", { id: "policy-status", role: "status" });
  const findings = el("ul", { class: "topics-lines", id: "policy-lines" });
  const problem = el("p", { class: "alert", role: "alert", hidden: true });
  const effectText = el("p", { id: "policy-effect", role: "status" }, effect === null ? "Open a file of comments, and whom this policy would treat differently shows here." : "");
  const comparing = el("progress", { id: "policy-comparing", max: "1", value: "0", "aria-label": "Comparing", hidden: true });
  const effectLines = el("ul", { class: "policy-effects", id: "policy-effects" });
  const topics = el("select", { id: "policy-topics", on: { change: () => void read() } },
    el("option", { value: "" }, effect === null ? "The topics in use" : "Those of the comments"), TAXONOMIES.map(([value, name]) => el("option", { value }, name)));
  const use = el("button", { type: "button", class: "button primary", id: "policy-use", disabled: true, on: { click: () => void take() } }, "Use this policy");
  let timer: ReturnType<typeof setTimeout> | undefined;
  let effectTimer: ReturnType<typeof setTimeout> | undefined;
  let latest = 0;
  let comparisons = 0;
  let stem = "policy";
  /** Which policy was in use when it was last compared. */
  let comparedFor = -1;

  const topicsNow = (): TaxonomyName | null => (topics.value === "" ? null : (topics.value as TaxonomyName));
  const later = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void read(), PAUSE_MS);
  };

  const read = async (): Promise<void> => {
    clearTimeout(timer);
    clearTimeout(effectTimer);
    const own = ++latest;
    comparisons += 1;
    try {
      const result = await check(editor.text, topicsNow());
      if (own !== latest) return;
      show(result);
      if (result.usable && effect !== null) effectTimer = setTimeout(() => void compare(), EFFECT_MS);
    } catch (error) {
      if (own === latest) tell(error);
    }
  };

  const show = (result: PolicyCheck): void => {
    const { usable, id, version, rules, lines, counts } = result;
    problem.hidden = true;
    use.disabled = !usable;
    stem = id || stem;
    valid.className = `sign ${usable ? "good" : "bad"}`;
    valid.textContent = usable ? "Valid" : "Not valid";
    const said = ([["error", counts.error], ["warning", counts.warning], ["note", counts.note]] as const).filter(([, n]) => n > 0).map(([name, n]) => counted(n, name));
    status.textContent = usable ? `${id} ${version}: ${counted(rules, "rule")}. ${said.length === 0 ? "Nothing to look at." : `${said.join(", ")}.`}` : "It cannot be used as it stands.";
    findings.replaceChildren(...lines.map((line: LineFinding) => findingLine(line, () => editor.go(line.place))));
    if (!usable && effect !== null) {
      effectText.textContent = "Shown again once the policy is valid.";
      comparing.hidden = true;
      effectLines.replaceChildren();
    }
  };

  const compare = async (): Promise<void> => {
    if (effect === null) return;
    const own = ++comparisons;
    comparedFor = state.version;
    effectText.textContent = "Comparing with the policy in use…";
    [comparing.hidden, comparing.value] = [false, 0];
    try {
      const found = await effect(editor.text, topicsNow(), ({ done, total }) => {
        if (own === comparisons && total > 0) comparing.value = done / total;
      });
      if (own !== comparisons) return;
      const { different, rows, before } = found;
      effectText.textContent = different === 0
        ? `None of ${counted(rows, "comment")} would be treated differently than by ${before.id} ${before.version}, the policy in use.`
        : `${count(different)} of ${counted(rows, "comment")} would be treated differently than by ${before.id} ${before.version}, the policy in use.`;
      effectLines.replaceChildren(...found.lines.map((line) => effectLine(line, open)),
        ...(different > found.lines.length ? [el("li", { class: "quiet" }, `and ${count(different - found.lines.length)} more`)] : []));
    } catch {
      // Replaced by a newer comparison, or the policy is being changed.
      if (own === comparisons) effectText.textContent = "The comparison was stopped.";
    } finally {
      if (own === comparisons) comparing.hidden = true;
    }
  };

  const shown = (): void => {
    fill();
    if (effect !== null && comparedFor !== state.version && !use.disabled) void compare();
  };

  const tell = (error: unknown): void => {
    problem.textContent = error instanceof Error ? error.message : "It could not be read.";
    problem.hidden = false;
  };

  const put = (json: string, named: TaxonomyName | null): void => {
    editor.text = json;
    topics.value = named ?? "";
    void read();
  };

  const take = async (): Promise<void> => {
    try {
      const { id, version } = await state.take({ json: editor.text, topics: topicsNow() });
      fill();
      status.textContent = `In use from now on: ${id} ${version}.`;
      announce(status.textContent);
      shown();
    } catch (error) {
      tell(error);
    }
  };

  const begin = el("select", { id: "policy-begin", on: { change: () => choose() } });
  const fill = (): void => {
    const before = begin.value || state.chosen;
    begin.replaceChildren(...state.choices.map(([value, name]) => el("option", { value }, name)));
    begin.value = before;
  };
  const choose = (): void => {
    const { value } = begin;
    if (value === OWN) put(state.own?.json ?? "", state.own?.topics ?? null);
    else source(value as PolicyName).then((json) => put(json, value === POLICIES[0]![0] ? null : (value as TaxonomyName)), tell);
  };
  const file = el("input", {
    type: "file", id: "policy-file", class: "hidden", accept: ".json,application/json",
    on: {
      change: () => {
        const chosen = file.files?.[0];
        if (chosen !== undefined) readPolicyFile(chosen).then((json) => put(json, topicsNow()), tell);
        file.value = "";
      },
    },
  });
  fill();
  choose();
  const element = el("div", { class: "policy" },
    el("div", { class: "fields topics-bar" },
      el("div", { class: "field" }, el("label", { for: "policy-begin" }, "Begin with"), begin),
      el("div", { class: "field" }, el("label", { for: "policy-topics" }, "Topics its rules may name"), topics)),
    el("div", { class: "actions" }, file, el("label", { for: "policy-file", class: "button" }, "Open a file"), use,
      el("button", { type: "button", class: "button", id: "policy-save", on: { click: () => download(new Blob([editor.text], { type: "application/json" }), `${stem}.json`) } }, "Save as a file")),
    problem,
    el("div", { class: "topics-pair" },
      el("div", { class: "card topics-write" }, el("div", { class: "title" }, el("h2", { id: "policy-json-title" }, "The policy, as JSON"), valid), editor.element),
      el("div", { class: "topics-side" },
        el("section", { class: "card", "aria-labelledby": "policy-lines-title" }, el("h2", { id: "policy-lines-title" }, "What to look at"), status, findings),
        el("section", { class: "card", "aria-labelledby": "policy-effect-title" }, el("h2", { id: "policy-effect-title" }, "What it would change"), effectText, comparing, effectLines))));
  return { element, shown };
}

function effectLine({ row, parts, before, after, changed, because }: EffectLine, open: (row: number) => void): HTMLElement {
  return el("li", {},
    el("p", { class: "policy-comment" }, commentNodes(parts)),
    el("p", {}, told(before), el("span", { class: "quiet" }, " becomes "), el("strong", {}, told(after))),
    el("p", { class: "quiet" }, `Other ${changed.map((name) => CHANGED[name] ?? name).join(", ")}: rule `, el("code", {}, after.rule), before.rule === after.rule ? " as before" : [" instead of ", el("code", {}, before.rule)],
      because.length > 0 && `, because: ${because.map(plainWords).join("; ")}`, ". ",
      el("button", { type: "button", class: "link", on: { click: () => open(row) } }, `Row ${count(row + 1)}`)));
}

function told({ action, queue, priority, respondWithinMinutes }: PolicyOutcome): string {
  return `${ACTION[action].name}, ${slugName(queue)}, priority ${priority}${respondWithinMinutes === undefined ? "" : `, within ${duration(respondWithinMinutes)}`}`;
}
