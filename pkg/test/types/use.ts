// Uses every exported type under --strict. Compiled by test/types.test.js, never run.

import {
  Batch, Classifier, CompiledPolicy, CompiledTaxonomy, Corrections, DEFAULT_TEXT_BYTES, DataUse, Engine, FLAG_BROADCAST, FLAG_IRONY,
  FLAG_MEANINGFUL, FLAG_MIXED, FLAG_RELIABLE, FLAG_TRUNCATED, HearkenError, MAX_TEXT_BYTES, MAX_TURNS, NO_LABEL, Query, Redactor,
  Themes, fromLabelStudio, restore, toLabelStudio,
} from "hearken";
import type {
  Consent, DataClass, DataInventory, DataRecord, DataUseCall, DetectorFile, DetectorFinding, DetectorSource, FieldClass, FieldCount,
  FormFinding, LedgerReport, RecordRedaction, RedactMode, RedactorOptions, Removed, RemovedType, StreamEnd, UseDecision, UseStep,
  UsedRecord, VaultEntry,
  Act, Action, Analysis, AnalyzeOptions, BatchAnalysis, BatchOptions, BatchRow, BrandManner, BrandMention, BrandRole, Channel,
  ChurnReason, ClassifierInfo, Columns, Condition, Confusion, Conversation, Correction, CustomerState, Decision, DecisionCosts,
  Disposition, Effort, FieldValues, Judged, NumberBounds, PolicyDifference, PolicyFault, PolicyFinding, PolicyNumber, PolicyOutcome,
  Situation, ThresholdChoice, ThresholdLine, ToneHint, TopicsInMood,
  EffortLevel, Emotion, EngineInfo, ErrorCode, ErrorDetails, Evidence, Expectation, Figure, Flag, Intent, IntentAnswer,
  JourneyStage, LabelEvidence, LabelQuality, Labels, Language, LearnExample, LinkKind, LoadOptions, MediaType, Message, Pii,
  PiiType, Policy, Prediction, Present, QueryAnalysis, QueryField, QueryOptions, QueryRow, RankedIntent, Rating, Reason,
  Redaction, RedactOptions, Report, Role, Rule, Safety, Scale, ScoreRecord, Segment, Sentiment, SentimentCounts, SentimentLabel,
  Span, State, StudioTask, TaxonomyFinding, TaxonomySource, TaxonomyTest, Telling, TextOptions, Theme, ThemeOptions, ThemePhrase,
  ThemeReport, ThemeRow, ThemesOptions, TopicExample, TopicFound, TopicInfo, TopicRule, TopicSource, TopicTarget, TrainAdvice,
  TrainCall, TrainOptions, TrainQuality, TriageOptions, Turn, UrgencyLevel, UrgencyReason, WasmSource, Wish,
} from "hearken";
import { Insight, Replies, Rollup, type InsightOptions } from "hearken/insight";
import type {
  BrandHandle, BrandRoleRights, Governance, OutboundCheck, OutboundContext, OutboundFault, OutboundFinding, OutboundLasting, OutboundQuestion,
  OutboundReply, Permission, ReplyDraft, ReplyEffect, ReplyLibrary, ReplyOutcomes, ReplyTemplate, ReplyValues, ReplyWanted, SpeakingAction,
} from "hearken/insight";
import { Insight as InlineInsight } from "hearken/insight/inline";
import { Insight as SlimInsight } from "hearken/insight/slim";
import { Engine as InlineEngine } from "hearken/inline";
import { Engine as SlimEngine } from "hearken/slim";

