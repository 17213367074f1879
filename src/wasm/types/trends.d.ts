// Drivers, trends and demand. Times are milliseconds since 1970.

/** What one text says of one driver: below 0 bad, above 0 good. */
export interface DriverMark { name: string; value: number; }

/** One rated text. For NPS give promoters as 100, passives as 0, detractors as -100. */
export interface DriverRow { outcome: number; marks: readonly DriverMark[]; }

/** Outcomes and columns of drivers of the same length. */
export interface DriverTable { outcome: readonly number[]; drivers: readonly { name: string; values: readonly number[] }[]; }

/** How drivers are told. */
export interface DriverCall {
  /** Rows that must speak of a driver. Default 10. */
  leastRows?: number;
  /** Most drivers, those spoken of most. Default 12, at most 50. */
  most?: number;
  /** Replicates of the bootstrap, at most 2000. Default 1000. */
  replicates?: number;
  /** The same seed gives the same intervals. */
  seed?: number;
}

/** What bad and good mentions of a driver do; each effect is `[value, low, high]`. */
export interface DriverContrast {
  bad: number;
  good: number;
  penalty?: [number, number, number];
  reward?: [number, number, number];
  /** `basic`: a must; `delight`: brings more than it costs. */
  kind: "basic" | "delight" | "performance" | "unclear";
  /** What the mean outcome would gain if no mention were bad any more. */
  ifFixed?: [number, number, number];
}

/** One driver. */
export interface Driver {
  name: string;
  /** Part of the variance of the outcome, 0 to 1. */
  importance: number;
  interval?: [number, number];
  /** Part of what is explained, in percent. */
  share: number;
  /** 1 is the most important. */
  rank: number;
  rankInterval?: [number, number];
  /** Change of the outcome for one more of the driver, the others held. */
  coefficient?: [number, number, number];
  contrast: DriverContrast;
  byRemoval?: number;
  undetermined: boolean;
}

/** Drivers of an outcome, the most important first. */
export interface DriverReport {
  drivers: Driver[];
  n: number;
  leftOut: number;
  explained: number;
  outcomeMean: number;
  method: string;
  tooFew: boolean;
  caution: string;
}

/** Counts in buckets of equal length. */
export interface Series { startMs: number; bucketMs: number; counts: readonly number[]; }

/** How a series is judged. */
export interface TrendOptions {
  /** Buckets of one season: 168 for hours of the week, 7 for days of the week. Default 1. */
  season?: number;
  /** Past buckets of the same place in the season. Default 24. */
  memory?: number;
  leastMemory?: number;
  /** False alarms accepted in 1,000 quiet buckets. Default 0.5. */
  falseAlarmsPer1000?: number;
  /** A bucket with fewer is no burst. Default 5. */
  leastCount?: number;
  /** Bursts with at most so many calm buckets between are one. Default 3. */
  cooldown?: number;
}

/** One burst: one bucket that chance hardly gives, or a smaller rise over several. */
export interface Burst {
  kind: "peak" | "rise";
  first: number;
  last: number;
  startMs: number;
  endMs: number;
  observed: number;
  /** What the past explains. */
  expected: number;
  p: number;
  /** min(10, -log10 p). */
  severity: number;
  ongoing: boolean;
}

/** Bursts of a series, and what the judgement rests on. */
export interface Bursts { bursts: Burst[]; judged: number; falseAlarmsPer1000: number; dispersion: number; }

/** A lasting change of the level. */
export interface ChangePoint { bucket: number; atMs: number; before: number; after: number; strength: number; }

/** A channel that stopped. */
export interface Silence { bucket: number; sinceMs: number; buckets: number; expected: number; p: number; }

/** How many texts say a term, now and in each background. */
export interface TermCounts { term: string; now: number; before: readonly number[]; }

/** How terms are judged. */
export interface EmergingCall {
  /** Texts of the period, and of each background. */
  totalNow: number;
  totalsBefore: readonly number[];
  /** Fewest texts that say a term. Default 3. */
  least?: number;
  /** Most terms. Default 20. */
  most?: number;
}

/** A term said more than its backgrounds explain. */
export interface EmergingTerm { term: string; now: number; ratio?: number; z: number; isNew: boolean; }

/** One message of a stream. */
export interface StreamMessage {
  id: string;
  atMs: number;
  channel?: Channel;
  /** Pseudonym; an author counts once a bucket. */
  author?: string;
  negative?: boolean;
  /** Danger, a threat, critical urgency. */
  severe?: boolean;
  terms?: readonly string[];
}

/** How a stream is watched. */
export interface CrisisOptions { bucketMs?: number; trend?: TrendOptions; leastAuthors?: number; pauseHours?: number; }

/** A surge of bad talk that goes on. */
export interface CrisisAlert {
  level: "alert" | "crisis";
  burst: Burst;
  authors: number;
  terms: EmergingTerm[];
  /** Ids of the first messages of the surge. */
  examples: string[];
  spread: { channel: Channel; count: number }[];
  /** Only in a crisis: publish nothing there until then. */
  pause?: { scope: Channel[]; untilMs: number; reason: string };
}

/** One comment of a thread. */
export interface ThreadComment { id: string; atMs: number; author?: string; terms: readonly string[]; }

/** A theme unrelated to the post dominates its thread. */
export interface Takeover { theme: string; beside: string[]; share: Figure; authors: number; sinceMs: number; examples: string[]; }

/** What happens in one thread. */
export interface ThreadActivity { id: string; comments: number; reads: number; replies: number; weight: number; }

/** A post about a matter. */
export interface SpreadPost { id: string; atMs: number; channel?: Channel; repost?: boolean; }

/** A matter is passed on more than before. */
export interface Spread { now: Figure; before: Figure; z: number; firstNews?: string; }

/** One wish of one person. */
export interface DemandWish {
  id?: string;
  atMs?: number;
  /** Keyed pseudonym of who asked; never an address. */
  person?: string;
  /** ISO 639-1. */
  language: string;
  /** What is wished for, without personal data: `wishes[].object` of an analysis. */
  object: string;
  /** The words for when: `wishes[].condition.time`. */
  time?: string;
}

/** How demand is reported. */
export interface DemandOptions { utcOffsetMinutes?: number; windowDays?: number; most?: number; examples?: number; }

/** Somebody who asked. */
export interface Asked { person: string; lastMs?: number; }

/** One demand. */
export interface Demand {
  object: string;
  language: string;
  people: number;
  mentions: number;
  anonymous: number;
  share: Figure;
  /** Mentions by local hour and by weekday (Monday first) of asking, and by the hours they wish it for. */
  askedHours: number[];
  askedWeekdays: number[];
  wantedHours: number[];
  growth: { now: number; before: number; z: number };
  firstMs?: number;
  lastMs?: number;
  examples: string[];
  subItems: { object: string; people: number; mentions: number }[];
  /** Whom to return to when it exists. */
  who: Asked[];
}

/** All demand, the most people first. */
export interface DemandReport { demands: Demand[]; found: number; people: number; mentions: number; unclear: number; }

/** How often a yes-or-no label is right, 0 to 1, and on how many labelled texts that was measured. */
export interface DetectionQuality { sensitivity: number; positives: number; specificity: number; negatives: number; }
