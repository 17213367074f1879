// The policy editor: templates, findings while typing, what a change would do to the comments, files.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { runnerImport } from "vite";
import { Engine } from "hearken";
import { analyse, giveFile, launch, openApp } from "./browser.mjs";

const require = createRequire(import.meta.url);
const load = async (name) => (await runnerImport(fileURLToPath(new URL(`../src/shared/${name}.ts`, import.meta.url)))).module;
const { POLICIES } = await load("policies");
const { writeJson } = await load("json-form");
const { FAULT_SEVERITY } = await load("deciding");

const POLICY = `{
  "id": "mine",
  "version": "3",
  "rules": [
    { "id": "refund", "when": { "intent": ["refund_return"] }, "then": { "action": "resolve", "queue": "returns", "priority": 2, "respondWithinMinutes": 240 } },
    { "id": "rest", "then": { "action": "review", "queue": "care", "priority": 4 } }
  ]
}
`;
const COMMENTS = [
  "I want my money back for the broken lamp, please refund me.",
  "How do I change the delivery address?",
  "Wonderful service, thank you so much!",
  "Write to anna.field@example.com about the refund of my order, please.",
  "n/a",
  "Das WLAN im Zimmer war schlecht.",
];

let browser;
let engine;
/** The default policy, as the page names it. */
let base;
before(async () => {
  [browser, engine] = await Promise.all([launch(), Engine.load()]);
  const { id, version } = engine.defaultPolicy();
  base = `${id} ${version}`;
});
after(async () => {
  await browser?.close();
  engine?.free();
});

const status = (page, text) => page.waitForFunction((text) => document.querySelector("#policy-status").textContent === text, text);
const effect = (page, text) => page.waitForFunction((text) => document.querySelector("#policy-effect").textContent === text, text);
const selected = (page) => page.$eval("#policy-json", (area) => area.value.slice(area.selectionStart, area.selectionEnd));

async function openEditor(options) {
  const app = await openApp(browser, options);
  const { page } = app;
  await giveFile(page, "a.csv", `comment\n${COMMENTS.map((text) => `"${text}"`).join("\n")}\n`);
  await page.waitForSelector("#analyse");
  await analyse(page);
  await page.click("#tab-policy");
  await effect(page, `None of 6 comments would be treated differently than by ${base}, the policy in use.`);
  return app;
}

test("JSON is written so that people can read it", () => {
  const value = { a: 1, list: ["b", "c"], empty: [], none: {}, deep: { words: Array.from({ length: 40 }, (_, at) => `word number ${at}`), rules: [{ id: "x" }, { id: "y", when: { all: [{ acts: ["question"] }, { not: { sentiment: ["negative"] } }, { textContains: ["ä", "\u0001"] }] } }] } };
  const text = writeJson(value);
  assert.deepEqual(JSON.parse(text), value);
  assert.ok(text.split("\n").every((line) => line.length <= 112), "no line is long");
  assert.ok(text.includes('"list": ["b", "c"]'));
  assert.ok(text.split("\n").length < 40, "short values share a line");
});

test("every policy of the page is that of the package, valid, and has nothing to look at", async () => {
  const app = await openApp(browser);
  const { page } = app;
  await page.click("#mode-policy");
  assert.equal(await page.textContent("h1"), "What to do about a message");
  assert.deepEqual(await page.locator("#policy-begin option").allTextContents(), POLICIES.map(([, name]) => name));
  for (const [name] of POLICIES) {
    await page.selectOption("#policy-begin", name);
    const policy = name === "default" ? engine.defaultPolicy() : require(`hearken/policies/${name}.json`);
    await status(page, `${policy.id} ${policy.version}: ${policy.rules.length} rules. Nothing to look at.`);
    assert.deepEqual(JSON.parse(await page.inputValue("#policy-json")), policy, name);
    assert.equal(await page.textContent("#policy-valid"), "Valid");
    assert.equal(await page.inputValue("#policy-topics"), name === "default" ? "" : name);
  }
  assert.match(await page.textContent("#policy-effect"), /^Open a file of comments/);
  // Topics of another taxonomy are unknown.
  await page.selectOption("#policy-topics", "general");
  await page.waitForSelector("#policy-lines .is-warning");
  assert.match(await page.textContent("#policy-lines"), /is no topic of the taxonomy/);
  assert.deepEqual(app.network(), []);
  assert.deepEqual(app.faults, []);
  await app.close();
});