/** Compiles only when both types are the same. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : never;
const holds = <T extends true>(value: T): T => value;

export async function main(wasm: WasmSource, model: Uint8Array): Promise<void> {
  const options: LoadOptions = { wasm, model };
  using engine: Engine = await Engine.load(options);
  const slim: SlimEngine = await SlimEngine.load({ wasm: await WebAssembly.compile(new Uint8Array()) });
  const inline: InlineEngine = await InlineEngine.load();
  // @ts-expect-error slim has no wasm of its own
  await SlimEngine.load();
  // @ts-expect-error engines come from load
  new Engine();
  slim.free();
  inline[Symbol.dispose]();

  const analyze: AnalyzeOptions = {
    lang: "ko", question: "Why?", parent: "A post.", sentences: true, spans: false, evidence: true, pii: false, maxTextBytes: MAX_TEXT_BYTES,
  };
  const analysis: Analysis = engine.analyze("text", analyze);
  const language: Language = analysis.language;
  const sentiment: Sentiment = analysis.sentiment;
  const label: SentimentLabel = sentiment.label;
  const acts: Act[] = analysis.acts;
  const emotions: Present<Emotion>[] = analysis.emotions;
  const safety: Present<Safety>[] = analysis.safety;
  const intent: IntentAnswer = analysis.intent;
  const others: RankedIntent[] = intent.others;
  const reasons: Intent[] = [intent, ...others].map((one) => one.label);
  const disposition: Disposition = analysis.disposition;
  const states: State[] = analysis.states;
  const evidence: Evidence | undefined = analysis.evidence?.[0];
  const flags: Record<Flag, boolean> = { mixed: analysis.sentiment.mixed, irony: analysis.irony, broadcast: analysis.broadcast };
  const weight: number | undefined = evidence?.parts[0]?.weight;
  const pii: Pii[] = analysis.pii;
  const kind: PiiType | undefined = pii[0]?.type;
  const span: Span = pii[0]?.span ?? [0, 0];
  "text".slice(...span);
  holds<Same<SentimentLabel, "negative" | "neutral" | "positive">>(true);
  const signals: AnalyzeOptions = { signals: true, brands: { own: ["Lumera"], competitors: ["Zenvo"] }, channel: "ad_comment" };
  const told: Analysis = engine.analyze("text", signals);
  const wish: Wish | undefined = told.wishes?.[0];
  const object: string | undefined = wish?.condition?.time ?? wish?.object;
  const expectation: Expectation | undefined = told.expectations?.[0];
  const effort: Effort | undefined = told.effort;
  const level: EffortLevel | undefined = effort?.level;
  const minutes: number | undefined = told.timeLost?.minutes;
  const urgency: UrgencyLevel = told.urgency.level;
  const urgencyReasons: UrgencyReason[] = told.urgency.reasons;
  const churn: ChurnReason[] = told.churn.reasons;
  const brand: BrandMention | undefined = told.brands?.[0];
  const brandRole: BrandRole | undefined = brand?.role;
  const manner: BrandManner | undefined = brand?.as;
  const link: LinkKind | undefined = told.links?.[0]?.kind;
  const stage: JourneyStage = told.journeyStage;
  const media: MediaType | undefined = told.mediaType;
  void [object, expectation, level, minutes, urgency, urgencyReasons, churn, brandRole, manner, link, stage, media];
  // @ts-expect-error a misspelt option
  engine.analyze("text", { sentense: true });
  // @ts-expect-error no string
  engine.analyze(1);

  const keyphrases: Span[] | undefined = engine.analyze("text", { keyphrases: true }).keyphrases;
  const queryOptions: QueryOptions = { topics: ["delivery"] };
  using query: Query = engine.query("late", queryOptions);
  const fields: readonly QueryField[] = query.fields;
  const asked: QueryRow = { text: "late", analysis, rating: { scale: "nps", value: 1 } };
  const places: Span[] | null = query.highlights(asked);
  const found: number[] = query.matches(asked) ? query.filter([asked]) : [];
  const themesOptions: ThemesOptions = { phrases: 1_000 };
  using themes: Themes = engine.themes(themesOptions);
  const themeRow: ThemeRow = { text: "late", analysis, id: 1, covered: [[0, 4]] };
  const themeOptions: ThemeOptions = { maxThemes: 5, minRows: 2, explained: true, topics: true };
  const themeReport: ThemeReport = themes.add(themeRow).merge(engine.readThemes(themes.toBytes())).report(themeOptions);
  const theme: Theme | undefined = themeReport.themes[0];
  const phrase: ThemePhrase | undefined = theme?.phrases[0];
  void [keyphrases, fields, places, found, phrase];

  const batchOptions: BatchOptions = { pii: true };
  const batch: Batch = engine.analyzeBatch(["a", "b"] as const, batchOptions);
  const columns: Columns = batch.columns;
  const scores: Float32Array = columns.score;
  const transfer: ArrayBuffer = columns.piiOffsets.buffer;
  const info: EngineInfo = batch.info;
  for (const row of batch satisfies Iterable<BatchRow>) {
    if (row.error) holds<Same<typeof row.analysis, undefined>>(true);
    else row.analysis.sentiment.score.toFixed(2);
    // @ts-expect-error rows of a batch have no places of labels
    row.analysis?.emotions[0]?.spans;
  }
  const reliable = (columns.flags[0]! & (FLAG_MEANINGFUL | FLAG_TRUNCATED | FLAG_RELIABLE | FLAG_MIXED | FLAG_IRONY | FLAG_BROADCAST)) !== 0;
  // What is written for rows takes the result of `analyze` too.
  const row: BatchAnalysis = analysis;
  const named: readonly (Emotion | Intent | Safety | Disposition | State)[] = [
    ...info.emotions, ...info.intents, ...info.safety, ...info.dispositions, ...info.states,
  ];
  const bits: Uint16Array = columns.emotions;
  // @ts-expect-error sentences are not for batches
  engine.analyzeBatch(["a"], { sentences: true });
  // @ts-expect-error nor is evidence
  engine.analyzeBatch(["a"], { evidence: true });

  const role: Role = "customer";
  const turns: Turn[] = Array.from({ length: MAX_TURNS }, () => ({ role, text: "a" }));
  const conversation: Conversation = engine.analyzeConversation(turns, { lang: "en", evidence: true });
  const customer: Analysis | undefined = conversation.customer;
  holds<Same<Conversation["turns"][number], { role: Role; analysis: Analysis }>>(true);
  // @ts-expect-error a role that does not exist
  engine.analyzeConversation([{ role: "robot", text: "a" }]);
  // @ts-expect-error a turn has a text
  engine.analyzeConversation([{ role: "bot" }]);

  const examples: LearnExample[] = [{ text: "a", label: "x" }];
  const how: TrainOptions = { none: "other" };
  const call: TrainCall = { ...how, progress: (share: number) => console.log(share) };
  using classifier: Classifier = engine.train(examples, call);
  const described: ClassifierInfo = engine.classifier(classifier.save()).info;
  const quality: TrainQuality | null = classifier.quality;
  const each: LabelQuality[] = quality?.labels ?? [];
  const confusions: Confusion[] = quality?.confusions ?? [];
  const advised: TrainAdvice | undefined = quality?.advice[0];
  const more: number = advised?.kind === "labelMore" ? advised.count : 0;
  const prediction: Prediction = classifier.predict("a");
  const pushed: LabelEvidence = classifier.evidence("a", prediction.label ?? "x");
  const labelled: Labels = classifier.predictBatch(["a"]);
  const some: boolean = labelled.label[0] !== NO_LABEL;
  const log: Correction[] = [{ text: "a", head: "acts", from: ["praise"], to: [] }];
  // @ts-expect-error an intent is no sentiment
  log.push({ text: "a", head: "sentiment", to: "billing" });
  using corrections: Corrections = engine.correct(log);
  engine.analyze("a", { ...analyze, corrections });
  engine.analyzeBatch(["a"], { ...batchOptions, corrections });
  const tasks: StudioTask[] = toLabelStudio(log, described.model);
  const back: Correction[] = fromLabelStudio(tasks);
  console.log(each, confusions, more, pushed, some, back);

  const redactOptions: RedactOptions = { mode: "mask", types: ["email", "url_token"], maxTextBytes: DEFAULT_TEXT_BYTES };
  const redaction: Redaction = engine.redact("text", redactOptions);
  const count: number | undefined = redaction.counts.email;

  const rating: Rating = { scale: "ces7" satisfies Scale, value: 7 };
  const message: Message = { text: "a", channel: "web_form" satisfies Channel, rating, sentAt: 0, ownField: { any: "thing" } };
  const condition: Condition = { all: [{ sentiment: ["negative"] }, { not: { public: true } }] };
  const action: Action = "engage";
  const rule: Rule = { id: "r", when: condition, then: { action, queue: "q", priority: 2, respondWithinMinutes: 60, mode: "suggest" } };
  const policy: Policy = { id: "p", version: "1", rules: [rule] };
  using compiled: CompiledPolicy = engine.policy(policy);
  const state: CustomerState = { vip: true, contacts: 2, badExperiences: 1, openCases: 0, openQuestions: 0 };
  const situation: Situation = { now: "2026-11-29T10:00:00Z", open: false, customer: state };
  const triage: TriageOptions = { maxTextBytes: 10, evidence: true, situation };
  const decision: Decision = engine.triage(message, compiled, triage);
  const reason: Reason | undefined = decision.reasons[0];
  const tone: ToneHint = decision.toneHint;
  const field: PolicyNumber = "minutesLost";
  const bounds: NumberBounds = { field, above: 30 };
  const values: FieldValues = { name: "plan", is: ["gold"] };
  const mood: TopicsInMood = { of: ["delivery"], sentiment: ["negative"] };
  const conditions: Condition[] = [{ number: bounds }, { field: values }, { topics: mood }, { intent: ["billing"] }, { vip: true }, { has: [tone] }];
  const odd: PolicyFinding[] = compiled.lint(["delivery"]);
  const fault: PolicyFault | undefined = odd[0]?.fault;
  const difference: PolicyDifference = engine.comparePolicies(message, policy, { ...policy, rules: [{ ...rule, when: { all: conditions } }] }, triage);
  const outcome: PolicyOutcome = difference.before;
  const judged: Judged[] = [{ confidence: 0.5, correct: fault === undefined && outcome.priority === 1 }];
  const costs: DecisionCosts = { wrongAutomated: 20, missedAutomated: 1, wrongSuggested: 2, missedSuggested: 1 };
  const choice: ThresholdChoice = engine.thresholds(judged, costs);
  const line: ThresholdLine = choice.automate;
  if (line.threshold === null) return;
  const redacted: string | null = decision.redacted;

  const record: ScoreRecord = { index: 0, sentiment: label, score: 0.5, language: language.code, rating, text: redacted ?? "", meaningful: true };
  const insightOptions: InsightOptions = {};
  using insight: Insight = await Insight.load(insightOptions);
  using rollup: Rollup = insight.rollup().add(record).merge(insight.rollup());
  const report: Report = insight.report([record, message], engine);
  const speaking: SpeakingAction = "thank";
  const template: ReplyTemplate = { id: "a", action: speaking, intent: ["feedback"], text: "Thank you[, {name}]." };
  const templates: ReplyLibrary = { language: "en", templates: [template] };
  const fillings: ReplyValues = { name: "Kim" };
  const wanted: ReplyWanted = { action: "thank", language: "en", mode: "automate", values: fillings };
  const replies: Replies = insight.replies(templates);
  const draft: ReplyDraft | null = replies.draft(wanted);
  const outgoing: OutboundReply = { text: draft?.text ?? "", pii: [] };
  const event: OutboundLasting = { id: "e", until: 5 };
  const context: OutboundContext = { message: "When?", languages: ["en"], allowed: ["@shop.example"], events: [event], pauses: [], now: 1 };
  const looked: OutboundCheck = replies.check(outgoing, context);
  const faults: OutboundFault[] = looked.findings.map((finding: OutboundFinding) => finding.kind);
  const askedFirst: OutboundQuestion | undefined = looked.completeness.questions[0];
  const sent: ReplyOutcomes = { template: "a", sent: 4, good: 2 };
  const effect: ReplyEffect | undefined = replies.effects([sent], 30)[0];
  const handle: BrandHandle = { handle: "@shop", unit: "north" };
  const rights: BrandRoleRights = { role: "agent", actions: ["answer", "publish"], units: ["north"] };
  const governance: Governance = { handles: [handle], roles: [rights] };
  const allowed: Permission = replies.permits(governance, "agent", "answer", "north");
  console.log(faults, askedFirst, effect, replies.owner(governance, "shop"), allowed);
  const figures: Figure[] = [report.netSentiment, ...report.ratings, ...rollup.report().ratings];
  const segment: Segment | undefined = report.channels[0];
  const counts: SentimentCounts = segment?.sentiment ?? report.sentiment;
  const telling: Telling[] = report.telling.negative;

  const example: TopicExample = { lang: "en", text: "The gizmo is slow" };
  const topicRule: TopicRule = { lang: "en", scope: "clause", all: ["gizmo*"], near: { terms: ["a b", "c d"], within: 3 } };
  const target: TopicTarget = "product";
  const topicSource: TopicSource = { id: "gizmo", target, phrases: { en: ["gizmo*"] }, rules: [topicRule], examples: { match: [example] } };
  const taxonomySource: TaxonomySource = { version: 1, id: "own", topics: [topicSource] };
  const taxonomy: CompiledTaxonomy = engine.taxonomy(taxonomySource);
  const findings: TaxonomyFinding[] = taxonomy.lint();
  const tested: TaxonomyTest = taxonomy.test();
  const textOptions: TextOptions = { taxonomy, topics: true };
  const topics: TopicFound[] = engine.analyze("a", textOptions).topics;
  const known: readonly TopicInfo[] = engine.topics;
  console.log(findings, tested, topics, known);
  const mode: RedactMode = "keyed";
  const source: DetectorSource = { id: "member", shapes: ["M-####"], checksum: "luhn", context: ["member"] };
  const detectors: DetectorFile = { version: 1, detectors: [source] };
  const redactorOptions: RedactorOptions = {
    mode, modes: { email: "remove" }, key: new Uint8Array(32), allow: ["a"], deny: ["b"], detectors, fields: { "a.b": "keep" }, vault: true,
  };
  using redactor: Redactor = engine.redactor(redactorOptions);
  const removed: Removed | undefined = redactor.redact("a").pii[0];
  const removedType: RemovedType | undefined = removed?.type;
  const rows: RecordRedaction = redactor.redactCsv("a", ";");
  const fieldCount: FieldCount | undefined = redactor.redactRecord({ a: 1 }).fields[0];
  const pieces: Generator<string, StreamEnd, undefined> = redactor.redactStream(["a"]);
  const vault: VaultEntry[] = redactor.vault();
  const doubts: DetectorFinding[] = redactor.lint();
  const fieldClass: FieldClass = engine.classifyField("email", "a@example.com");
  const dataClass: DataClass | null = fieldClass.class;
  const dataRecord: DataRecord = { field: "email", origin: "form", purposes: ["p"], destinations: ["d"], consent: true };
  const inventory: DataInventory = { version: 1, id: "x", fields: [dataRecord], policy: { purpose: "redact" } };
  using dataUse: DataUse = engine.dataUse(inventory);
  const consent: Consent = { id: "c", purpose: "p", givenMs: 0 };
  const usage: DataUseCall = { purpose: "p", destination: "d", nowMs: 1, consent: [consent] };
  const decided: UseDecision | undefined = dataUse.check(["email"], usage)[0];
  const step: UseStep | null | undefined = decided?.missing;
  const usedRecord: UsedRecord<{ email: string }> = dataUse.apply({ email: "a" }, usage, redactor);
  const form: FormFinding[] = dataUse.checkForm(["email"], "p");
  const ledger: LedgerReport = dataUse.merge(engine.dataUse(inventory)).ledger();
  console.log(removedType, rows, fieldCount, pieces, restore("a", vault), doubts, dataClass, step, usedRecord, form, ledger);
  try {
    engine.redact("a");
  } catch (error) {
    if (!(error instanceof HearkenError)) throw error;
    const code: ErrorCode = error.code;
    const details: ErrorDetails = error.toJSON();
    const limit: number | undefined = error.limit;
    console.log(code, details, limit);
  }
  console.log(emotions, safety, reasons, disposition, states, flags, weight, row, named, bits, customer);
  console.log(acts, kind, scores, transfer, info, reliable, count, reason, figures, counts, telling);
}
