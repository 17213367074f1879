/** What many comments speak of: the engine's themes over all rows with a result. */
import type { Span, Theme } from "hearken";
import type { ThemeLine, ThemesFound } from "../shared/protocol.ts";
import type { Study } from "./analyse.ts";
import type { Job } from "./job.ts";
import { NO_LABEL } from "./results.ts";
import { queryRow } from "./rows.ts";
import { analyseRow } from "./reading.ts";

/** Themes listed. */
const MAX_THEMES = 24;
/** Phrases named beside a theme. */
const PHRASES = 5;
/** Rows between two looks at the clock. */
const STRIDE = 64;

/** Finds the themes. `O(characters)`. */
export async function findThemes(study: Study, job: Job): Promise<ThemesFound> {
  const { results, engine } = study;
  const themes = engine.themes();
  // Tests something, so that rows come with what is known of them.
  const any = engine.query("meaningful:yes");
  try {
    for (let row = 0; row < results.rows; row++) {
      if (row % STRIDE === 0) await job.step("analyse", row, results.rows);
      if (results.label[row] === NO_LABEL) continue;
      const { text, analysis } = queryRow(study, row, any);
      if (analysis !== undefined) themes.add({ text, analysis, id: row, covered: explained(study, row) });
    }
    const { themes: found, texts, error } = themes.report({ maxThemes: MAX_THEMES, explained: true });
    return { themes: found.map(lineOf), texts, error };
  } finally {
    themes.free();
    any.free();
  }
}

/** Places that topics cover: a batch tells only which topics there are. */
function explained(study: Study, row: number): Span[] {
  if (study.results.topicCount(row) === 0) return [];
  return analyseRow(study, row, { spans: false, pii: false, signals: false }).topics.flatMap(({ spans }) => spans);
}

function lineOf({ name, language, count, share, sentiment, phrases, unexplained }: Theme): ThemeLine {
  const others = phrases.filter(({ text }) => text !== name).slice(0, PHRASES);
  return { name, language, count, share, sentiment, phrases: others.map(({ text, count }) => [text, count]), search: searchFor(name), fresh: unexplained > 0.5 };
}

/** A search for a phrase; its words may stand apart where the phrase says so. */
function searchFor(phrase: string): string {
  return phrase.split(" … ").map((words) => `"${words.replaceAll(/["\\]/g, " ")}"`).join(" NEAR/5 ");
}
