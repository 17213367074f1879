/** What to answer first: every comment with its decision, the most pressing first. */
import type { Action } from "hearken";
import { NO_DUE, type AsOf, type Decided } from "../shared/deciding.ts";
import { ACTION } from "../shared/labels.ts";
import type { Client } from "./client.ts";
import { AnswerItem } from "./answer-item.ts";
import { AnswerList } from "./answer-list.ts";
import { announce, el } from "./dom.ts";
import { download } from "./export.ts";
import { count, counted, slugName } from "./format.ts";
import { readPolicyFile, type PolicyState } from "./policy-state.ts";

/** What the panel needs from the results. */
export interface AnswerActions {
  client: Client;
  state: PolicyState;
  /** Opens a row with everything known about it. */
  open: (row: number) => void;
  /** Leads to the editor. */
  edit: () => void;
  rows: number;
  /** Begin of the names of files. */
  stem: string;
}

/** The panel, and a way to bring it up to date. */
export interface AnswerPanel {
  element: HTMLElement;
  /** Call when it is shown: it decides again if another policy is in use. */
  shown: () => void;
}

const SHOW = [["open", "Still open"], ["all", "Open and done"], ["done", "Done"]] as const;

/** Makes the panel; deciding begins when it is first shown. */
export function answerPanel({ client, state, open, edit, rows, stem }: AnswerActions): AnswerPanel {
  const done = new Uint8Array(rows);
  let decided: Decided | undefined;
  let decidedFor = -1;
  let runs = 0;
  let finished = 0;
  let asOfWish: AsOf | null = null;
  let reveal = false;

  const policy = el("select", { id: "answer-policy", on: { change: () => void take(async () => state.take(state.wishOf(policy.value))) } });
  const file = el("input", {
    type: "file", id: "answer-policy-file", class: "hidden", accept: ".json,application/json",
    on: {
      change: () => {
        const chosen = file.files?.[0];
        file.value = "";
        if (chosen !== undefined) void take(async () => state.take({ json: await readPolicyFile(chosen), topics: null }));
      },
    },
  });
  const problem = el("p", { class: "alert", id: "answer-problem", role: "alert", hidden: true });
  const asOf = el("select", {
    id: "answer-as-of",
    on: {
      change: () => {
        asOfWish = asOf.value as AsOf;
        void decide();
      },
    },
  }, el("option", { value: "now" }, "Now"), el("option", { value: "newest" }, "The newest comment"));
  const asOfField = el("div", { class: "field" }, el("label", { for: "answer-as-of" }, "Deadlines as of"), asOf);
  const agent = el("input", { type: "text", id: "answer-agent", maxlength: "200", autocomplete: "off", on: { change: () => void item.again() } });
  const action = el("select", { id: "answer-action", on: { change: () => list() } });
  const queue = el("select", { id: "answer-queue", on: { change: () => list() } });
  const which = el("select", { id: "answer-which", on: { change: () => list() } }, SHOW.map(([value, name]) => el("option", { value }, name)));
  const toggle = el("input", {
    type: "checkbox", id: "answer-reveal", role: "switch",
    on: {
      change: () => {
        reveal = toggle.checked;
        announce(reveal ? "Personal data is shown." : "Personal data is masked.");
        view.refresh();
        void item.again();
      },
    },
  });
  const bar = el("progress", { id: "answer-bar", max: "1", value: "0", "aria-label": "Done" });
  const tally = el("p", { id: "answer-tally", class: "quiet", role: "status" });
  const working = el("progress", { id: "answer-working", max: "1", value: "0", "aria-label": "Deciding" });
  const stop = el("button", { type: "button", class: "button small", on: { click: () => client.cancel() } }, "Cancel");
  const again = el("button", { type: "button", class: "button", hidden: true, on: { click: () => void decide() } }, "Decide again");
  const busy = el("div", { class: "answer-busy", hidden: true }, el("p", { class: "quiet" }, "Deciding about every comment…"), working, stop);
  const masked = el("input", { type: "checkbox", id: "answer-masked", checked: true });
  const saved = el("p", { class: "quiet", id: "answer-saved", role: "status" });
  const save = (form: "csv" | "json", name: string): HTMLElement =>
    el("button", { type: "button", class: "button small", id: `answer-${form}`, on: { click: () => void write(form) } }, name);

  const view = new AnswerList({
    texts: (wanted) => client.call("rows", { rows: wanted, reveal }),
    chosen: (row) => void item.show(row),
    enter: () => item.focus(),
    done: (row) => mark(row),
  });
  const item = new AnswerItem({
    load: (row) => client.call("item", { row, reveal, values: agent.value.trim() === "" ? {} : { agent: agent.value.trim() } }),
    draft: (row, variant) => client.call("draft", { row, variant, reveal, values: agent.value.trim() === "" ? {} : { agent: agent.value.trim() } }),
    check: (row, text) => client.call("checkReply", { row, text }),
    isDone: (row) => done[row] === 1,
    done: (row) => mark(row),
    open,
    move: (step) => view.move(step),
    back: () => view.focus(),
  });

  const take = async (work: () => Promise<unknown>): Promise<void> => {
    problem.hidden = true;
    try {
      await work();
      await decide();
    } catch (error) {
      problem.textContent = `This policy cannot be used: ${error instanceof Error ? error.message : "it could not be read"}. The editor shows where.`;
      problem.hidden = false;
    }
    fill();
  };

  const fill = (): void => {
    policy.replaceChildren(...state.choices.map(([value, name]) => el("option", { value }, name)));
    policy.value = state.chosen;
  };

  const decide = async (): Promise<void> => {
    const own = ++runs;
    decidedFor = state.version;
    [busy.hidden, again.hidden] = [false, true];
    working.value = 0;
    try {
      const next = await client.call("decide", { asOf: asOfWish }, ({ done: at, total }) => (working.value = total === 0 ? 0 : at / total));
      if (own !== runs) return;
      decided = next;
      asOfField.hidden = !next.dated;
      asOf.value = next.asOf;
      choices(action, "Any action", next.actions.map((slug) => [slug, ACTION[slug].name]), countsOf(next.action, next.actions.length, next.order));
      choices(queue, "Any queue", next.queues.map((slug) => [slug, slugName(slug)]), countsOf(next.queue, next.queues.length, next.order));
      list();
      announce(`${counted(next.order.length, "comment")} decided about.`);
      busy.hidden = true;
    } catch {
      // Cancelled, or a newer decision has taken its place.
      if (own !== runs) return;
      decidedFor = -1;
      [busy.hidden, again.hidden] = [true, false];
    }
  };

  /** Lists what the filters leave. */
  const list = (): void => {
    if (decided === undefined) return;
    const { order, action: actions, queue: queues } = decided;
    const [wantedAction, wantedQueue] = [decided.actions.indexOf(action.value as Action), decided.queues.indexOf(queue.value)];
    const kept = order.filter((row) =>
      (wantedAction < 0 || actions[row] === wantedAction) && (wantedQueue < 0 || queues[row] === wantedQueue) && (which.value === "all" || (done[row] === 1) === (which.value === "done")));
    view.list(kept, decided, done);
    item.visible(kept.length > 0);
    tell(kept.length);
  };

  const tell = (listed: number): void => {
    const all = decided?.order.length ?? 0;
    bar.value = all === 0 ? 0 : finished / all;
    let [owed, late] = [0, 0];
    for (const row of decided?.order ?? []) {
      const due = done[row] === 1 ? NO_DUE : decided!.due[row]!;
      if (due !== NO_DUE) owed += 1;
      if (due < 0) late += 1;
    }
    if (decided?.dated === false) late = 0;
    tally.textContent = `${count(finished)} of ${count(all)} done. ${count(listed)} listed; ${owed === 1 ? "1 comment waits" : `${count(owed)} comments wait`} for a reply${late > 0 ? `, ${count(late)} late` : ""}.`;
  };

  const mark = (row: number): void => {
    done[row] = done[row] === 1 ? 0 : 1;
    finished += done[row] === 1 ? 1 : -1;
    const said = done[row] === 1 ? "Done" : "Open again";
    if (which.value === "all") {
      view.mark(row);
      tell(view.length);
    } else {
      view.remove(row);
      item.visible(view.length > 0);
      tell(view.length);
    }
    item.marked();
    announce(`${said}. ${tally.textContent ?? ""}`);
  };

  const write = async (form: "csv" | "json"): Promise<void> => {
    saved.textContent = "Writing";
    try {
      const { blob, rows: written } = await client.call("exportDecisions", { rows: view.rows, done, form, masked: masked.checked });
      download(blob, `${stem}-answers.${form}`);
      saved.textContent = `Saved ${counted(written, "row")}${masked.checked ? "" : ", with personal data as it was written"}.`;
    } catch (error) {
      saved.textContent = error instanceof Error ? error.message : "The file could not be written.";
    }
  };

  fill();
  const field = (name: string, input: HTMLElement): HTMLElement => el("div", { class: "field" }, el("label", { for: input.id }, name), input);
  const element = el("section", { class: "answer", "aria-labelledby": "answer-title" },
    el("div", { class: "title" }, el("h2", { id: "answer-title" }, "What to answer first"),
      el("label", { class: "switch" }, toggle, el("span", { class: "track", "aria-hidden": "true" }), "Show personal data")),
    el("p", { class: "quiet" }, "A policy decides about each comment: what to do, who does it, and until when. Suggested replies are never sent from here."),
    el("div", { class: "fields answer-fields" },
      field("Policy", policy), asOfField, field("Action", action), field("Queue", queue), field("Show", which), field("Replies signed by", agent)),
    el("div", { class: "actions" }, file, el("label", { for: "answer-policy-file", class: "button small" }, "Your own policy file"),
      el("button", { type: "button", class: "button small", id: "answer-edit", on: { click: edit } }, "Edit the policy"), again),
    problem, busy,
    el("div", { class: "answer-progress" }, bar, tally),
    el("div", { class: "answer-pair" }, view.element, item.element),
    el("div", { class: "actions answer-save" }, save("csv", "Save the list as CSV"), save("json", "Save the list as JSON"), el("label", { class: "check" }, masked, "Mask personal data"), saved));
  return {
    element,
    shown: () => {
      fill();
      if (decidedFor !== state.version) void decide();
    },
  };
}

/** How many rows have each number. */
function countsOf(column: ArrayLike<number>, numbers: number, rows: Uint32Array): number[] {
  const counts = new Array<number>(numbers).fill(0);
  for (const row of rows) counts[column[row]!]! += 1;
  return counts;
}

/** Fills a choice, the most frequent first; what was chosen stays where it can. */
function choices(select: HTMLSelectElement, any: string, names: readonly (readonly [string, string])[], counts: readonly number[]): void {
  const before = select.value;
  const sorted = names.map(([value, name], at) => ({ value, name, n: counts[at] ?? 0 })).sort((a, b) => b.n - a.n);
  select.replaceChildren(el("option", { value: "" }, any), ...sorted.map(({ value, name, n }) => el("option", { value }, `${name} (${count(n)})`)));
  select.value = sorted.some(({ value }) => value === before) ? before : "";
}
