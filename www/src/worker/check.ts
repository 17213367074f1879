/** Reads a taxonomy as it is typed: what is wrong with it and where, and what it finds in a text. */
import type { CompiledTaxonomy, Engine, Span, TaxonomySource } from "hearken";
import { lineColumn, placeOf } from "../shared/json-place.ts";
import type { TaxonomyCheck } from "../shared/protocol.ts";
import { lineAt, refusal } from "./findings.ts";
import { partsWithHits } from "./masking.ts";
import { topicViews } from "./reading.ts";
import { Topics } from "./taxonomies.ts";

/** Findings that the page lists; the gravest come first. */
const MAX_LINES = 100;

const NOTHING: Omit<TaxonomyCheck, "lines"> = { usable: false, id: "", topics: [], phrases: 0, more: 0, examples: 0, passed: 0, counts: { error: 0, warning: 0, note: 0 }, parts: [], found: [] };

/** Everything about the taxonomy, and the topics of `text`. A taxonomy that cannot be used has one line that says why. */
export function checkTaxonomy(engine: Engine, json: string, text: string): TaxonomyCheck {
  let topics: Topics;
  try {
    topics = new Topics(engine, { json });
  } catch (error) {
    return { ...NOTHING, lines: [refusal(json, error, "E_TAXONOMY")] };
  }
  try {
    return report(engine, json, text, topics, topics.option.taxonomy!);
  } finally {
    topics.free();
  }
}

function report(engine: Engine, json: string, text: string, topics: Topics, compiled: CompiledTaxonomy): TaxonomyCheck {
  const findings = compiled.lint();
  const { examples, passed } = compiled.test();
  const counts = { error: 0, warning: 0, note: 0 };
  for (const { severity } of findings) counts[severity] += 1;
  const source = JSON.parse(json) as TaxonomySource;
  const analysis = engine.analyze(text, { taxonomy: compiled, signals: false, pii: false, spans: false });
  return {
    usable: true,
    id: compiled.id,
    topics: source.topics.map(({ id, phrases }) => ({ label: id, name: topics.names[id] ?? id, languages: Object.keys(phrases ?? {}) })),
    phrases: compiled.phrases,
    lines: findings.slice(0, MAX_LINES).map(({ severity, message, path, other }) => lineAt(json, severity, sentence(json, path, message, other), placeOf(json, path))),
    more: Math.max(0, findings.length - MAX_LINES),
    examples, passed, counts,
    parts: partsWithHits(text, [], rising(analysis.topics.flatMap(({ spans }) => spans)), [], false, text.length),
    found: topicViews(analysis, topics.names, ([start, end]) => [{ text: text.slice(start, end) }]),
  };
}

/** The words at the place, what is said of them, and the line of what it is about. They are the person's own and only shown here. */
function sentence(json: string, path: string, message: string, other: string | undefined): string {
  const value = json.slice(...placeOf(json, path));
  const what = value.startsWith('"') ? `“${JSON.parse(value) as string}”` : path;
  return `${what} ${message}${other === undefined ? "" : `, see line ${lineColumn(json, placeOf(json, other)[0]).line}`}.`;
}

const rising = (spans: Span[]): Span[] => spans.sort((a, b) => a[0] - b[0]);
