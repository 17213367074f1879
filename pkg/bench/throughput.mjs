// How fast the built package is on one core: batches, first result, redaction.
//
// node pkg/bench/throughput.mjs [--rounds N] [--rows N]
// Prints median, lowest and highest of the rounds; redaction in processor time, which other work on the machine changes less. The texts are the comments of the shipped sample,
// repeated and cut to tweets of about 100 characters, so that anyone measures the same.

import { spawnSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { fileURLToPath } from "node:url";

const { values: given } = parseArgs({ options: { rounds: { type: "string", default: "9" }, rows: { type: "string", default: "20000" }, cold: { type: "boolean", default: false } } });
const rounds = whole("rounds", given.rounds);
const rows = whole("rows", given.rows);
const LENGTH = 100;

function whole(name, text) {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) {
    console.error(`--${name} takes a whole number above 0`);
    process.exit(2);
  }
  return value;
}

/** The cells of a CSV text, quotes resolved (RFC 4180). */
function parseCsv(text) {
  const table = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    table.at(-1).push(quoted?.replaceAll('""', '"') ?? plain);
    if (end === "") break;
    if (end !== ",") table.push([]);
  }
  return table.filter((row) => row.length > 1);
}

async function sampleTexts() {
  const [header, ...records] = parseCsv(await readFile(new URL("../../www/public/sample.csv", import.meta.url), "utf8"));
  const column = header.indexOf("comment");
  const texts = records.map((record) => record[column]).filter(Boolean);
  if (column < 0 || texts.length < 300) throw new Error("www/public/sample.csv has no 300 comments");
  return texts;
}

/** Texts of LENGTH code points: comments joined by a space, from another place for each. */
function tweets(texts, count) {
  return Array.from({ length: count }, (_, at) => {
    let tweet = texts[at % texts.length];
    // Steps of one comment, then of two and so on: neighbours differ from turn to turn.
    for (let next = at; Array.from(tweet).length < LENGTH; ) {
      next += 1 + Math.floor(at / texts.length);
      tweet += ` ${texts[next % texts.length]}`;
    }
    return Array.from(tweet).slice(0, LENGTH).join("");
  });
}

function timed(work) {
  const began = performance.now();
  work();
  return performance.now() - began;
}

/** Megabytes a second of processor time that `engine.redact` takes `texts` at; the first round is not counted. */
function redaction(engine, texts, options) {
  const bytes = Buffer.byteLength(texts.join(""));
  const repeats = Math.max(1, Math.round(2_000_000 / bytes));
  return Array.from({ length: rounds + 1 }, () => {
    const began = process.cpuUsage();
    for (let at = 0; at < repeats; at += 1) for (const text of texts) engine.redact(text, options);
    const { user, system } = process.cpuUsage(began);
    return (repeats * bytes) / (user + system);
  }).slice(1);
}

/** Texts of 60,000 characters at most, a comment a line. */
function long(texts) {
  return texts.join("\n").slice(0, 60_000);
}

function spread(numbers, digits = 0) {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const median = Number.isInteger(middle) ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[Math.floor(middle)];
  const show = (value) => value.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return { median, line: [median, sorted[0], sorted.at(-1)].map((value) => show(value).padStart(10)).join("") };
}

/** One start in a fresh process: compiles, then times instance and first result, in milliseconds. */
async function coldStart() {
  const { Engine } = await import("hearken");
  const bytes = await readFile(new URL("../dist/engine.wasm", import.meta.url));
  const [text] = await sampleTexts();
  const began = performance.now();
  const module = await WebAssembly.compile(bytes);
  const compiled = performance.now();
  const engine = await Engine.load({ wasm: module });
  const loaded = performance.now();
  engine.analyze(text);
  const first = performance.now();
  console.log(JSON.stringify({ compile: compiled - began, load: loaded - compiled, first: first - loaded }));
}

function coldStarts() {
  return Array.from({ length: rounds }, () => {
    const child = spawnSync(process.execPath, [fileURLToPath(import.meta.url), "--cold"], { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
    if (child.status !== 0) throw new Error(`a fresh process ended with ${child.status ?? child.signal}`);
    return JSON.parse(child.stdout);
  });
}

async function main() {
  const { Engine } = await import("hearken");
  const engine = await Engine.load();
  const sample = await sampleTexts();
  const texts = tweets(sample, rows);
  const bytes = Buffer.byteLength(texts.join(""));

  // The first round of each is not counted: the runtime still compiles.
  const batches = (options) => Array.from({ length: rounds + 1 }, () => rows / (timed(() => engine.analyzeBatch(texts, options)) / 1000)).slice(1);
  const batch = batches({});
  const heads = batches({ topics: false, signals: false });
  const kinds = [
    ["of the sample", texts],
    ["in ASCII", tweets(sample.filter((text) => /^[\t\n\x20-\x7e]*$/.test(text)), rows)],
    ["in Korean and Japanese", tweets(sample.filter((text) => /[\u3040-\u30ff\uac00-\ud7a3]/.test(text)), rows)],
  ];
  const redactions = kinds.flatMap(([kind, texts]) => [
    [`redact, 100 characters ${kind}, MB/s`, redaction(engine, texts)],
    [`redact, 60,000 characters ${kind}, MB/s`, redaction(engine, [long(texts)], { maxTextBytes: 1_048_576 })],
  ]);
  engine.free();
  const starts = coldStarts();

  console.log(`${process.release.name} ${process.version}, ${cpus()[0]?.model.trim() ?? "processor unknown"}, ${new Date().toISOString().slice(0, 10)}`);
  console.log(`${rows.toLocaleString("en")} texts of ${LENGTH} characters, ${(bytes / rows).toFixed(0)} bytes each on average, ${rounds} rounds, one thread\n`);
  console.log(`${"".padEnd(60)}${["median", "lowest", "highest"].map((name) => name.padStart(10)).join("")}`);
  const show = (name, numbers, digits) => console.log(name.padEnd(60) + spread(numbers, digits).line);
  show("analyzeBatch, messages/s", batch);
  show("the same, heads alone, messages/s", heads);
  for (const [name, rates] of redactions) show(name, rates, 1);
  show("compile the wasm, ms", starts.map((start) => start.compile), 1);
  show("instance from the compiled module, ms", starts.map((start) => start.load), 1);
  show("first analyze after it, ms", starts.map((start) => start.first), 1);
  show("instance and first result together, ms", starts.map((start) => start.load + start.first), 1);
}

await (given.cold ? coldStart() : main());
