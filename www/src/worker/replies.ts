/** Replies from the library: drafts in the customer's language, and the look before one goes out. Nothing is sent. */
import de from "../../../replies/de.json?raw";
import en from "../../../replies/en.json?raw";
import es from "../../../replies/es.json?raw";
import fr from "../../../replies/fr.json?raw";
import ja from "../../../replies/ja.json?raw";
import ko from "../../../replies/ko.json?raw";
import pl from "../../../replies/pl.json?raw";
import type { Decision, ReplyLibrary } from "hearken";
import type { Replies } from "hearken/insight/inline";
import type { Draft, DraftWish, ReplyDoubt } from "../shared/deciding.ts";
import type { Study } from "./analyse.ts";
import { insightOf } from "./second.ts";

let library: Replies | undefined;

async function repliesOf(): Promise<Replies> {
  const insight = await insightOf();
  return (library ??= insight.replies(...[en, ko, ja, pl, de, es, fr].map((json) => JSON.parse(json) as ReplyLibrary)));
}

/** The draft for a decision; `null` where the action owes no words. An order number is taken over from the comment where it is shown. */
export async function draftOf(study: Study, decision: Decision, row: number, { variant, values, reveal }: Omit<DraftWish, "row">): Promise<Draft | null> {
  const { action, mode, analysis } = decision;
  const replies = await repliesOf();
  const order = reveal ? orderOf(study, row) : undefined;
  const draft = replies.draft({
    action, intent: analysis.intent.label, language: analysis.language.code, mode,
    values: { ...(order !== undefined && { order }), ...values },
    ...(variant !== null && { variant }),
  });
  if (draft === null) return null;
  const { template, language, text, missing, fallbacks, variants } = draft;
  return { template, language, text, missing, fallbacks, variants };
}

/** The only reference number in a comment. */
function orderOf(study: Study, row: number): string | undefined {
  const type = study.engine.info.piiTypes.indexOf("reference");
  const text = study.text(row);
  const found = new Set(study.results.places(row).filter((place) => place.type === type).map(({ start, end }) => text.slice(start, end)));
  const [only] = found;
  return found.size === 1 && only !== undefined && only.length <= 200 ? only : undefined;
}

/** What speaks against sending `reply` to the writer of a row. */
export async function doubtsOf(study: Study, row: number, reply: string): Promise<ReplyDoubt[]> {
  const replies = await repliesOf();
  const message = study.text(row);
  const { pii, language } = study.engine.analyze(reply);
  const code = study.engine.info.languages[study.results.language[row] ?? 0];
  const { findings } = replies.check(
    { text: reply, pii, language: language.code },
    {
      message,
      ...(code !== undefined && code !== "und" && { languages: [code] }),
      allowed: study.results.places(row).map(({ start, end }) => message.slice(start, end)),
    },
  );
  return findings.map(({ kind, because, spans }) => ({ kind, text: `${because}${kind === "placeholder" ? wordsOf(reply, spans) : ""}` }));
}

const wordsOf = (text: string, spans: readonly (readonly [number, number])[]): string => `: ${spans.map(([start, end]) => `“${text.slice(start, end)}”`).join(", ")}`;
