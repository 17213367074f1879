// The report of an authored set, made by the package: the same in every runtime, and the one the core writes.

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

/** The document and the findings of a set, as tests/report/data.rs makes them. */
export function goldenReport(insight, set) {
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
  const made = { markdown: now.document("markdown", options, against), findings: now.findings(options, against) };
  earlier.free();
  now.free();
  return made;
}
