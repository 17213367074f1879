// How fast the built package counts on one core: records a second, and bytes of the rollup.
//
// node pkg/bench/insight.mjs [--records N] [--rounds N]
// Prints median, lowest and highest, by time of the processor, so that other work on the machine counts less.

import { cpus } from "node:os";
import { parseArgs } from "node:util";

const string = (value) => ({ type: "string", default: value });
const { values: given } = parseArgs({ options: { records: string("1000000"), rounds: string("5") } });
const [records, rounds] = [given.records, given.rounds].map(Number);
if (![records, rounds].every((number) => Number.isInteger(number) && number > 0)) {
  console.error("usage: node pkg/bench/insight.mjs [--records N] [--rounds N]");
  process.exit(2);
}

const { Engine } = await import("hearken");
const { Insight } = await import("hearken/insight");
const engine = await Engine.load();
const insight = await Insight.load();
const TEXTS = [
  "The parcel came two weeks late and nobody answered my mails, I want my money back.", "Lovely staff, thank you so much!",
  "정말 최악이에요. 환불해 주세요.", "Bardzo dobra obsługa, polecam!", "The app crashes every time I open the basket.", "注文した商品がまだ届きません。",
  "Great coffee, a bit expensive.", "How do I change my delivery address?", "Der Techniker war freundlich, aber er kam zu spät.", "n/a",
];
const PART = 50_000;
const batch = engine.analyzeBatch(Array.from({ length: PART }, (_, i) => TEXTS[i % TEXTS.length]));
let state = 1;
const roll = (sides) => {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return Math.floor((state / 2 ** 32) * sides);
};
const column = (sides) => Uint32Array.from({ length: PART }, () => roll(sides));
const names = (name, count) => ({ labels: Array.from({ length: count }, (_, i) => `${name}${i}`), values: column(count) });
const channels = ["survey", "review", "social", "chat", "email"];
const plain = { rating: { scale: "nps", values: column(11) }, channel: Array.from({ length: PART }, () => channels[roll(5)]), source: names("source", 60) };
const full = {
  ...plain, sentAt: Float64Array.from({ length: PART }, () => 1_767_225_600_000 + roll(365) * 86_400_000), person: names("person", 30_000),
  keys: { store: names("store", 500) }, answered: column(2),
};
const cases = [
  ["batch, ratings, channels, sources", undefined, plain],
  ["also people, stores and days", { keys: ["store"], periods: [{ unit: "day" }] }, full],
];
console.log(`${process.release.name} ${process.version}, ${cpus()[0]?.model.trim() ?? "processor unknown"}, ${new Date().toISOString().slice(0, 10)}`);
for (const [name, options, fields] of cases) {
  const rates = [];
  let bytes;
  for (let round = 0; round < rounds; round += 1) {
    const rollup = insight.rollup(options);
    const began = process.cpuUsage();
    for (let done = 0; done < records; done += PART) rollup.addBatch(batch, fields);
    const { user, system } = process.cpuUsage(began);
    rates.push((Math.ceil(records / PART) * PART * 1e6) / (user + system));
    bytes = rollup.toBytes().length;
    rollup.free();
  }
  rates.sort((a, b) => a - b);
  const shown = [rates[Math.floor(rates.length / 2)], rates[0], rates.at(-1)].map((rate) => `${Math.round(rate / 1000)},000`);
  console.log(`${name}: ${shown[0]} records/s (${shown[1]} to ${shown[2]}); rollup of ${(bytes / 1e6).toFixed(2)} MB`);
}
engine.free();
insight.free();
