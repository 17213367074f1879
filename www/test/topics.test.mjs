// Topics on the page: the choice of a taxonomy, the editor with what is wrong and what it finds, the facet.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { runnerImport } from "vite";
import { Engine } from "hearken";
import { analyse, giveFile, launch, openApp } from "./browser.mjs";

const path = (to) => fileURLToPath(new URL(to, import.meta.url));
const { addPhrase, lineColumn, placeOf, placeOfLine } = (await runnerImport(path("../src/shared/json-place.ts"))).module;
const { TAXONOMIES } = (await runnerImport(path("../src/shared/taxonomies.ts"))).module;

const BIKES = `{
  "version": 1,
  "id": "bikes",
  "topics": [
    {
      "id": "brakes",
      "target": "product",
      "name": {"en": "Brakes and stopping"},
      "phrases": {"en": ["brake*", "disc pads"]},
      "examples": {"match": [{"lang": "en", "text": "The brakes squeal"}]}
    },
    { "id": "gears", "target": "product", "phrases": {"de": ["*schaltung"]} }
  ]
}
`;
const COMMENTS = "comment\nThe brakes are terrible\nDie Gangschaltung ist super\nNothing to say about it\n";

let browser;
before(async () => {
  browser = await launch();
});
after(async () => {
  await browser?.close();
});

test("places in JSON text are found by path, by line and byte, and a phrase is added where it belongs", () => {
  const at = (path) => BIKES.slice(...placeOf(BIKES, path));
  assert.equal(at("topics[0].phrases.en[1]"), '"disc pads"');
  assert.equal(at("topics[1].phrases.de[0]"), '"*schaltung"');
  assert.equal(at("topics[0].target"), '"product"');
  assert.equal(at("topics[1].nothing"), at("topics[1]"), "the nearest value around it");
  assert.deepEqual(lineColumn(BIKES, BIKES.indexOf('"disc pads"')), { line: 9, column: 36 });
  assert.equal(placeOfLine('{"가": x}', 1, 9), 6, "columns of the engine are bytes");
  assert.equal(placeOfLine("a\nb", 9, 1), 3);
  const phrases = (text, topic, language, phrase) => JSON.parse(addPhrase(text, topic, language, phrase).text).topics[topic].phrases;
  assert.deepEqual(phrases(BIKES, 0, "en", 'a "b"'), { en: ["brake*", "disc pads", 'a "b"'] });
  assert.deepEqual(phrases(BIKES, 0, "ko", "브레이크"), { ko: ["브레이크"], en: ["brake*", "disc pads"] });
  assert.deepEqual(phrases('{"topics":[{"id":"a","phrases":{"en":[ ]}}]}', 0, "en", "b"), { en: ["b"] });
  assert.deepEqual(phrases('{"topics":[{"id":"a","phrases":{}}]}', 0, "en", "b"), { en: ["b"] });
  assert.deepEqual(phrases('{"topics":[{"id":"a"}]}', 0, "en", "b"), { en: ["b"] });
  assert.equal(addPhrase(BIKES, 7, "en", "b"), undefined);
  const { text, place } = addPhrase(BIKES, 1, "de", "gang*");
  assert.equal(text.slice(...place), '"gang*"');
});

