// Insight on the page: figures of the package, findings and reports in the reader's language, wishes, surges, gaps.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { runnerImport } from "vite";
import { Engine } from "hearken";
import { driverMarks, Insight, recordOf } from "hearken/insight";
import { analyse, giveFile, launch, openApp } from "./browser.mjs";

const load = async (name) => (await runnerImport(fileURLToPath(new URL(`../src/shared/${name}.ts`, import.meta.url)))).module;
const { READERS } = await load("counting");
const { guessChoice } = await load("guess");
const { DelimitedParser } = await load("delimited");

const DAY = 86_400_000;
const SAMPLE = fileURLToPath(new URL("../public/sample.csv", import.meta.url));
let browser;
let engine;
let insight;
before(async () => {
  [browser, engine, insight] = await Promise.all([launch(), Engine.load(), Insight.load()]);
});
after(async () => {
  await browser?.close();
  engine?.free();
  insight?.free();
});

/** Opens a file and its view of insight. */
async function openInsight(name, csv, options) {
  const app = await openApp(browser, options);
  const { page } = app;
  await giveFile(page, name, csv);
  await page.waitForSelector("#analyse");
  await analyse(page);
  await page.click("#tab-insight");
  await page.waitForSelector("#insight-body[data-ready]", { timeout: 60_000 });
  return app;
}

/** The sample as the page reads it, counted in Node. */
async function sampleRollup() {
  const rows = [];
  const parser = new DelimitedParser(",", (cells) => rows.push(cells));
  parser.push(await readFile(SAMPLE, "utf8"));
  parser.end();
  const rollup = insight.rollup({ periods: [{ unit: "week" }] });
  const drivers = [];
  rows.slice(1).forEach(([, date, channel, lang, nps, comment], index) => {
    const analysis = engine.analyze(comment, lang === "" ? {} : { lang });
    const value = nps === "" ? undefined : Number(nps);
    const at = Date.parse(date);
    rollup.add({ ...recordOf(analysis), index, channel, ...(value === undefined ? {} : { rating: { scale: "nps", value } }), ...(Number.isNaN(at) ? {} : { sentAt: at }) });
    if (value !== undefined) drivers.push({ outcome: value >= 9 ? 100 : value >= 7 ? 0 : -100, marks: driverMarks(analysis) });
  });
  return { rollup, drivers };
}

const download = async (page, button) => {
  const [file] = await Promise.all([page.waitForEvent("download", { timeout: 60_000 }), page.click(button)]);
  return { name: file.suggestedFilename(), text: await readFile(await file.path(), "utf8") };
};

test("a column of customers is guessed by its name", () => {
  const person = (...header) => guessChoice(header, [header.map((_, at) => `x${at}`)]).person;
  assert.equal(person("comment", "customer_id"), 1);
  assert.equal(person("comment", "고객"), 1);
  assert.equal(person("comment", "Kunde Nr"), 1);
  assert.equal(person("comment", "id"), null);
  assert.equal(person("comment", "account manager"), null);
});

test("figures, topics and drivers of the sample are those of the package", async () => {
  const { rollup, drivers } = await sampleRollup();
  const app = await openInsight("sample.csv", await readFile(SAMPLE));
  const { page } = app;
  const summary = rollup.summary();
  const figure = (metric) => [...summary.solicited, ...summary.unsolicited].find((one) => one.metric === metric);
  const shown = async (id) => {
    const text = await page.textContent(`#figure-${id} .value`);
    return Number(text.replace("−", "-").replace(/[+%]/g, ""));
  };
  assert.equal(await shown("all-nps"), Math.round(figure("nps").value));
  assert.equal(await shown("all-net_sentiment"), Math.round(figure("net_sentiment").value));
  assert.equal(await shown("all-leaving"), Math.round(figure("leaving").value * 10) / 10);
  assert.equal(await shown("cx"), Math.round(rollup.score().value));
  assert.match(await page.textContent("#figure-cx"), /95% interval .* answers and comments/);
  const lines = (id) => page.$$eval(`#insight-${id} tbody tr`, (rows) => rows.map((row) => [...row.children].slice(0, 2).map((cell) => cell.firstChild.textContent)));
  const topics = summary.dimensions.find(({ name }) => name === "topic").segments;
  assert.deepEqual((await lines("topics")).map(([, n]) => Number(n)), topics.slice(0, 12).map(({ n }) => n));
  const weeks = summary.dimensions.find(({ name }) => name === "week UTC").segments;
  assert.deepEqual(await lines("periods"), weeks.slice(0, 12).map(({ key, n }) => [key, String(n)]));
  const expected = insight.drivers(drivers).drivers;
  const parts = await page.$$eval("#insight-drivers tbody tr td:nth-child(3)", (all) => all.map((cell) => cell.firstChild.textContent));
  assert.deepEqual(parts, expected.map(({ share }) => `${share.toFixed(0)}%`));
  rollup.free();
  // A topic lists its comments.
  const [[topic, n]] = await lines("topics");
  await page.click("#insight-topics tbody button");
  assert.equal(await page.getAttribute("#tab-overview", "aria-selected"), "true");
  await page.waitForFunction((n) => document.querySelector("#shown").textContent.startsWith(`${n} of `), n);
  assert.ok((await page.$eval("#filter-topic", (select) => select.selectedOptions[0].textContent)).startsWith(topic));
  assert.deepEqual(app.network(), []);
  assert.deepEqual(app.faults, []);
  await app.close();
});

