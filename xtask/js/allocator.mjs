// Memory of a built wasm under churn: calls that allocate and free blocks of ever changing sizes.
//
// node xtask/js/allocator.mjs flat FOLDER             fails when memory grows after the warm-up
// node xtask/js/allocator.mjs compare DEFAULT WEE     prints both; fails unless the first stays
//                                                     flat and the second grows
// FOLDER holds hearken.js and hearken_bg.wasm. Exit status: 0 as expected, 1 not, 2 wrong use.
// The churn is the same in every run and every build: sizes come from a seeded generator.

import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";

const PAGE = 65536;
const WARM_UP = 150;
/** Rounds of a comparison, and of a check. One round is 11 calls. */
const ROUNDS = { compare: 600, flat: 400 };
const CALLS = 11;
/** Longest text of a pair, in UTF-16 code units (ASCII here). */
const LARGEST = 400_000;

const PIECES = [
  "The box was open and one cup was broken. ",
  "감사합니다, 배송이 빨라요. ",
  "いつ届きますか？ ",
  "Write to jane@example.com or +1 212 555 0142. ",
  "Nie polecam. ",
  "👍🏽 great ",
];

/** Numbers from 0 to below 1, always the same ones (mulberry32, a public domain generator). */
function generator(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Loads a build and gives its engine and its memory. */
async function load(folder) {
  const glue = await import(pathToFileURL(resolve(folder, "hearken.js")).href);
  const bytes = await readFile(join(folder, "hearken_bg.wasm"));
  const { memory } = glue.initSync({ module: new WebAssembly.Module(bytes) });
  const sizes = { raw: bytes.length, gzip: gzipSync(bytes, { level: 9 }).length };
  return { engine: new glue.RawEngine(), glue, memory, sizes };
}

/** One round: single texts, a batch, a pair of long texts freed in the order they came, a decision. */
function round({ engine }, random) {
  const text = (most) => {
    let text = "";
    const length = 1 + random() * most;
    while (text.length < length) text += PIECES[Math.floor(random() * PIECES.length)];
    return text;
  };
  for (let i = 0; i < 4; i += 1) engine.analyze(text(600), { sentences: i % 2 === 0 });
  const columns = engine.analyzeBatch(Array.from({ length: 1 + Math.floor(random() * 60) }, () => text(200)));
  if (columns.length !== columns.sentiment.length) throw new Error("a column has a wrong length");
  columns.free();
  // Long strings are what is allocated here; only their beginning is read.
  const long = () => "x".repeat(PAGE + Math.floor(random() * (LARGEST - PAGE)));
  engine.analyzeBatch([long(), long()], { maxTextBytes: 256 }).free();
  engine.redact(text(2000));
  engine.triageByDefault({ text: text(400), id: "42", channel: "review" });
}

/** Runs the churn and gives memory in bytes at the start, after the warm-up, and at marks up to the end. */
async function churn(folder, rounds, marks) {
  const loaded = await load(folder);
  const random = generator(20221111);
  const bytes = () => loaded.memory.buffer.byteLength;
  // The longest pair first: later rounds need no more than this at once.
  loaded.engine.analyzeBatch(["x".repeat(LARGEST), "x".repeat(LARGEST)], { maxTextBytes: 256 }).free();
  const seen = new Map([[0, bytes()]]);
  const began = performance.now();
  for (let i = 1; i <= rounds; i += 1) {
    round(loaded, random);
    if (marks.includes(i) || i === WARM_UP || i === rounds) seen.set(i, bytes());
  }
  const seconds = (performance.now() - began) / 1000;
  return { seen, seconds, sizes: loaded.sizes, growth: seen.get(rounds) - seen.get(WARM_UP) };
}

const mib = (bytes) => `${(bytes / 2 ** 20).toFixed(2)} MiB`;

async function flat(folder) {
  const { seen, growth, seconds } = await churn(folder, ROUNDS.flat, []);
  const calls = (ROUNDS.flat - WARM_UP) * CALLS;
  console.log(`memory ${mib(seen.get(WARM_UP))} after the warm-up, ${growth} bytes more after ${calls} further calls (${seconds.toFixed(1)} s)`);
  return growth === 0;
}

async function compare(folders) {
  const marks = [0, 100, 200, 300, 400, 500, 600];
  const results = [];
  for (const folder of folders) results.push(await churn(folder, ROUNDS.compare, marks));
  const names = ["default", "wee_alloc"];
  const rows = [["", ...names], ["raw bytes", ...results.map(({ sizes }) => sizes.raw)], ["gzip 9 bytes", ...results.map(({ sizes }) => sizes.gzip)]];
  for (const mark of marks) rows.push([`memory, round ${mark}`, ...results.map(({ seen }) => mib(seen.get(mark)))]);
  rows.push(["time", ...results.map(({ seconds }) => `${seconds.toFixed(1)} s`)]);
  for (const row of rows) console.log(row.map((cell, at) => (at === 0 ? String(cell).padEnd(20) : String(cell).padStart(14))).join(""));
  const [own, wee] = results;
  if (own.growth !== 0) console.error(`the default allocator took ${own.growth} bytes more after the warm-up`);
  if (wee.growth <= PAGE) console.error("wee_alloc did not grow: docs/design/allocator.md says it does");
  return own.growth === 0 && wee.growth > PAGE;
}

const [mode, ...folders] = process.argv.slice(2);
if (mode === "flat" && folders.length === 1) process.exitCode = (await flat(folders[0])) ? 0 : 1;
else if (mode === "compare" && folders.length === 2) process.exitCode = (await compare(folders)) ? 0 : 1;
else {
  console.error("use: allocator.mjs flat FOLDER | compare DEFAULT WEE_ALLOC");
  process.exitCode = 2;
}