test("the editor shows while typing what it finds and what is wrong, with the place", async () => {
  const app = await openApp(browser);
  const { page } = app;
  await page.click("#mode-topics");
  await page.waitForFunction(() => document.querySelector("#topics-status").textContent === "2 topics, 6 phrases; 3 of 3 examples do what they say. Nothing to look at.");
  assert.deepEqual(await page.locator("#topics-begin option").allTextContents(), ["A small example", ...TAXONOMIES.map(([, name]) => name)]);
  await page.fill("#topics-try", "The brakes are terrible, but my new gears are lovely");
  await page.fill("#topics-json", BIKES);
  await page.waitForSelector("#topics-list, .topics-list");
  await page.waitForFunction(() => document.querySelector("#topics-status").textContent.startsWith("2 topics, 3 phrases; 1 of 1 example do"));
  assert.match(await page.textContent("#topics-found li"), /^Brakes and stopping Negative “brakes”/);
  assert.deepEqual(await page.locator("#topics-found mark.hit").allTextContents(), ["brakes"]);
  // A phrase by the form: the text of the rest stays, and it is found at once.
  await page.selectOption("#phrase-topic", { label: "Gears" });
  await page.selectOption("#phrase-language", "en");
  await page.fill("#phrase", "gears");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.querySelectorAll("#topics-found mark.hit").length === 2);
  assert.deepEqual(JSON.parse(await page.inputValue("#topics-json")).topics[1].phrases, { en: ["gears"], de: ["*schaltung"] });
  assert.match(await page.textContent("#announce"), /^Added to Gears/);
  // Wrong meaning, then wrong JSON: said with the place, which a button shows.
  const line = () => page.locator("#topics-lines li").first();
  await page.fill("#topics-json", BIKES.replace('"target": "product", "phrases"', '"target": "wheel", "phrases"'));
  await page.waitForFunction(() => document.querySelector("#topics-status").textContent === "It cannot be used as it stands.");
  assert.match(await line().textContent(), /^Error line 12 topics\[1\]\.target/);
  await line().locator("button").click();
  assert.equal(await page.evaluate(() => document.activeElement.id), "topics-json");
  assert.equal(await page.evaluate(() => document.querySelector("#topics-json").value.slice(document.querySelector("#topics-json").selectionStart, document.querySelector("#topics-json").selectionEnd)), '"wheel"');
  assert.equal(await page.textContent(".editor-where"), "Line 12, column 32");
  assert.equal(await page.isDisabled("#topics-use"), true);
  await page.fill("#topics-json", BIKES.replace('"id": "bikes",', '"id": "bikes"'));
  await page.waitForFunction(() => document.querySelector("#topics-lines li")?.textContent.startsWith("Error line 4 This is not valid JSON"));
  await page.fill("#topics-json", BIKES.replace("The brakes squeal", "The bell rings"));
  await page.waitForFunction(() => document.querySelector("#topics-lines li")?.textContent.startsWith("Error line 10"));
  assert.match(await page.textContent("#topics-status"), /0 of 1 example do what they say. 1 error/);
  assert.deepEqual(app.network(), []);
  assert.deepEqual(app.faults, []);
  await app.close();
});

test("the keyboard alone writes a phrase, reaches a finding and is not caught in the editor", async () => {
  const app = await openApp(browser);
  const { page } = app;
  const focused = () => page.evaluate(() => document.activeElement.id);
  const tabTo = async (id) => {
    for (let n = 0; n < 60 && (await focused()) !== id; n++) await page.keyboard.press("Tab");
    assert.equal(await focused(), id);
  };
  await tabTo("mode-topics");
  await page.keyboard.press("Enter");
  await page.waitForSelector("#topics-found li");
  await tabTo("topics-begin");
  await tabTo("topics-json");
  await page.keyboard.press("Control+End");
  await page.keyboard.type("x");
  await page.waitForSelector("#topics-lines .is-error");
  assert.equal(await page.textContent("#topics-status"), "It cannot be used as it stands.");
  const button = page.locator("#topics-lines button").first();
  assert.match(await button.getAttribute("aria-label"), /^Error, line \d+, column \d+: show the place$/);
  await page.keyboard.press("Backspace");
  await page.waitForFunction(() => document.querySelector("#topics-lines .is-error") === null);
  await tabTo("phrase");
  await page.keyboard.type("squeal*");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.querySelector("#topics-json").value.includes('"squeal*"'));
  assert.equal(await focused(), "phrase", "the next phrase can be typed at once");
  await tabTo("topics-try");
  assert.deepEqual(app.faults, []);
  await app.close();
});

test("every taxonomy of the page can be begun with and has no error", async () => {
  const app = await openApp(browser);
  const { page } = app;
  await page.click("#mode-topics");
  for (const [name] of TAXONOMIES) {
    await page.selectOption("#topics-begin", name);
    const source = await readFile(path(`../../taxonomy/${name}.json`), "utf8");
    await page.waitForFunction((source) => document.querySelector("#topics-json").value === source, source);
    const { topics } = JSON.parse(source);
    await page.waitForFunction((n) => document.querySelector("#topics-status").textContent.startsWith(`${n} topics`), topics.length);
    const [, passed, all] = /(\d+) of (\d+) examples/.exec(await page.textContent("#topics-status"));
    assert.equal(passed, all, name);
    assert.equal(await page.locator("#topics-lines .is-error").count(), 0, name);
  }
  assert.deepEqual(app.faults, []);
  await app.close();
});

