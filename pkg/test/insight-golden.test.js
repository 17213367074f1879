// The golden reports of tests/report, written by the core natively, made here in wasm: the same bytes.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { Insight } from "hearken/insight";
import { ROOT } from "./helpers.js";

let insight;
before(async () => (insight = await Insight.load()));
after(() => insight.free());

const read = (name) => readFile(join(ROOT, "tests/report", name), "utf8");
const times = (groups, make) => groups.flatMap((group, number) => Array.from({ length: group.times }, (_, at) => make(group, number, at)));
const records = (groups) => times(groups, ({ record, people }, number, at) => ({ ...record, person: `p${number}-${at % people}` }));
const VALUE = { negative: -1, neutral: 0, positive: 1 };

function driverRows(metric, list) {
  return list.filter(({ rating }) => rating).map(({ rating: { value }, topics = [], effort }) => {
    const outcome = metric !== "nps" ? value : value >= 9 ? 100 : value >= 7 ? 0 : -100;
    const marks = topics.map(([label, sentiment]) => ({ name: `topic:${label}`, value: VALUE[sentiment] ?? 0 }));
    if (effort === "high" || effort === "easy") marks.push({ name: "effort", value: effort === "high" ? -1 : 1 });
    return { outcome, marks };
  });
}

for (const name of ["parcels", "hotel", "gym"]) {
  test(`golden report: ${name} in wasm is the one the core writes`, async () => {
    const set = JSON.parse(await read(`${name}.json`));
    const collect = (list) => {
      const rollup = insight.rollup();
      for (const record of list) rollup.add(record);
      return rollup;
    };
    const list = records(set.now);
    const [earlier, now] = [collect(records(set.before)), collect(list)];
    const { dimensions } = now.summary();
    const options = {
      lang: set.lang, names: set.names,
      ...(set.title && { title: set.title }),
      by: ["channel", "language"].filter((name) => dimensions.some((one) => one.name === name)).map((name) => [name, "net_sentiment"]),
      ...(set.watched && { watched: set.watched }),
      drivers: { metric: set.metric, rows: driverRows(set.metric, list), options: { replicates: 200, seed: 7 } },
      ...(set.trend && { series: set.trend.series, trend: set.trend.options }),
      crisis: {
        nowMs: set.nowMs,
        messages: times(set.stream ?? [], ({ fromMs, everyMs, channel, terms }, number, at) => {
          return { id: `m${number}-${at}`, atMs: fromMs + at * everyMs, channel, author: `a${number}-${at}`, negative: true, terms };
        }),
      },
      demand: {
        nowMs: set.nowMs,
        wishes: times(set.wishes, ({ object, language, atMs }, number, at) => ({ id: `w${number}-${at}`, person: `w${number}-${at}`, atMs, object, language })),
      },
    };
    const against = set.before.length > 0 ? earlier : undefined;
    assert.equal(now.document("markdown", options, against), await read(`${name}.md`));
    assert.deepEqual(now.findings(options, against), JSON.parse(await read(`${name}.findings.json`)));
    earlier.free();
    now.free();
  });
}
