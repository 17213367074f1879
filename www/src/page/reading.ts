/** What one text says: the text with the evidence marked, every label, and the sum on demand. */
import {
  ACT, CHURN, DISPOSITION, EFFORT, EMOTION, FLAG, HEAD, INTENT, labelName, LINK, PII, SAFETY, SENTIMENT, SENTIMENTS, STAGE, STATE, URGENCY,
  URGENCY_REASON,
} from "../shared/labels.ts";
import type { Answer, Reading, TopicView, Why } from "../shared/protocol.ts";
import { modelCardNote } from "./card.ts";
import { commentNodes, evidenceNodes, markedOf } from "./comment.ts";
import { el, type Child } from "./dom.ts";
import { counted, languageName, share, signed } from "./format.ts";
import { SumView } from "./sum.ts";

/** Makes a button of a label that has evidence, words of one that has none. */
type Chip = (head: Why["head"], label: string, look?: string, text?: string) => HTMLElement;

/** The parts of the view, in order. Labels with evidence are buttons; the first is chosen. */
export function readingSections(reading: Reading): Node[] {
  const { answer, parts, why } = reading;
  const quote = el("blockquote", { class: "quote", tabindex: "0", "aria-label": "Text" }, commentNodes(parts));
  if (answer === null) return [quote];
  const line = el("p", { class: "why-line", role: "status" });
  const sum = new SumView(parts);
  const buttons = new Map<Why, HTMLButtonElement>();
  const choose = (chosen: Why): void => {
    for (const [one, button] of buttons) button.setAttribute("aria-pressed", String(one === chosen));
    const marked = markedOf(chosen.parts);
    quote.replaceChildren(...evidenceNodes(parts, marked));
    line.textContent = summary(chosen, marked.filter(({ weight }) => weight > 0).length, marked.filter(({ weight }) => weight < 0).length);
    sum.show(chosen);
  };
  const chip: Chip = (head, label, look = "", text = labelName(head, label)) => {
    const found = why.find((one) => one.head === head && one.label === label);
    if (found === undefined) return el("span", { class: `chip ${look}` }, text);
    const button = el("button", { type: "button", class: `chip ${look}`, "aria-pressed": "false", "aria-label": `${HEAD[head]}: ${text}`, title: "Show the words behind it", on: { click: () => choose(found) } }, text);
    buttons.set(found, button);
    return button;
  };
  const labels = answers(answer, reading, chip);
  const [first] = why;
  if (first !== undefined) choose(first);
  return [
    el("div", { class: "evidence" }, quote, why.length > 0 && [key(), line]),
    reading.truncated && el("p", { class: "note" }, "Too long: only the beginning was read."),
    el("p", { class: "disposition" }, el("strong", {}, DISPOSITION[answer.disposition].name), " ", DISPOSITION[answer.disposition].meaning),
    el("section", { class: "answers", "aria-label": "Labels" }, why.length > 0 && el("p", { class: "quiet hint" }, "Choose a label to see the words behind it."), labels),
    probabilities(answer.sentiment.probabilities),
    why.length > 0 && sum.element,
    modelCardNote(),
  ].filter((node) => node !== false);
}

/** How the text is marked. */
function key(): HTMLElement {
  return el("p", { class: "key", "aria-hidden": "true" },
    el("span", { class: "push for level-2" }, "solid line"), " speaks for it, ", el("span", { class: "push against level-2" }, "dashed line"), " against it; thicker is stronger");
}

function summary(why: Why, speakFor: number, against: number): string {
  const name = `${HEAD[why.head]} “${labelName(why.head, why.label)}”`;
  if (why.byRule) return `${name}: decided by a listed phrase or the context; the words alone come to ${signed(why.logit, 2)}.`;
  if (speakFor + against === 0) return `${name}: no place in the text moved it.`;
  return `${name}: ${counted(speakFor, "place speaks", "places speak")} for it, ${counted(against, "place", "places")} against.`;
}

