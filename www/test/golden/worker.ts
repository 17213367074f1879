/** Runs golden rows through the inline engine and compares with what the native run wrote down. */
import { Engine } from "hearken/inline";
import { Insight } from "hearken/insight/inline";
import type { Analysis, AnalyzeOptions, Decision, Message, Redaction, TopicFound } from "hearken";
import type { TaxonomyName } from "../../src/shared/taxonomies.ts";
import { Topics } from "../../src/worker/taxonomies.ts";
import { goldenReport } from "../../../tests/report/make.mjs";

interface Row {
  id: string;
  text: string;
  message?: Partial<Message>;
  options: AnalyzeOptions;
  native: { analysis: Analysis; redaction: Redaction; decision: Decision };
}

/** A text and its topics by a taxonomy. */
interface TopicRow {
  id: string;
  text: string;
  taxonomy: TaxonomyName;
  topics: TopicFound[];
}

/** A set of tests/report and what the native run made of it. */
interface Report {
  name: string;
  set: unknown;
  native: { markdown: string; findings: unknown };
}

/** Where two JSON values differ, as a path; `undefined` when they are the same bit for bit. */
function difference(actual: unknown, expected: unknown, path: string): string | undefined {
  if (Object.is(actual, expected)) return undefined;
  if (typeof actual !== "object" || typeof expected !== "object" || actual === null || expected === null) return path;
  if (Array.isArray(actual) !== Array.isArray(expected)) return path;
  const keys = new Set([...Object.keys(actual), ...Object.keys(expected)]);
  for (const key of keys) {
    const found = difference((actual as Record<string, unknown>)[key], (expected as Record<string, unknown>)[key], `${path}.${key}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** An analysis without what only `analyze` gives, as a batch has it. */
function asRow(whole: Analysis): unknown {
  const {
    sentences: _sentences, evidence: _evidence, keyphrases: _keyphrases, wishes, purchaseInterest: _interest, expectations: _expectations, brands: _brands,
    links: _links, otherStages: _otherStages, mediaType: _mediaType, intent, emotions, safety, topics, effort, timeLost, urgency, churn, recommends, ...rest
  } = whole;
  const label = <L>(present: { label: L }): { label: L } => ({ label: present.label });
  return {
    ...rest, emotions: emotions.map(label), safety: safety.map(label), intent: { label: intent.label, confidence: intent.confidence },
    topics: topics.map(({ spans: _spans, sentiment: { probabilities: _probabilities, ...sentiment }, ...topic }) => ({ ...topic, sentiment })),
    ...(effort && { effort: { level: effort.level } }),
    ...(timeLost && { timeLost: { minutes: timeLost.minutes } }),
    ...(recommends && { recommends: { answer: recommends.answer } }),
    ...(wishes && { wished: true }),
    urgency: { level: urgency.level },
    churn: { present: churn.present, reasons: churn.reasons },
  };
}

async function blocked(work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work();
    return false;
  } catch {
    return true;
  }
}

self.onmessage = async (event: MessageEvent<{ rows: Row[]; topics: TopicRow[]; reports: Report[] }>) => {
  const { rows, topics, reports } = event.data;
  const engine = await Engine.load();
  const differences: string[] = [];
  let compared = 0;
  const check = (id: string, what: string, actual: unknown, expected: unknown): void => {
    compared++;
    const path = difference(actual, expected, what);
    if (path !== undefined) differences.push(`${id}: ${path}`);
  };
  for (const { id, text, message, options, native } of rows) {
    check(id, "analysis", engine.analyze(text, options), native.analysis);
    check(id, "redaction", engine.redact(text), native.redaction);
    check(id, "decision", engine.triage({ ...message, text }), native.decision);
  }
  // One batch a question: it is an option of a whole batch.
  for (const question of new Set(rows.map(({ options }) => options.question))) {
    const asked = rows.filter(({ options }) => options.question === question);
    const batch = engine.analyzeBatch(asked.map(({ text }) => text), question === undefined ? {} : { question });
    asked.forEach(({ id, native }, at) => check(id, "batch", batch.row(at), asRow(native.analysis)));
  }
  const taxonomies = new Map<TaxonomyName, Topics>();
  for (const { id, text, taxonomy, topics: expected } of topics) {
    const known = taxonomies.get(taxonomy) ?? new Topics(engine, { name: taxonomy });
    taxonomies.set(taxonomy, known);
    check(id, "topics", engine.analyze(text, known.option).topics, expected);
  }
  engine.free();
  const insight = await Insight.load();
  for (const { name, set, native } of reports) check(name, "report", goldenReport(insight, set), native);
  insight.free();
  self.postMessage({ compared, differences, fetchBlocked: await blocked(() => fetch("/index.html")) });
};
