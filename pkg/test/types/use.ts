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
  Act, Action, Advice, Analysis, AnalyzeOptions, BatchAnalysis, BatchOptions, BatchRow, BrandManner, BrandMention, BrandRole, Channel,
  ChurnReason, ClassifierInfo, Columns, Condition, Confusion, Conversation, Correction, CustomerState, Decision, DecisionCosts,
  Disposition, Effort, FieldValues, Judged, NumberBounds, PolicyDifference, PolicyFault, PolicyFinding, PolicyNumber, PolicyOutcome,
  Situation, ThresholdChoice, ThresholdLine, ToneHint, TopicsInMood,
  EffortLevel, Emotion, EngineInfo, ErrorCode, ErrorDetails, Evidence, Expectation, Figure, Flag, Intent, IntentAnswer,
  JourneyStage, LabelEvidence, LabelQuality, Labels, Language, LearnExample, LinkKind, LoadOptions, MediaType, Message, Pii,
  PiiType, Policy, Prediction, Present, QueryAnalysis, QueryField, QueryOptions, QueryRow, RankedIntent, Rating, Reason,
  Recommends, Redaction, RedactOptions, Report, Role, Rule, Safety, Scale, ScoreRecord, Segment, Sentiment, SentimentCounts, SentimentLabel,
  Span, State, StudioTask, TaxonomyFinding, TaxonomySource, TaxonomyTest, Telling, TextOptions, Theme, ThemeOptions, ThemePhrase,
  ThemeReport, ThemeRow, ThemesOptions, TopicExample, TopicFound, TopicInfo, TopicRule, TopicSource, TopicTarget, TrainAdvice,
  TrainCall, TrainOptions, TrainQuality, TriageOptions, Turn, UrgencyLevel, UrgencyReason, WasmSource, Wish,
} from "hearken";
import {
  Insight, PrivacyBudget, Replies, Rollup, driverMarks, journeyMarks, recordOf, termsOf, whomToTell, zoneOffsets, type AddedRecords, type CaseTalk, type CaseWork, type CaseWorkOptions, type Analyses, type BatchFields, type Care,
  type InsightOptions, type Names, type Numbers, type Shared, type WorkedCase, type ZoneOffsets,
} from "hearken/insight";
import type {
  AnswerCounts, Asked, Burst, Bursts, BusinessHours, ChangePoint, Comparison, Coverage, CrisisAlert, CrisisOptions, Curve, CurveStep, CustomerOutcome,
  CxChange, CxFigure, CxPart, CxScore, CxWeights, Demand, DemandOptions, DemandReport, DemandWish, DetectionQuality, Difference, DimensionSummary, DocumentOptions, Finding,
  Distinct, Driver, DriverCall, DriverContrast, DriverMark, DriverReport, DriverRow, DriverTable, EmergingCall, EmergingTerm, EstimatedCurve,
  Identities, IdentityKey, IdentityPerson, IdentityRecord, Invitation, Journey, JourneyCall, JourneyConversation, JourneyEvent, Journeys,
  KeyKind, Metric, OpenItem, PeriodOptions, ResponseTimes, RollupJson, RollupOptions, SegmentMove, SegmentSummary, SegmentTest, Series,
  ShareOptions, Silence, Spread, SpreadPost, StitchOptions, StreamMessage, Sufficiency, Summary, SummaryOptions, SurveyCall, SurveyDecision,
  SurveyHistory, SurveyPolicy, SurveyRule, Takeover, TermCounts, ThreadActivity, ThreadComment, TrendOptions,
  AlertLevel, Calendar, Case, CaseCall, CaseDecision, CaseMessage, CaseMoment, CaseReason, CaseReport, CaseStatus, CaseStep, Compliance,
  ComplianceCall, ContactConsent, Deadline, DeadlineCall, DueCall, EmotionPath, Guidance, GuidedStep, KeptWish, LeftOut, NextStepsCall, NotTold,
  Outbound, OutboundAnswer, OutboundKind, Pause, PauseAlert, PauseCall, PauseEvent, PauseRecommendation, PauseReport, PauseScope, PauseState,
  Platform, PublishedItem, RecommendCall, Return, ReturnCall, ReturnList, SituationCall, Time, Trajectory, WorkflowStep,
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
  const recommends: Recommends | undefined = told.recommends;
  const advice: Advice | undefined = recommends?.answer;
  const brand: BrandMention | undefined = told.brands?.[0];
  const brandRole: BrandRole | undefined = brand?.role;
  const manner: BrandManner | undefined = brand?.as;
  const link: LinkKind | undefined = told.links?.[0]?.kind;
  const stage: JourneyStage = told.journeyStage;
  const media: MediaType | undefined = told.mediaType;
  void [object, expectation, level, minutes, urgency, urgencyReasons, churn, advice, brandRole, manner, link, stage, media];
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

  counting(insight, batch, analysis);

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

function counting(insight: Insight, batch: Batch, analysis: Analysis): void {
  const periods: PeriodOptions[] = [{ unit: "day" }, { unit: "week", zone: "Europe/Warsaw", offsets: [[0, 60]] }];
  const rollupOptions: RollupOptions = { maxSegments: 100, keys: ["store"], periods };
  using rollup: Rollup = insight.rollup(rollupOptions);
  const values: Numbers = new Float64Array(2);
  const store: Names = ["a", null];
  const fields: BatchFields = { from: 0, rating: { scale: "nps", values }, channel: "chat", keys: { store }, person: { labels: ["p"], values: [0, 0] } };
  const added: AddedRecords = rollup.addBatch(batch, fields);
  // @ts-expect-error a field that does not exist
  rollup.addBatch(batch, { stores: store });
  const saved: RollupJson = rollup.add(recordOf(analysis)).toJson();
  const before: Rollup = insight.readRollup(saved).merge(insight.readRollup(rollup.toBytes()));
  const summaryOptions: SummaryOptions = { minPeople: 5, maxSegments: 10 };
  const summary: Summary = rollup.summary(summaryOptions);
  const people: Distinct = summary.people;
  const answered: AnswerCounts[] = summary.answers;
  const dimension: DimensionSummary | undefined = summary.dimensions[0];
  const segment: SegmentSummary | undefined = dimension?.segments[0];
  const metric: Metric = "nps";
  const figures: Figure[] = [rollup.figure(metric, ["channel", "chat"]), insight.openLoops([])];
  const comparison: Comparison = rollup.compareBy(before, "channel", metric);
  const difference: Difference = comparison.differences[0] ?? insight.sayDoGap([1, 2], [1, 2]);
  const moves: SegmentMove[] = rollup.moved(before, "channel");
  const weights: CxWeights = { solicited: 1 };
  const score: CxScore = rollup.score(weights);
  const part: CxPart | undefined = score.parts[0];
  const inPart: CxFigure | undefined = part?.figures[0];
  const change: CxChange = rollup.scoreChange(before, weights);
  const coverage: Coverage[] = rollup.coverage("channel", ["chat"]);
  const sufficiency: Sufficiency = rollup.sufficiency();
  const shareOptions: ShareOptions = { minPeople: 10, noise: { epsilon: 0.5, recordsPerPerson: 1 } };
  const shared: Shared = rollup.share(shareOptions, new PrivacyBudget(1));
  const documentOptions: DocumentOptions = { lang: "pl", by: [["key:store", metric]] };
  const findings: Finding[] = rollup.findings(documentOptions, before);
  const page: string = rollup.document("html", documentOptions);
  console.log(findings, page);
  console.log(added, people, answered, segment, figures, difference, moves, inPart, change, coverage, sufficiency, shared);

  const asking: Analyses = insight;
  const mark: DriverMark[] = driverMarks(analysis);
  const rows: DriverRow[] = [{ outcome: 1, marks: mark }];
  const table: DriverTable = { outcome: [1], drivers: [{ name: "a", values: [1] }] };
  const driverCall: DriverCall = { leastRows: 5, replicates: 100 };
  const drivers: DriverReport = asking.drivers(rows, driverCall);
  const driver: Driver | undefined = insight.drivers(table).drivers[0];
  const contrast: DriverContrast | undefined = driver?.contrast;
  const series: Series = { startMs: 0, bucketMs: 1, counts: [1] };
  const trend: TrendOptions = { season: 7 };
  const bursts: Bursts = insight.bursts(series, trend);
  const burst: Burst | undefined = bursts.bursts[0];
  const changes: ChangePoint[] = insight.changes(series);
  const silence: Silence | null = insight.silence(series);
  const termCounts: TermCounts[] = [{ term: "a", now: 1, before: [1] }];
  const emergingCall: EmergingCall = { totalNow: 2, totalsBefore: [2] };
  const emerging: EmergingTerm[] = insight.emerging(termCounts, emergingCall);
  const stream: StreamMessage[] = [{ id: "a", atMs: 0, terms: termsOf("a", analysis) }];
  const crisisOptions: CrisisOptions = { trend };
  const crisis: CrisisAlert | null = insight.crisis(stream, 1, crisisOptions);
  const comments: ThreadComment[] = [{ id: "a", atMs: 0, terms: ["a"] }];
  const takeover: Takeover | null = insight.takeover(["a"], comments);
  const posts: SpreadPost[] = [{ id: "a", atMs: 0, repost: true }];
  const spread: Spread | null = insight.spread(posts, 1, 1);
  const threads: ThreadActivity[] = insight.unattended([{ id: "a", comments: 1, reads: 0, replies: 0, weight: 1 }]);
  const wishes: DemandWish[] = [{ object: "tea", language: "en" }];
  const demandOptions: DemandOptions = { windowDays: 7 };
  const demand: DemandReport = insight.demand(wishes, 1, demandOptions);
  const wished: Demand | undefined = demand.demands[0];
  const asked: Asked[] = wished ? whomToTell(wished, []).tell : [];
  console.log(drivers, contrast, burst, changes, silence, emerging, crisis, takeover, spread, threads, asked);

  const kind: KeyKind = "email";
  const key: IdentityKey = { kind, value: insight.normalKey(kind, "a@example.com") ?? "" };
  const record: IdentityRecord = { id: "a", keys: [key] };
  const stitchOptions: StitchOptions = { deny: [key] };
  const identities: Identities = insight.stitch([record], stitchOptions);
  const person: IdentityPerson | undefined = identities.people[0];
  const event: JourneyEvent = { id: "a", atMs: 0, keys: [key], ...journeyMarks(analysis) };
  const hours: BusinessHours = { utcOffsetMinutes: 60, days: [[540, 1020], null, null, null, null, null, null] };
  const outcomes: CustomerOutcome[] = [{ bad: 1, left: true }];
  const estimated: EstimatedCurve = insight.estimateCurve(outcomes);
  const step: CurveStep | undefined = estimated.steps[0];
  const curve: Curve = estimated.curve;
  const test: SegmentTest = { field: "plan", in: ["gold"] };
  const journeyCall: JourneyCall = { hours, curve, rules: [{ segment: "x", all: [test] }] };
  const journeys: Journeys = insight.journeys([event], 1, journeyCall);
  const journey: Journey | undefined = journeys.people[0];
  const conversation: JourneyConversation | undefined = journey?.conversations[0];
  const open: OpenItem | undefined = conversation?.open[0];
  const response: ResponseTimes = journeys.response;
  const invitation: Invitation = { sentMs: 0, outcome: "answered" };
  const history: SurveyHistory = { invitations: [invitation] };
  const policy: SurveyPolicy = { mostAYear: 2 };
  const surveyCall: SurveyCall = { nowMs: 1, history, policy };
  const decision: SurveyDecision = insight.decideSurvey(surveyCall);
  const rule: SurveyRule | undefined = decision.reasons[0]?.rule;
  const quality: DetectionQuality = { sensitivity: 0.8, positives: 100, specificity: 0.9, negatives: 100 };
  console.log(person, step, open, response, rule, insight.correctedShare(1, 2, quality));
}

/** Cases and what stands around them. */
export function cares(care: Care, engine: Engine, now: Time): void {
  const calendar: Calendar = { zone: { offsetMinutes: 60 }, days: [[[540, 1020]], null, null, null, null, null, null], holidays: ["2026-12-25"] };
  const message: CaseMessage = { id: "1", sentAt: now, role: "agent", intent: "your_own", action: "answer", emotions: ["anger"], resolves: true };
  const call: CaseCall = { messages: [message], windowHours: 24, now, calendar };
  const report: CaseReport = care.cases(call);
  const found: Case | undefined = report.cases[0];
  const path: Trajectory | undefined = found?.trajectory;
  const emotion: EmotionPath | undefined = path?.emotions[0];
  const moment: CaseMoment | undefined = emotion?.gone ?? path?.normalised;
  const step: CaseStep | undefined = report.steps[0];
  const told: [CaseDecision | undefined, CaseReason | undefined, CaseStatus | undefined] = [step?.decision, step?.because, step?.status];
  const own: WorkflowStep = { id: "pay", after: [], data: ["card"] };
  const next: NextStepsCall = { workflow: [own], known: ["card"], done: [] };
  const guidance: Guidance = care.nextSteps(next);
  const guided: GuidedStep | undefined = guidance.steps[0];
  const due: DeadlineCall = { sentAt: now, now, channel: "chat", calendar };
  const deadline: Deadline = care.deadline(due);
  const moments: SituationCall = { now, sentAt: 0, calendar: { ...calendar, zone: "Europe/Warsaw" }, customer: { vip: true } };
  const standing: Situation = care.situation(moments);
  const until: DueCall = { sentAt: 0, now, calendar };
  const talk: CaseTalk = { id: "1", sentAt: now, text: "Where is it?", product: "lamp" };
  const reading: CaseWorkOptions = { windowHours: 24, calendar, triage: { topics: false } };
  const work: CaseWork = care.work([talk], engine, reading);
  const worked: WorkedCase | undefined = work.cases[0];
  const owed: Deadline | null = care.due({ action: "answer", respondWithinMinutes: 60 }, until);
  const offsets: ZoneOffsets = zoneOffsets("Asia/Seoul");
  const kind: OutboundKind = "advert";
  const scope: PauseScope = { kinds: [kind], markets: ["pl"] };
  const pause: Pause = { id: "p", reason: "fire", from: now, until: now, scope };
  const item: Outbound = { id: "i", kind, publishAt: now };
  const asked: PauseCall = { pauses: [pause], now, items: [item], resume: "p" };
  const pauses: PauseReport = care.pauses(asked);
  const answer: OutboundAnswer | undefined = pauses.items[0];
  const event: PauseEvent | undefined = pauses.history[0];
  const state: PauseState | undefined = event?.state;
  const level: AlertLevel = "critical";
  const alert: PauseAlert = { id: "a", kind: "burst", level, at: now };
  const recommend: RecommendCall = { alerts: [alert], pauses: pauses.pauses, now };
  const recommended: PauseRecommendation[] = care.recommendPauses(recommend);
  const published: PublishedItem = { ...item, checked: true, breaches: ["no_disclosure"] };
  const log: ComplianceCall = { log: [published], pauses: [pause] };
  const compliance: Compliance = care.compliance(log);
  const wish: KeptWish = { person: "p-1", object: "tea", at: now };
  const consent: ContactConsent = { person: "p-1", at: now, given: true };
  const back: ReturnCall = { wishes: [wish], consents: [consent], available: { object: "green tea" }, now };
  const list: ReturnList = care.returns(back);
  const one: Return | undefined = list.contact[0];
  const out: LeftOut | undefined = list.leftOut[0];
  const why: NotTold | undefined = out?.reason;
  const platform: Platform = care.platform({ url: "https://x.com" });
  console.log(moment, told, guided, deadline, standing, owed, offsets, worked?.next?.next, answer, state, recommended, compliance, one, why, platform, care.platforms());
}