test("a taxonomy of one's own tells the topics of a table: facet, filter, search, row, export", async () => {
  const app = await openApp(browser);
  const { page } = app;
  await giveFile(page, "a.csv", COMMENTS);
  await page.waitForSelector("#analyse");
  await page.setInputFiles("#taxonomy-file", { name: "x.json", mimeType: "application/json", buffer: Buffer.from("{") });
  await page.waitForSelector("#taxonomy-problem:not([hidden])");
  assert.equal(await page.inputValue("#taxonomy"), "general", "the one before stays");
  await page.setInputFiles("#taxonomy-file", { name: "bikes.json", mimeType: "application/json", buffer: Buffer.from(BIKES) });
  await page.waitForFunction(() => document.querySelector("#taxonomy").selectedOptions[0].textContent === "Your own: bikes");
  assert.equal(await page.textContent("#announce"), "2 topics of bikes in use.");
  // To the editor and back, without losing the table.
  await page.click("#taxonomy-edit");
  await page.waitForFunction((source) => document.querySelector("#topics-json").value === source, BIKES);
  await page.click("#topics-back");
  await page.waitForSelector("#analyse");
  await analyse(page);
  await page.waitForSelector(".facet-topic .bar-line");
  const lines = await page.$$eval(".facet-topic .bar-line", (all) => all.map((one) => [one.querySelector(".bar-name").textContent, one.querySelector(".bar-count").textContent]));
  assert.deepEqual(lines, [["Brakes and stopping", "1"], ["Gears", "1"]]);
  const shown = (text) => page.waitForFunction((text) => document.querySelector("#shown").textContent === text, text);
  await page.selectOption("#filter-topic", "gears");
  await shown("1 of 3 comments");
  await page.selectOption("#filter-topic", "");
  await page.fill("#search", "topic:brakes.negative");
  await shown("1 of 3 comments");
  await page.fill("#search", "");
  await shown("3 comments");
  const [file] = await Promise.all([page.waitForEvent("download"), page.click("#export").then(() => page.click("#export-save"))]);
  const rows = (await readFile(await file.path(), "utf8")).trimEnd().split("\r\n").map((line) => line.split(","));
  const topics = rows.map((row) => row[rows[0].indexOf("topics")]);
  assert.deepEqual(topics, ["topics", "brakes=negative", "gears=positive", ""]);
  await page.click("dialog.export button:text-is('Close')");
  await page.locator(".grid-body .row").first().click();
  await page.waitForSelector("dialog.detail[open]");
  const line = page.locator('.answers dl > div:has(dt:text("Topics")) dd');
  // The first comment names the gears too, so that its mood may be told as mixed.
  assert.match((await line.textContent()).trim(), /^Brakes and stopping (negative|mixed)$/);
  assert.deepEqual(app.faults, []);
  await app.close();
});

test("one text is read by the taxonomy chosen, as the engine in Node reads it", async () => {
  const engine = await Engine.load();
  const source = await readFile(path("../../taxonomy/hospitality.json"), "utf8");
  const hospitality = engine.taxonomy(source);
  const names = new Map(JSON.parse(source).topics.map(({ id, name }) => [id, name.en]));
  const app = await openApp(browser);
  const { page } = app;
  const text = "The soup was cold but the waiter was lovely.";
  await page.click("#mode-text");
  await page.selectOption("#taxonomy", "hospitality");
  await page.waitForFunction(() => document.querySelector("#announce").textContent.includes("hospitality in use"));
  await page.fill("#one-text", text);
  await page.click("#read");
  await page.waitForSelector("#reading[data-count]");
  const expected = engine.analyze(text, { taxonomy: hospitality }).topics;
  assert.ok(expected.length > 0);
  const line = page.locator('.answers dl > div:has(dt:text("Topics")) dd .chip');
  const found = await line.allTextContents();
  assert.equal(found.length, expected.length);
  expected.forEach(({ label, sentiment }, at) => assert.ok(found[at].startsWith(`${names.get(label)} `) && (sentiment.mixed || found[at].includes(sentiment.label)), found[at]));
  engine.free();
  assert.deepEqual(app.faults, []);
  await app.close();
});
