// What several tests share.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

/** The package's folder. */
export const HERE = fileURLToPath(new URL("..", import.meta.url));
/** The repository's folder. */
export const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** Asserts that `work` throws a HearkenError with this code and these details. */
export function refuses(work, code, details = {}) {
  assert.throws(work, (error) => isRefusal(error, code, details));
}

/** As `refuses`, for promises. */
export async function rejects(promise, code, details = {}) {
  await assert.rejects(promise, (error) => isRefusal(error, code, details));
}

function isRefusal(error, code, details) {
  assert.equal(error.name, "HearkenError", `not typed: ${error.stack}`);
  assert.ok(error instanceof Error);
  assert.equal(error.code, code);
  for (const [key, value] of Object.entries(details)) assert.deepEqual(error[key], value, key);
  return true;
}

/** What only a single analysis gives. */
const SINGLE = ["sentences", "evidence", "keyphrases", "wishes", "purchaseInterest", "expectations", "brands", "links", "otherStages", "mediaType"];

/** The part of an analysis that a batch row gives: no places of labels, other intents, sentences, evidence or wishes. */
export function asRow(whole) {
  const analysis = Object.fromEntries(Object.entries(whole).filter(([name]) => !SINGLE.includes(name)));
  const bare = ({ label }) => ({ label });
  const { label, confidence } = analysis.intent;
  const topics = analysis.topics.map(({ spans: _, sentiment: { probabilities: __, ...sentiment }, ...topic }) => ({ ...topic, sentiment }));
  const { effort, timeLost, urgency, churn, recommends } = analysis;
  if (whole.wishes) analysis.wished = true;
  if (effort) analysis.effort = { level: effort.level };
  if (timeLost) analysis.timeLost = { minutes: timeLost.minutes };
  analysis.urgency = { level: urgency.level };
  analysis.churn = { present: churn.present, reasons: churn.reasons };
  if (recommends) analysis.recommends = { answer: recommends.answer };
  return { ...analysis, topics, emotions: analysis.emotions.map(bare), safety: analysis.safety.map(bare), intent: { label, confidence } };
}

/** Runs a program; gives its exit code and what it printed. `input` goes to its standard input. */
export function execute(command, args, { input, cwd, env } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env: { ...process.env, ...env } });
    const out = [];
    const err = [];
    child.stdout.on("data", (piece) => out.push(piece));
    child.stderr.on("data", (piece) => err.push(piece));
    child.on("error", reject);
    child.on("close", (code, signal) => {
      resolve({ code, signal, stdout: Buffer.concat(out).toString(), stderr: Buffer.concat(err).toString() });
    });
    child.stdin.on("error", () => {});
    child.stdin.end(input ?? "");
  });
}
