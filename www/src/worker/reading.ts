/** Reads one text on demand, with the evidence for every label: what the batch does not give. */
import type { Analysis, Engine, Evidence, Span, TextOptions } from "hearken";
import type { Answer, Part, Push, Reading, SignalsView, TopicView, Why } from "../shared/protocol.ts";
import type { Study } from "./analyse.ts";
import { partsOf, partsWithHits, toShown } from "./masking.ts";
import type { Place } from "./results.ts";
import type { Topics } from "./taxonomies.ts";

/** Characters of one text that the page shows: laying out more would hold it up. */
const SHOWN_CHARS = 20_000;
/** Places a label that the page gets, the strongest; the others come as one number. */
const MAX_PUSHES = 300;
/** Sentences that the page gets. */
const MAX_SENTENCES = 200;

/** A text typed into the page: shown as it is. */
export function readOne(engine: Engine, topics: Topics, text: string, question: string): Reading {
  const analysis = engine.analyze(text, withQuestion({ ...topics.option, sentences: true, evidence: true }, question));
  return toReading(engine, text, analysis, topics.names, placesOf(engine, analysis), false);
}

/** Adds the survey question, where there is one. */
export function withQuestion(options: TextOptions, question: string): TextOptions {
  return question.trim() === "" ? options : { ...options, question };
}

/** The analysis of the batch with what a batch does not give: same hint, same question. */
export function analyseRow(study: Study, row: number, more: TextOptions): Analysis {
  const { lang } = study.message(row);
  const options = withQuestion({ ...study.topics.option, ...more }, study.choice.question);
  try {
    if (lang !== undefined) return study.engine.analyze(study.text(row), { ...options, lang });
  } catch {
    // A hint the engine refuses was left out of the batch too.
  }
  return study.engine.analyze(study.text(row), options);
}

function placesOf(engine: Engine, analysis: Analysis): Place[] {
  return analysis.pii.map(({ type, span }) => ({ start: span[0], end: span[1], type: engine.info.piiTypes.indexOf(type) }));
}

/** An analysis with sentences and evidence in the form of the page; `masked` keeps the values of `places` back. */
export function toReading(
  engine: Engine, text: string, analysis: Analysis, names: Topics["names"], places: readonly Place[], masked: boolean,
): Reading {
  const types = engine.info.piiTypes;
  const to = Math.min(text.length, SHOWN_CHARS);
  const sentences = analysis.sentences ?? [];
  const show = (span: Span): Part[] => partsOf(text, places, types, masked, span[0], span[1]);
  return {
    parts: shownParts(engine, text, places, masked),
    answer: answerOf(analysis),
    why: (analysis.evidence ?? []).map((evidence) => whyOf(evidence, (pushes) => toShown(pushes, places, types, masked, to))),
    sentences: sentences.length < 2 ? [] : sentences.slice(0, MAX_SENTENCES).map(({ span, sentiment, acts }) => ({
      parts: partsOf(text, places, types, masked, span[0], span[1]), label: sentiment.label, acts,
    })),
    signals: signalsOf(analysis, show),
    topics: topicViews(analysis, names, show),
    piiTypes: places.flatMap((place) => types[place.type] ?? []),
    truncated: analysis.truncated,
  };
}

/** The text as the page shows it, cut where it is too long. */
export function shownParts(
  engine: Engine, text: string, places: readonly Place[], masked: boolean, chars = SHOWN_CHARS, hits: readonly Span[] = [],
): Part[] {
  const to = Math.min(text.length, chars);
  const parts = partsWithHits(text, places, hits, engine.info.piiTypes, masked, to);
  if (to < text.length) parts.push({ text: "…" });
  return parts;
}

function answerOf(analysis: Analysis): Answer {
  const { sentiment, intent, acts, irony, broadcast, meaningful, disposition, states, language } = analysis;
  const { negative, neutral, positive } = sentiment.probabilities;
  return {
    sentiment: { label: sentiment.label, mixed: sentiment.mixed, probabilities: [negative, neutral, positive] },
    intent, acts, irony, broadcast, meaningful, disposition, states,
    emotions: analysis.emotions.map(({ label }) => label),
    safety: analysis.safety.map(({ label }) => label),
    language: { code: language.code, confidence: language.confidence, reliable: language.reliable },
  };
}

/** The topics found; pieces of the text pass through `show`, which keeps masked values back. */
export function topicViews(analysis: Analysis, names: Topics["names"], show: (span: Span) => Part[]): TopicView[] {
  return analysis.topics.map(({ label, sentiment, spans, negated }) => ({
    name: names[label] ?? label, sentiment: sentiment.label, mixed: sentiment.mixed, negated: negated === true, words: spans.map(show),
  }));
}

/** As {@link topicViews}. */
function signalsOf(analysis: Analysis, show: (span: Span) => Part[]): SignalsView {
  const { wishes = [], purchaseInterest = [], expectations = [], effort, timeLost, urgency, churn, recommends, links = [], journeyStage } = analysis;
  return {
    wishes: wishes.map(({ objectSpan }) => show(objectSpan)),
    interest: purchaseInterest.map(({ objectSpan }) => show(objectSpan)),
    expectations: expectations.map(({ spans: [expected, got] }) => ({ expected: expected ? show(expected) : [], got: got ? show(got) : [] })),
    effort: effort?.level ?? null,
    minutes: timeLost?.minutes ?? null,
    urgency: { level: urgency.level, reasons: urgency.reasons },
    churn: churn.reasons,
    recommends: recommends?.answer ?? null,
    links: links.map(({ kind, disguised }) => ({ kind, disguised })),
    stage: journeyStage,
  };
}

function whyOf(evidence: Evidence, place: (pushes: Push[]) => { shown: Push[]; beyond: Push[] }): Why {
  const { head, label, byRule, logit, bias, rest } = evidence;
  const { shown, beyond } = place(evidence.parts.map(({ span, weight }) => ({ start: span[0], end: span[1], weight })));
  shown.sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight));
  const left = [...shown.slice(MAX_PUSHES), ...beyond];
  return {
    head, label, byRule, logit, bias, rest,
    parts: shown.slice(0, MAX_PUSHES).sort((a, b) => a.start - b.start),
    others: { count: left.length, weight: left.reduce((sum, push) => sum + push.weight, 0) },
  };
}
