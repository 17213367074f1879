import type { Finding, Insight } from "hearken/insight";

export function goldenReport(insight: Insight, set: unknown): { markdown: string; findings: Finding[] };