test("ten findings and the report in seven languages, without personal data", async () => {
  const app = await openInsight("sample.csv", await readFile(SAMPLE));
  const { page } = app;
  assert.deepEqual(READERS.map(([code]) => code), ["en", "ko", "ja", "pl", "de", "es", "fr"]);
  const findings = () => page.locator("#findings > li").allTextContents();
  const english = await findings();
  assert.equal(english.length, 10);
  assert.ok(english.every((line) => /95% interval/.test(line)), english.join("\n"));
  const seen = new Set([english.join()]);
  const source = await readFile(SAMPLE, "utf8");
  const secrets = engine.redact(source, { maxTextBytes: 1_048_576 }).pii.filter(({ type }) => ["email", "phone", "iban", "card"].includes(type)).map(({ span: [start, end] }) => source.slice(start, end));
  assert.ok(secrets.length > 3);
  for (const [code] of READERS) {
    const before = (await findings()).join();
    await page.selectOption("#insight-reader", code);
    if (code !== "en") await page.waitForFunction((before) => [...document.querySelectorAll("#findings > li")].map((one) => one.textContent).join() !== before, before);
    assert.equal(await page.getAttribute("#findings", "lang"), code);
    const now = await findings();
    assert.equal(now.length, 10);
    seen.add(now.join());
    const { name, text } = await download(page, "#report-html");
    assert.equal(name, `sample-report.${code}.html`);
    assert.match(text, new RegExp(`^<!DOCTYPE html>\\n<html lang="${code}">`));
    assert.ok(!text.includes("<script"));
    for (const secret of secrets) assert.ok(!text.includes(secret), `${code}: ${secret}`);
    // The first finding of the page is that of the report.
    assert.ok(text.includes(now[0].split(" Source")[0].slice(0, 20).replaceAll("&", "&amp;")), `${code}: ${now[0]}`);
  }
  assert.equal(seen.size, 7, "each language has its own sentences");
  const markdown = await download(page, "#report-markdown");
  assert.match(markdown.text, /^# /);
  assert.equal(markdown.name, "sample-report.fr.md");
  const json = JSON.parse((await download(page, "#report-json")).text);
  assert.deepEqual([json.findings.length, json.summary.records, json.score.value > 0, json.drivers.drivers.length > 5], [10, 344, true, true]);
  for (const secret of secrets) assert.ok(!JSON.stringify(json).includes(secret), secret);
  assert.match(await page.textContent("#insight-saved"), /Comments in it are masked\./);
  // What is shared has no words, and the package reads it.
  const share = await download(page, "#report-share");
  assert.equal(share.name, "sample-figures.json");
  const rollup = insight.readRollup(JSON.parse(share.text));
  assert.equal(rollup.summary().records, 344);
  assert.equal(rollup.figure("nps").value, json.summary.solicited.find(({ metric }) => metric === "nps").value);
  const { telling } = rollup.report();
  assert.deepEqual([telling.positive, telling.negative], [[], []]);
  assert.ok(rollup.summary({ minPeople: 0 }).dimensions.every(({ segments }) => segments.every(({ n }) => n >= 5)), "no small groups");
  rollup.free();
  assert.match(await page.textContent("#insight-saved"), /no comments, and no group of fewer than five/);
  assert.deepEqual(app.network(), []);
  assert.deepEqual(app.faults, []);
  await app.close();
});

/** Forty days, the later half without praise, then a surge; three people wish for the same. */
function surge() {
  const lines = ["date,channel,customer,stars,comment"];
  const start = Date.UTC(2026, 2, 1);
  const add = (day, channel, who, stars, text) => lines.push(`${new Date(start + day * DAY).toISOString().slice(0, 10)},${channel},${who},${stars},"${text}"`);
  for (let day = 0; day < 40; day++) {
    if (day < 20) add(day, "review", `a${day}`, 5, "Lovely staff and a great breakfast, thank you!");
    add(day, "chat", `b${day}`, 4, "How do I change my booking?");
    for (let n = 0; n < 5; n++) add(day, "email", `c${day}-${n}`, 2, "The delivery was late and I am disappointed.");
  }
  for (let n = 0; n < 30; n++) add(39, ["social", "review", "chat"][n % 3], `d${n}`, 1, `The app crashes all the time and payment fails, terrible. Mail me: person${n}@example.com`);
  for (const [day, who, text] of [[10, "w1", "Please add a dark mode to the app."], [20, "w2", "I would love a dark mode in the app."], [30, "w3", "Could you please add a dark mode?"], [31, "w3", "Please add a dark mode to the app!"]]) add(day, "review", who, 3, text);
  return `${lines.join("\n")}\n`;
}

test("a surge is an alarm with its first comments, a wish is counted by people, and both lead to the rows", async () => {
  const app = await openInsight("surge.csv", surge());
  const { page } = app;
  assert.match(await page.textContent("#insight-alert h2"), /^(Crisis|Alert)/);
  const alert = await page.textContent("#insight-alert");
  assert.match(alert, /\d+ bad comments since Apr 9, 2026, where the past explains/);
  assert.ok(!alert.includes("@example.com"), "comments are masked");
  assert.match(alert, /Said more than before: [^.]*(crash|payment)/i);
  assert.match(alert, /\[EMAIL\]/);
  assert.match(await page.textContent("#trend-lines"), /Peak|Rise/);
  assert.match(await page.textContent("#insight-drivers h2"), /Stars/);
  // The later half is worse.
  assert.match(await page.textContent("#halves-title"), /^Since Mar \d+, 2026, against the time before$/);
  const changes = await page.locator("#insight-halves tbody tr").allTextContents();
  assert.match(changes.find((line) => line.startsWith("Net sentiment")) ?? "", /^Net sentimentMore than chance.*−\d/);
  const wish = page.locator("#insight-demand > .demands > li").filter({ hasText: "dark mode" });
  assert.equal(await wish.count(), 1, await page.textContent("#insight-demand"));
  assert.match(await wish.textContent(), /Asked 4 times by 3 people/);
  await wish.locator("summary").click();
  const rows = await wish.locator(".who button").allTextContents();
  assert.equal(rows.length, 4);
  await wish.locator(".who button").first().click();
  await page.waitForSelector("dialog.detail[open]");
  assert.match(await page.textContent("dialog.detail blockquote"), /dark.*mode/);
  await page.keyboard.press("Escape");
  const report = await download(page, "#report-html");
  assert.ok(!report.text.includes("@example.com"));
  assert.match(report.text, /dark mode/);
  assert.deepEqual(app.faults, []);
  await app.close();
});

test("without ratings, dates and customers it says what is missing; few comments give no findings", async () => {
  const app = await openInsight("few.csv", "comment\nLovely, thank you\nThe lamp is broken\n");
  const { page } = app;
  const text = await page.textContent("#insight-body");
  assert.match(text, /There are too few comments for a finding|too few/);
  assert.equal(await page.locator("#insight-drivers, #insight-periods, #insight-alert, #trend-title, #insight-halves").count(), 0);
  assert.match(await page.textContent("#insight-gaps"), /No column of ratings.*no NPS.*No column of dates/s);
  assert.match(await page.textContent("#insight-demand"), /No wish was found/);
  assert.match(await page.textContent("#figure-all-net_sentiment"), /too few to rely on/);
  const { text: html } = await download(page, "#report-html");
  assert.match(html, /<!DOCTYPE html>/);
  assert.deepEqual(app.faults, []);
  await app.close();
  // Nothing but answers that say nothing, and only ratings.
  for (const csv of ["ok\nok\n", "comment,nps\n-,9\n-,3\n", "date,comment\n2026-03-01,n/a\n2026-03-02,n/a\n"]) {
    const { page, faults, close } = await openInsight("empty.csv", csv);
    await page.waitForSelector("#figure-cx");
    assert.match((await download(page, "#report-markdown")).text, /^# /);
    assert.deepEqual(faults, []);
    await close();
  }
});

test("a mistyped year, few ratings, odd texts and a wish without end cost the rest nothing", async () => {
  const rows = [
    ["0202-05-01", 5, "Lovely, thank you"], ["9999-12-31", 1, "The parcel is late"], ["2026-05-02T10:00:00+09:00", 3, "How do I change my address?"],
    ["not a date", 2, `Please add ${"a very long wish ".repeat(6000)}`], ["2026-05-03", "", "\u0000 \ud800 odd"], ["", "", ""],
  ];
  const app = await openInsight("odd.csv", `date,stars,comment\n${rows.map((row) => row.join(",")).join("\n")}\n`);
  const { page } = app;
  assert.match(await page.textContent("#insight-drivers"), /^What moves Stars.*No topic, emotion or effort is spoken of in enough rated comments\.$/);
  assert.match(await page.textContent("#figure-all-stars5"), /4 answers: too few to rely on/);
  assert.match((await download(page, "#report-json")).text, /"records": 6/);
  await page.click("#tab-answer");
  await page.waitForFunction(() => document.querySelectorAll("#answer-list [role=option]").length === 6 && document.querySelector(".answer-busy").hidden);
  for (const option of await page.locator("#answer-list [role=option]").all()) {
    await option.click();
    const row = (await option.getAttribute("id")).replace("answer-row-", "");
    await page.waitForFunction((row) => document.querySelector("#answer-item").dataset.row === row, row);
  }
  assert.deepEqual(app.faults, []);
  await app.close();
});

for (const [name, options] of [["a wide page", {}], ["320 px, dark", { viewport: { width: 320, height: 640 }, colorScheme: "dark" }]]) {
  test(`the tabs work by keyboard, everything has a name and fits: ${name}`, async () => {
    const app = await openInsight("surge.csv", surge(), options);
    const { page } = app;
    const sound = async (where) => {
      const [content, width] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
      assert.ok(content <= width, `${where}: ${content} px in ${width}`);
      const wide = await page.$$eval("button, select, input, textarea, .card", (all) => all
        .filter((element) => !element.closest(".scroll, .grid-body, .hidden") && element.checkVisibility() && element.getBoundingClientRect().right > innerWidth + 1)
        .map((element) => `${element.tagName}.${element.className}#${element.id}`));
      assert.deepEqual(wide, [], where);
      const unnamed = await page.$$eval("button, input, select, textarea, summary, progress, svg[role=img], [role=group], [role=region], [role=listbox], [role=tablist], [role=tabpanel], nav, blockquote", (all) => all
        .filter((element) => element.checkVisibility() && !(element.getAttribute("aria-label") || element.getAttribute("aria-labelledby") || element.labels?.length || element.textContent.trim()))
        .map((element) => element.outerHTML.slice(0, 80)));
      assert.deepEqual(unnamed, [], where);
      const broken = await page.$$eval("[aria-labelledby], [aria-describedby], [aria-controls], label[for]", (all) => all.flatMap((element) =>
        ["aria-labelledby", "aria-describedby", "aria-controls", "for"].flatMap((name) => (element.getAttribute(name) ?? "").split(" ").filter((id) => id !== "" && document.getElementById(id) === null))));
      assert.deepEqual(broken, [], where);
      const ids = await page.$$eval("[id]", (all) => all.map((element) => element.id));
      assert.equal(new Set(ids).size, ids.length, `${where}: ids are unique`);
      assert.equal(await page.locator("h1").count(), 1);
    };
    await sound("insight");
    await page.focus("#tab-insight");
    await page.keyboard.press("ArrowLeft");
    assert.equal(await page.evaluate(() => document.activeElement.id), "tab-answer");
    await page.waitForSelector("#answer-item[data-row]");
    await page.waitForSelector("#answer-doubts li");
    await sound("answer");
    await page.focus("#tab-answer");
    await page.keyboard.press("End");
    assert.equal(await page.evaluate(() => document.activeElement.id), "tab-policy");
    await page.waitForFunction(() => /treated/.test(document.querySelector("#policy-effect").textContent));
    await sound("policy");
    await page.focus("#tab-policy");
    await page.keyboard.press("ArrowRight");
    assert.equal(await page.evaluate(() => document.activeElement.id), "tab-overview", "from the last to the first");
    assert.deepEqual(await page.$$eval("[role=tab]", (all) => all.map((tab) => tab.tabIndex)), [0, -1, -1, -1]);
    assert.deepEqual(await page.$$eval("[role=tabpanel]", (all) => all.filter((panel) => !panel.hidden).map((panel) => panel.id)), ["panel-overview"]);
    assert.deepEqual(app.network(), []);
    assert.deepEqual(app.faults, []);
    await app.close();
  });
}
