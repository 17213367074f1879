// From an analysis to what analyses over many take.

import type { BatchAnalysis } from "../batch.js";
import type { Analysis, Asked, Demand, DriverMark, JourneyEvent } from "../types.js";

const VALUES = { negative: -1, neutral: 0, positive: 1 } as const;
const GOOD: readonly string[] = ["relief", "joy", "gratitude", "admiration"];
const UPSET: readonly string[] = ["anger", "frustration", "disappointment", "sadness", "worry"];

/** What a text says of each driver: `topic:ID` and `emotion:LABEL` 1 for good and -1 for bad, `effort` -1 where it was high. */
export function driverMarks({ topics, emotions, effort }: BatchAnalysis): DriverMark[] {
  const marks: DriverMark[] = topics.map(({ label, sentiment }) => ({ name: `topic:${label}`, value: VALUES[sentiment.label] }));
  for (const { label } of emotions) {
    if (label !== "surprise") marks.push({ name: `emotion:${label}`, value: GOOD.includes(label) ? 1 : -1 });
  }
  if (effort?.level === "high" || effort?.level === "easy") marks.push({ name: "effort", value: effort.level === "easy" ? 1 : -1 });
  return marks;
}

/** What a text says of a moment of a customer's way, for an event of `journeys`. A complaint is never good. */
export function journeyMarks(analysis: BatchAnalysis): Partial<JourneyEvent> {
  const { acts, sentiment, emotions, churn, intent, journeyStage } = analysis;
  const complains = acts.includes("complaint");
  const marks: Partial<JourneyEvent> = {
    complains,
    asks: acts.includes("question") || acts.includes("request"),
    upset: emotions.some(({ label }) => UPSET.includes(label)),
    leaves: churn.present,
  };
  if (complains || sentiment.label === "negative") marks.experience = "bad";
  else if (sentiment.label === "positive" || acts.includes("praise") || acts.includes("thanks")) marks.experience = "good";
  if (intent.label !== "none") marks.intent = intent.label;
  if (journeyStage !== "none") marks.moment = journeyStage;
  return marks;
}

/** What a text speaks of, for streams and threads: its topics, and the phrases of `analyze(text, { keyphrases: true })`. */
export function termsOf(text: string, { topics, keyphrases = [] }: Pick<Analysis, "topics" | "keyphrases">): string[] {
  const phrases = keyphrases.map(([start, end]) => text.slice(start, end).toLowerCase());
  return [...new Set([...topics.map(({ label }) => label), ...phrases])];
}

/** Who is to be told that a wish came true, and who wants no messages: `optedOut` holds pseudonyms. */
export function whomToTell({ who }: Pick<Demand, "who">, optedOut: Iterable<string>): { tell: Asked[]; optedOut: Asked[] } {
  const out = new Set(optedOut);
  return { tell: who.filter(({ person }) => !out.has(person)), optedOut: who.filter(({ person }) => out.has(person)) };
}
