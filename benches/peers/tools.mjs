// The tools: each gives `judge(row)`, what it made of one row, and `run(row)`, what is timed.

import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { fromOutput, fromSpans } from "./rows.mjs";

/** hearken itself; a build that knows fewer types is asked for those it finds by default. */
export async function hearken(from, types) {
  const { Engine } = await import(from);
  const engine = await Engine.load();
  let options = { types };
  try {
    engine.redact("", options);
  } catch {
    options = {};
  }
  const run = (row) => engine.redact(row.text, options);
  const judge = (row) => fromSpans(row, run(row).pii.map(({ type, span }) => ({ type, start: span[0], end: span[1] })));
  return { name: "hearken", run, judge };
}

const REDACT_PII = {
  card: "CREDIT_CARD_NUMBER", phone: "PHONE_NUMBER", ip: "IP_ADDRESS", email: "EMAIL_ADDRESS", national_id: "US_SOCIAL_SECURITY_NUMBER",
  address: "STREET_ADDRESS", postcode: "ZIPCODE", person: "PERSON_NAME", url_token: "URL", secret: "PASSWORD",
};

export async function redactPii() {
  const { SyncRedactor } = (await import("redact-pii")).default;
  const redactor = new SyncRedactor();
  const run = (row) => redactor.redact(row.text);
  return { name: "redact-pii", run, judge: (row) => fromOutput(row, run(row), REDACT_PII[row.type] ?? "\u0000") };
}

const REMOVE_PII = {
  email: "email", phone: "phone", ssn: "national_id", creditCard: "card", address: "address", passport: "passport", driversLicense: "driving_licence",
  ipAddress: "ip", zipCode: "postcode", bankAccount: "bank_account", url: "url_token", dateOfBirth: "birth_date",
};

export async function removePii() {
  const { detectPII } = await import("@coffeeandfun/remove-pii");
  const run = (row) => detectPII(row.text, { url: { remove: true } });
  const judge = (row) =>
    fromSpans(row, run(row).detectedItems.flatMap(({ type, positions }) => positions.map(({ start, end }) => ({ type: REMOVE_PII[type], start, end }))));
  return { name: "remove-pii", run, judge };
}

/** What presidio.py found in all rows, at one threshold of its scores, and its rows a second. */
export function presidio(python, all) {
  const script = fileURLToPath(new URL("presidio.py", import.meta.url));
  const input = all.map(({ locale, text }) => JSON.stringify({ locale, text })).join("\n");
  const { status, stdout, stderr } = spawnSync(python, [script], { input, encoding: "utf8", maxBuffer: 1 << 30 });
  if (status !== 0) throw new Error(`presidio.py: ${stderr.slice(-2000)}`);
  const lines = stdout.trimEnd().split("\n").map((line) => JSON.parse(line));
  const { seconds } = lines.pop();
  const found = new Map(all.map((row, i) => [row, lines[i].map((one) => ({ ...one, ...units(row.text, one) }))]));
  const at = (threshold) => ({ name: "presidio", judge: (row) => fromSpans(row, found.get(row).filter((one) => one.score >= threshold)) });
  return { at, rate: all.length / seconds };
}

/** Code points to UTF-16 units. */
function units(text, { start, end }) {
  const points = [...text];
  const width = (count) => points.slice(0, count).join("").length;
  return { start: width(start), end: width(end) };
}