test("what is wrong shows while typing, with its line, and a button leads there", async () => {
  const app = await openEditor();
  const { page } = app;
  await page.fill("#policy-json", POLICY);
  await status(page, "mine 3: 2 rules. Nothing to look at.");
  const line = page.locator("#policy-lines li").first();
  // Unknown label, with the words and the place.
  await page.fill("#policy-json", POLICY.replace("refund_return", "refnd"));
  await status(page, "It cannot be used as it stands.");
  assert.equal(await page.textContent("#policy-valid"), "Not valid");
  assert.match(await line.textContent(), /^Error line 5 rules\[0\]\.when\.intent\[0\]: unknown label "refnd"; allowed: /);
  assert.equal(await page.isDisabled("#policy-use"), true);
  assert.equal(await page.textContent("#policy-effect"), "Shown again once the policy is valid.");
  await line.locator("button").click();
  assert.equal(await page.evaluate(() => document.activeElement.id), "policy-json");
  assert.equal(await selected(page), '"refnd"');
  assert.equal(await page.textContent("#panel-policy .editor-where"), "Line 5, column 44");
  // Not JSON.
  await page.fill("#policy-json", POLICY.replace('"id": "mine",', '"id": "mine"'));
  await page.waitForFunction(() => document.querySelector("#policy-lines li")?.textContent.startsWith("Error line 3 This is not valid JSON"));
  // A rule that never decides, and an escalation without a deadline.
  const odd = '{ "id": "again", "when": { "all": [{ "intent": ["refund_return"] }, { "meaningful": true }] }, "then": { "action": "escalate", "queue": "desk", "priority": 1 } },\n    { "id": "rest"';
  await page.fill("#policy-json", POLICY.replace('{ "id": "rest"', odd));
  await status(page, "mine 3: 3 rules. 2 warnings.");
  assert.equal(await page.textContent("#policy-valid"), "Valid");
  assert.deepEqual(await page.locator("#policy-lines li").allTextContents(), [
    "Warning line 6 Rule “again”: never decides: whenever it holds, the earlier rule \"refund\" does.",
    "Warning line 6 Rule “again”: an escalation needs respondWithinMinutes.",
  ]);
  await page.locator("#policy-lines button").nth(1).click();
  assert.match(await selected(page), /^\{ "action": "escalate"/);
  assert.deepEqual(app.faults, []);
  await app.close();
});

test("the change it would make to the comments is counted and listed, and it takes over when asked", async () => {
  const app = await openEditor();
  const { page } = app;
  // What says nothing is treated as before.
  const json = POLICY.replace('{ "id": "rest"', '{ "id": "nothing", "when": { "meaningful": false }, "then": { "action": "ignore", "queue": "none", "priority": 4 } },\n    { "id": "rest"');
  await page.fill("#policy-json", json);
  const before = engine.policy(engine.defaultPolicy());
  const after = engine.policy(json);
  const differences = COMMENTS.map((text) => engine.comparePolicies({ text }, before, after));
  const different = differences.flatMap(({ changed }, row) => (changed.length > 0 ? [row] : []));
  assert.ok(different.length > 1 && different.length < COMMENTS.length, `${different}`);
  await effect(page, `${different.length} of 6 comments would be treated differently than by ${base}, the policy in use.`);
  const lines = await page.locator("#policy-effects > li").allTextContents();
  assert.equal(lines.length, different.length);
  different.forEach((row, at) => {
    assert.ok(lines[at].includes(`Row ${row + 1}`), lines[at]);
    assert.ok(lines[at].includes(`rule ${differences[row].after.rule}`), lines[at]);
  });
  assert.ok(!lines.join().includes("anna.field@example.com"), "comments are masked");
  assert.match(lines.find((one) => one.includes("rule refund")) ?? "", /because: intent is refund return/);
  // The row can be opened from there.
  await page.locator("#policy-effects button").first().click();
  await page.waitForSelector("dialog.detail[open]");
  assert.equal(await page.textContent("#detail-title"), `Row ${different[0] + 1}`);
  await page.keyboard.press("Escape");
  // Taken into use, it decides, and nothing would change any more.
  await page.click("#policy-use");
  await page.waitForFunction(() => document.querySelector("#announce").textContent.startsWith("In use from now on: mine 3"));
  await effect(page, "None of 6 comments would be treated differently than by mine 3, the policy in use.");
  await page.click("#tab-answer");
  await page.waitForFunction(() => document.querySelectorAll("#answer-list [role=option]").length === 6 && document.querySelector(".answer-busy").hidden);
  assert.equal(await page.$eval("#answer-policy", (select) => select.selectedOptions[0].textContent), "Your own: mine 3");
  const expected = COMMENTS.map((text) => engine.triage({ text }, after).queue);
  const queues = await page.$$eval("#answer-queue option", (all) => all.slice(1).map((one) => one.textContent));
  const count = (queue) => expected.filter((one) => one === queue).length;
  // Another one chosen there is what the editor compares with when it is seen again.
  await page.selectOption("#answer-policy", "default");
  await page.click("#tab-policy");
  await effect(page, `${different.length} of 6 comments would be treated differently than by ${base}, the policy in use.`);
  assert.deepEqual(queues.sort(), [`Care (${count("care")})`, `None (${count("none")})`, `Returns (${count("returns")})`]);
  assert.deepEqual(app.network(), []);
  assert.deepEqual(app.faults, []);
  await app.close();
});

test("saved as a file and opened from one; the keyboard is not caught in the editor", async () => {
  const app = await openEditor();
  const { page } = app;
  await page.fill("#policy-json", POLICY);
  await status(page, "mine 3: 2 rules. Nothing to look at.");
  const [file] = await Promise.all([page.waitForEvent("download"), page.click("#policy-save")]);
  assert.equal(file.suggestedFilename(), "mine.json");
  assert.equal(await readFile(await file.path(), "utf8"), POLICY);
  const other = POLICY.replaceAll("mine", "yours");
  await page.setInputFiles("#policy-file", { name: "yours.json", mimeType: "application/json", buffer: Buffer.from(other) });
  await status(page, "yours 3: 2 rules. Nothing to look at.");
  assert.equal(await page.inputValue("#policy-json"), other);
  await page.focus("#policy-json");
  await page.keyboard.press("Control+End");
  await page.keyboard.type("x");
  await page.waitForSelector("#policy-lines .is-error");
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.closest("#policy-lines") !== null), true, "Tab leads to the finding");
  assert.deepEqual(app.faults, []);
  await app.close();
});

test("every fault of the linter has a severity", async () => {
  const types = await readFile(new URL("../../src/wasm/types/triage.d.ts", import.meta.url), "utf8");
  const faults = /export type PolicyFault =([^;]+);/.exec(types)[1].match(/"(\w+)"/g).map((one) => one.slice(1, -1));
  assert.deepEqual(Object.keys(FAULT_SEVERITY).sort(), faults.sort());
});