function answers(answer: Answer, reading: Reading, chip: Chip): HTMLElement {
  const { intent, sentiment } = answer;
  const none = (text: string): HTMLElement => el("span", { class: "quiet" }, text);
  const many = (chips: HTMLElement[], empty: string): Child => (chips.length > 0 ? chips : none(empty));
  const others = intent.others.map(({ label, confidence }) => `${INTENT[label]} ${share(confidence, 1)}`).join(", ");
  const entries: (readonly [name: Child, value: Child])[] = [
    ["Sentiment", [chip("sentiment", sentiment.label, sentiment.label, SENTIMENT[sentiment.label]), sentiment.mixed && chip("flags", "mixed", "", FLAG.mixed)]],
    ["Reason", [
      answer.meaningful && [chip("intent", intent.label), el("span", { class: "confidence" }, `${share(intent.confidence, 1)} likely`)],
      !answer.meaningful && none("Nothing to read it from"),
      answer.meaningful && others !== "" && el("span", { class: "quiet next" }, `Next likely: ${others}`),
    ]],
    ["Topics", many(reading.topics.map(topicChip), "None of the taxonomy")],
    ["Acts", many(answer.acts.map((act) => chip("acts", act, "", ACT[act])), "None")],
    ["Emotions", many(answer.emotions.map((emotion) => chip("emotions", emotion, "", EMOTION[emotion])), "None sensed")],
    ["Safety", many(answer.safety.map((label) => chip("safety", label, "bad", SAFETY[label])), "Nothing to look at")],
    [["Irony ", el("span", { class: "tag" }, "experimental")], answer.irony ? chip("flags", "irony", "", FLAG.irony) : none("Not found")],
    ["Broadcast", answer.broadcast ? chip("flags", "broadcast", "", FLAG.broadcast) : none("No")],
    ["Customer", many(answer.states.map((state) => el("span", { class: "chip" }, STATE[state])), "No state read")],
    ...signalEntries(reading),
    ["Language", `${languageName(answer.language.code)}${answer.language.reliable ? "" : " (not certain)"}`],
  ];
  if (reading.piiTypes.length > 0) entries.push(["Personal data", [...new Set(reading.piiTypes)].map((type) => PII[type]).join(", ")]);
  if (!answer.meaningful) entries.push(["Content", "Says nothing that can be read; left out of the figures"]);
  return el("dl", {}, entries.map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, value))));
}

/** A topic with its own sentiment; the words that name it as its title. */
function topicChip({ name, sentiment, mixed, negated, words }: TopicView): HTMLElement {
  const said = words.map((parts) => parts.map(({ text }) => text).join("")).join(", ");
  return el("span", { class: `chip ${sentiment}`, title: said }, name,
    el("span", { class: "quiet" }, ` ${mixed ? FLAG.mixed.toLowerCase() : SENTIMENT[sentiment].toLowerCase()}${negated ? ", not there" : ""}`));
}

/** What is wished for, what it cost, how pressing it is; only what is said. */
function signalEntries({ signals }: Reading): (readonly [name: Child, value: Child])[] {
  if (signals === null) return [];
  const { wishes, interest, expectations, effort, minutes, urgency, churn, recommends, links, stage } = signals;
  const chips = (names: readonly string[], look = ""): Child => names.map((name) => el("span", { class: `chip ${look}` }, name));
  const entries: (readonly [name: Child, value: Child])[] = [];
  if (wishes.length > 0) entries.push(["Wishes for", wishes.map((parts) => el("span", { class: "chip" }, commentNodes(parts)))]);
  if (interest.length > 0) entries.push(["Would buy", interest.map((parts) => el("span", { class: "chip" }, commentNodes(parts)))]);
  for (const { expected, got } of expectations) entries.push(["Expected", [commentNodes(expected), got.length > 0 && [" but got ", commentNodes(got)]]]);
  if (effort !== null) entries.push(["Effort", chips([EFFORT[effort]])]);
  if (minutes !== null) entries.push(["Time lost", counted(minutes, "minute", "minutes")]);
  if (urgency.level !== "normal") {
    entries.push(["Urgency", [chips([URGENCY[urgency.level]]), el("span", { class: "quiet next" }, urgency.reasons.map((reason) => URGENCY_REASON[reason]).join(", "))]]);
  }
  if (churn.length > 0) entries.push(["May go", chips(churn.map((reason) => CHURN[reason]), "bad")]);
  if (recommends !== null) entries.push(["Recommends it", chips([recommends === "yes" ? "Yes" : "No"], recommends === "yes" ? "positive" : "bad")]);
  if (links.length > 0) entries.push(["Links", chips(links.map(({ kind, disguised }) => `${LINK[kind]}${disguised ? ", disguised" : ""}`), "bad")]);
  if (stage !== "none") entries.push(["Journey", STAGE[stage]]);
  return entries;
}

/** Sentiment and acts of each sentence; nothing when there is only one. */
export function sentenceList(sentences: Reading["sentences"]): HTMLElement | null {
  if (sentences.length === 0) return null;
  return el(
    "section",
    {},
    el("h3", {}, "Sentence by sentence"),
    el("ol", { class: "sentences" }, sentences.map(({ parts, label, acts }) =>
      el("li", {}, el("span", { class: `label ${label}` }, SENTIMENT[label]),
        el("span", {}, commentNodes(parts), acts.length > 0 && el("span", { class: "quiet acts" }, ` ${acts.map((act) => ACT[act]).join(", ")}`))))),
  );
}

function probabilities(values: Answer["sentiment"]["probabilities"]): HTMLElement {
  return el(
    "section",
    {},
    el("h3", {}, "Probability of each sentiment"),
    el("ul", { class: "meters" }, SENTIMENTS.map((sentiment, at) => {
      const value = values[at] ?? 0;
      const fill = el("span", { class: `fill-${sentiment}` });
      fill.style.width = `${(value * 100).toFixed(1)}%`;
      return el("li", {}, el("span", {}, SENTIMENT[sentiment]), el("span", { class: "meter", "aria-hidden": "true" }, fill), el("span", { class: "number" }, share(value, 1)));
    })),
  );
}
