// What to answer first: decisions of the engine in order, reasons, replies, keyboard, filters, files.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { runnerImport } from "vite";
import { Engine } from "hearken";
import { Insight } from "hearken/insight";
import { analyse, giveFile, launch, openApp } from "./browser.mjs";

const require = createRequire(import.meta.url);
const load = async (name) => (await runnerImport(fileURLToPath(new URL(`../src/shared/${name}.ts`, import.meta.url)))).module;
const { ACTION } = await load("labels");
const { readTime, readDay } = await load("values");
const { DelimitedParser } = await load("delimited");

const DAY = 86_400_000;
const MINUTE = 60_000;
// No fixed time: the newest comment is of yesterday, so that deadlines count from now unless asked otherwise.
const iso = (days) => new Date(Math.floor(Date.now() / DAY) * DAY - days * DAY).toISOString().slice(0, 10);
const ROWS = [
  ["email", "My parcel R-20481 has not arrived, please refund me. Write to anna.field@example.com.", iso(1)],
  ["review", "Wonderful service, everybody was so kind!", iso(3)],
  ["chat", "How do I change the delivery address?", iso(2)],
  ["email", "I am cancelling my subscription, never again.", iso(1)],
  ["chat", "어떻게 비밀번호를 바꾸나요?", iso(6)],
  ["email", "Die Rechnung ist falsch, ich habe doppelt bezahlt.", iso(4)],
  ["review", "The charger started smoking and burned my hand.", iso(1)],
  ["survey", "n/a", iso(2)],
  ["email", "Vielen Dank für die schnelle Hilfe!", iso(5)],
  ["chat", "お問い合わせの返事がまだ来ません。いつ届きますか？", iso(2)],
];
const CSV = `channel,comment,date,store\n${ROWS.map(([channel, text, date], at) => `${channel},"${text}",${date},${at % 2 === 0 ? "north" : "south"}`).join("\n")}\n`;

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

/** What the page hands to the engine. */
const message = ([channel, text, date], at) => ({ text, channel, store: at % 2 === 0 ? "north" : "south", sentAt: Date.parse(date) });
const decide = (policy, now, options = {}) => ROWS.map((row, at) => engine.triage(message(row, at), policy, { situation: { now }, ...options }));
const due = ({ respondWithinMinutes, window }) => (respondWithinMinutes === undefined ? Infinity : respondWithinMinutes - window.ageMinutes);
const inOrder = (decisions) => decisions.map((one, row) => ({ one, row })).sort((a, b) => a.one.priority - b.one.priority || due(a.one) - due(b.one) || a.row - b.row);

async function openList(options) {
  const app = await openApp(browser, options);
  const { page } = app;
  await giveFile(page, "messages.csv", CSV);
  await page.waitForSelector("#analyse");
  await analyse(page);
  await page.click("#tab-answer");
  await listed(page, ROWS.length);
  return app;
}
const listed = (page, n) => page.waitForFunction((n) => document.querySelectorAll("#answer-list [role=option]").length === n && document.querySelector(".answer-busy").hidden, n);
const rowsOf = (page) => page.$$eval("#answer-list [role=option]", (all) => all.map((one) => Number(one.id.replace("answer-row-", ""))));
const shownRow = (page, row) => page.waitForFunction((row) => document.querySelector("#answer-item").dataset.row === String(row), row);
const focused = (page) => page.evaluate(() => document.activeElement.id);
const csvRows = (text) => {
  const rows = [];
  const parser = new DelimitedParser(",", (cells) => rows.push(cells));
  parser.push(text.replace(/^\uFEFF/, ""));
  parser.end();
  return rows;
};

test("times of day are read where a cell leaves no doubt", () => {
  assert.equal(readTime("2026-03-01T10:20:30Z"), (10 * 60 + 20) * MINUTE + 30_000);
  assert.equal(readTime("2026-03-01 10:20"), (10 * 60 + 20) * MINUTE);
  assert.equal(readTime("2026-03-01T01:00:00+09:00"), -8 * 60 * MINUTE);
  assert.equal(readTime("2026-03-01T23:30:00.250-05:30"), 29 * 60 * MINUTE);
  for (const cell of ["2026-03-01", "1.3.2026", "2026-03-01 25:00", "2026-03-01 3:20 pm"]) assert.equal(readTime(cell), 0, cell);
  assert.equal(readDay("1700000000") * DAY + readTime("1700000000"), 1_700_000_000_000);
});

test("every comment has the engine's decision, the most pressing first, with reasons and a reply", async () => {
  const app = await openList();
  const { page } = app;
  assert.equal(await page.inputValue("#answer-as-of"), "now", "the comments are fresh");
  const decisions = decide(undefined, Date.now());
  const order = inOrder(decisions);
  assert.deepEqual(await rowsOf(page), order.map(({ row }) => row));
  const options = await page.$$eval("#answer-list [role=option]", (all) => all.map((one) => one.textContent));
  order.forEach(({ one: { action, priority } }, at) => assert.ok(options[at].startsWith(`Priority ${priority} ${ACTION[action].name} `), options[at]));
  assert.ok(new Set(decisions.map(({ action }) => action)).size >= 4, "the rows are of different kinds");
  assert.match(await page.textContent("#answer-tally"), /^0 of 10 done\. 10 listed; \d+ comments wait for a reply, \d+ late\.$/);
  // The first: danger. Its reasons name the place, which is marked.
  const first = order[0].row;
  assert.equal(first, 6);
  await shownRow(page, first);
  assert.equal(await page.textContent("#answer-item-title"), "Row 7: escalate");
  const because = decisions[6].reasons.filter(({ spans }) => spans.length > 0);
  const words = because.flatMap(({ spans }) => spans).map(([start, end]) => ROWS[6][1].slice(start, end));
  assert.ok(words.length > 0);
  const quoted = await page.locator(".answer-why q").allTextContents();
  for (const word of words) assert.ok(quoted.includes(word), `${word} in ${quoted}`);
  assert.ok((await page.locator("#answer-item blockquote mark.hit").allTextContents()).join(" ").includes(words[0]));
  // A reply in the language of each message, as the library gives it.
  const replies = insight.replies(...["en", "ko", "ja", "pl", "de", "es", "fr"].map((language) => require(`hearken/replies/${language}.json`)));
  for (const { one, row } of order) {
    await page.click(`#answer-row-${row}`);
    await shownRow(page, row);
    const { action, mode, analysis } = one;
    const draft = replies.draft({ action, mode, intent: analysis.intent.label, language: analysis.language.code });
    if (draft === null) assert.equal(await page.textContent("#answer-no-reply"), "This action owes the customer no words.");
    else {
      assert.equal(await page.inputValue("#answer-reply"), draft.text);
      assert.equal(await page.getAttribute("#answer-reply", "lang"), draft.language);
    }
  }
  const languages = order.map(({ one }) => one.analysis.language.code);
  for (const code of ["en", "de", "ko", "ja"]) assert.ok(languages.includes(code), code);
  assert.deepEqual(app.network(), []);
  assert.deepEqual(app.faults, []);
  await app.close();
});

test("personal data is masked until asked for, in list, item and files", async () => {
  const app = await openList();
  const { page } = app;
  const text = () => page.textContent("#panel-answer");
  await page.click("#answer-row-0");
  await shownRow(page, 0);
  await page.waitForSelector("#answer-row-0 mark.pii");
  assert.ok(!(await text()).includes("anna.field@example.com"));
  assert.match(await page.inputValue("#answer-reply"), /\{order\}/);
  await page.waitForFunction(() => /“\{order\}”/.test(document.querySelector("#answer-doubts").textContent), null);
  assert.equal(await page.textContent("#answer-reply-notes"), "In English. Fill in: order.");
  await page.locator("#answer-reveal").check({ force: true });
  await page.waitForFunction(() => document.querySelector("#answer-row-0").textContent.includes("anna.field@example.com") && document.querySelector("#answer-item blockquote").textContent.includes("anna.field@example.com"));
  await page.locator("#answer-reveal").uncheck({ force: true });
  await page.waitForFunction(() => !document.querySelector("#panel-answer").textContent.includes("anna.field@example.com"));
  const save = async (form) => {
    const [file] = await Promise.all([page.waitForEvent("download"), page.click(`#answer-${form}`)]);
    assert.equal(file.suggestedFilename(), `messages-answers.${form}`);
    return readFile(await file.path(), "utf8");
  };
  const masked = await save("json");
  assert.ok(!masked.includes("anna.field@example.com"));
  const { policy, items } = JSON.parse(masked);
  assert.equal(policy.id, "default");
  const order = inOrder(decide(undefined, Date.now()));
  assert.deepEqual(items.map(({ row, action, queue, priority, rule, done }) => ({ row, action, queue, priority, rule, done })),
    order.map(({ row, one }) => ({ row: row + 1, action: one.action, queue: one.queue, priority: one.priority, rule: one.reasons[0].rule, done: false })));
  assert.equal(items.find(({ row }) => row === 1).text, ROWS[0][1].replace("anna.field@example.com", "[EMAIL]"));
  await page.uncheck("#answer-masked");
  const csv = csvRows(await save("csv"));
  assert.deepEqual(csv[0], ["row", "done", "action", "queue", "priority", "respondWithinMinutes", "minutesLeft", "mode", "toneHint", "missing", "rule", "reasons", "language", "text"]);
  assert.equal(csv.length, ROWS.length + 1);
  assert.equal(csv.find(([row]) => row === "1")[13], ROWS[0][1]);
  assert.match(await page.textContent("#answer-saved"), /with personal data as it was written/);
  assert.deepEqual(app.faults, []);
  await app.close();
});

test("the keyboard alone works the list: j, k, Enter, d, Escape, with one focus and words for screen readers", async () => {
  const app = await openList();
  const { page } = app;
  const order = await rowsOf(page);
  const id = (at) => `answer-row-${order[at]}`;
  for (let n = 0; n < 80 && (await focused(page)) !== id(0); n++) await page.keyboard.press("Tab");
  assert.equal(await focused(page), id(0), "Tab reaches the list");
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  assert.equal(await focused(page), id(2));
  await page.keyboard.press("k");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowUp");
  assert.equal(await focused(page), id(1));
  const state = () => page.$$eval("#answer-list [role=option]", (all) => all.filter((one) => one.tabIndex === 0 || one.getAttribute("aria-selected") === "true").map((one) => [one.id, one.tabIndex, one.getAttribute("aria-selected"), one.getAttribute("aria-posinset"), one.getAttribute("aria-setsize")]));
  assert.deepEqual(await state(), [[id(1), 0, "true", "2", "10"]], "one option at a time can have the focus");
  await page.keyboard.press("End");
  assert.equal(await focused(page), id(9));
  await page.keyboard.press("Home");
  await shownRow(page, order[0]);
  // Enter leads to the item, Escape back.
  await page.keyboard.press("Enter");
  assert.equal(await focused(page), "answer-item-title");
  await page.keyboard.press("j");
  await shownRow(page, order[1]);
  await page.keyboard.press("Escape");
  assert.equal(await focused(page), id(1));
  // Done: it leaves the open ones, the next takes its place and the focus.
  await page.keyboard.press("d");
  await listed(page, 9);
  assert.equal(await focused(page), id(2));
  assert.match(await page.textContent("#announce"), /^Done\. 1 of 10 done\. 9 listed/);
  assert.equal(await page.$eval("#answer-bar", (bar) => bar.value), 0.1);
  await page.selectOption("#answer-which", "done");
  await listed(page, 1);
  assert.deepEqual(await rowsOf(page), [order[1]]);
  assert.equal((await page.textContent(`#${id(1)} .answer-done`)), "Done");
  await shownRow(page, order[1]);
  assert.equal(await page.getAttribute("#answer-mark", "aria-pressed"), "true");
  await page.click("#answer-mark");
  await page.waitForSelector("#answer-column .nothing, .answer-column .nothing:not([hidden])");
  assert.equal(await page.isVisible("#answer-item"), false, "nothing is left to show");
  await page.selectOption("#answer-which", "open");
  await listed(page, 10);
  // Letters typed into a reply are letters.
  const spoken = order.findIndex((row) => row === 2);
  await page.click(`#${id(spoken)}`);
  await shownRow(page, 2);
  await page.focus("#answer-reply");
  await page.keyboard.press("Control+End");
  await page.keyboard.type(" djk");
  assert.match(await page.inputValue("#answer-reply"), / djk$/);
  assert.match(await page.textContent("#answer-tally"), /^0 of 10 done/);
  await page.click("#answer-all");
  await page.waitForSelector("dialog.detail[open]");
  assert.equal(await page.textContent("#detail-title"), "Row 3");
  await page.keyboard.press("Escape");
  assert.equal(await focused(page), "answer-all", "closing gives the focus back");
  assert.deepEqual(app.faults, []);
  await app.close();
});

test("action and queue filter the list, and only what is listed is saved", async () => {
  const app = await openList();
  const { page } = app;
  const decisions = decide(undefined, Date.now());
  const answers = decisions.flatMap(({ action }, row) => (action === "answer" ? [row] : []));
  assert.ok(answers.length > 1 && answers.length < ROWS.length);
  await page.selectOption("#answer-action", "answer");
  await listed(page, answers.length);
  assert.deepEqual((await rowsOf(page)).sort(), answers);
  assert.equal(await page.$eval("#answer-action", (select) => select.selectedOptions[0].textContent), `Answer (${answers.length})`);
  const [file] = await Promise.all([page.waitForEvent("download"), page.click("#answer-json")]);
  assert.equal(JSON.parse(await readFile(await file.path(), "utf8")).items.length, answers.length);
  await page.selectOption("#answer-action", "");
  const { queue } = decisions[6];
  await page.selectOption("#answer-queue", queue);
  await listed(page, decisions.filter((one) => one.queue === queue).length);
  assert.deepEqual(app.faults, []);
  await app.close();
});

test("an industry's policy decides with its topics, a policy of one's own by its file, a broken one leaves all as it was", async () => {
  const app = await openList();
  const { page } = app;
  const taxonomy = engine.taxonomy(await readFile(new URL("../../taxonomy/retail.json", import.meta.url), "utf8"));
  const retail = engine.policy(require("hearken/policies/retail.json"));
  await page.selectOption("#answer-policy", "retail");
  const expected = inOrder(decide(retail, Date.now(), { taxonomy }));
  const queues = expected.map(({ one }) => one.queue);
  assert.notDeepEqual(queues, inOrder(decide(undefined, Date.now())).map(({ one }) => one.queue));
  const shown = () => page.$$eval("#answer-list .answer-queue", (all) => all.map((one) => one.textContent.toLowerCase().replaceAll(" ", "_")));
  await page.waitForFunction((wanted) => [...document.querySelectorAll("#answer-list .answer-queue")].map((one) => one.textContent.toLowerCase().replaceAll(" ", "_")).join() === wanted, queues.join());
  // A condition on a column of the file.
  const own = JSON.stringify({ id: "mine", version: "7", rules: [
    { id: "north", when: { field: { name: "store", is: ["north"] } }, then: { action: "answer", queue: "north_desk", priority: 2, respondWithinMinutes: 60 } },
    { id: "rest", then: { action: "review", queue: "later", priority: 4 } },
  ] });
  await page.setInputFiles("#answer-policy-file", { name: "mine.json", mimeType: "application/json", buffer: Buffer.from(own) });
  await page.waitForFunction(() => document.querySelector("#answer-policy").selectedOptions[0].textContent === "Your own: mine 7");
  await listed(page, ROWS.length);
  assert.deepEqual((await shown()).slice(0, 5), Array(5).fill("north_desk"));
  assert.deepEqual((await rowsOf(page)).slice(0, 5), [0, 2, 4, 6, 8].sort((a, b) => Date.parse(ROWS[a][2]) - Date.parse(ROWS[b][2]) || a - b));
  await page.setInputFiles("#answer-policy-file", { name: "x.json", mimeType: "application/json", buffer: Buffer.from('{"id":') });
  await page.waitForSelector("#answer-problem:not([hidden])");
  assert.match(await page.textContent("#answer-problem"), /cannot be used: policy is not valid JSON at line 1/);
  assert.equal(await page.$eval("#answer-policy", (select) => select.selectedOptions[0].textContent), "Your own: mine 7");
  await listed(page, ROWS.length);
  // The row's own view tells the same decision.
  await page.click("#answer-row-0");
  await shownRow(page, 0);
  await page.click("#answer-all");
  await page.waitForSelector("dialog.detail[open]");
  assert.equal(await page.locator('.detail dl > div:has(dt:text("Queue")) dd').textContent(), "North desk");
  assert.deepEqual(app.faults, []);
  await app.close();
});

test("a reply is looked at while it is written, signed, and copied", async () => {
  const app = await openList({ permissions: ["clipboard-read", "clipboard-write"] });
  const { page } = app;
  await page.fill("#answer-agent", "Mina");
  await page.click("#answer-row-8");
  await shownRow(page, 8);
  await page.waitForFunction(() => document.querySelector("#answer-reply").value.includes("Mina"));
  await page.waitForFunction(() => document.querySelector("#answer-doubts").textContent === "Nothing speaks against it.");
  const before = await page.inputValue("#answer-reply");
  const wordings = await page.locator("#answer-variant option").count();
  assert.ok(wordings > 1, "thanks have several wordings");
  await page.selectOption("#answer-variant", { index: wordings - 1 });
  await page.waitForFunction((before) => document.querySelector("#answer-reply").value !== before, before);
  await page.fill("#answer-reply", "Dear {name}, thank you! Write to someone.else@example.com.");
  await page.waitForFunction(() => document.querySelectorAll("#answer-doubts li").length >= 3);
  const doubts = await page.textContent("#answer-doubts");
  assert.match(doubts, /“\{name\}”/);
  await page.click("#answer-copy");
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), "Dear {name}, thank you! Write to someone.else@example.com.");
  assert.deepEqual(app.network(), []);
  assert.deepEqual(app.faults, []);
  await app.close();
});

test("old comments are judged as of the newest, without dates every deadline begins now", async () => {
  const app = await openApp(browser);
  const { page } = app;
  await giveFile(page, "old.csv", "date,comment\n2025-03-01,How do I change my password?\n2025-03-03,How do I change my address?\n");
  await page.waitForSelector("#analyse");
  await analyse(page);
  await page.click("#tab-answer");
  await listed(page, 2);
  assert.equal(await page.inputValue("#answer-as-of"), "newest");
  assert.match(await page.textContent("#answer-row-0 .due"), /^Late by/);
  assert.match(await page.textContent("#answer-row-1 .due"), / left$/);
  await page.selectOption("#answer-as-of", "now");
  await page.waitForFunction(() => document.querySelector("#answer-row-1 .due")?.textContent.startsWith("Late by"));
  // One choice right after another: the last counts, and nothing is left waiting.
  await page.evaluate(() => {
    const select = document.querySelector("#answer-as-of");
    for (const value of ["newest", "now", "newest"]) {
      select.value = value;
      select.dispatchEvent(new Event("change"));
    }
  });
  await page.waitForFunction(() => document.querySelector("#answer-row-1 .due")?.textContent.endsWith(" left") && document.querySelector(".answer-busy").hidden);
  assert.equal(await page.isVisible(".answer button:text-is('Decide again')"), false);
  await page.click("#restart");
  await page.fill("#paste", "How do I change my password?\nLovely, thank you");
  await page.click("button:text-is('Use this text')");
  await page.waitForSelector("#analyse");
  await analyse(page);
  await page.click("#tab-answer");
  await listed(page, 2);
  assert.equal(await page.isVisible("#answer-as-of"), false);
  assert.match(await page.textContent("#answer-row-0 .due"), /^Within /);
  assert.deepEqual(app.faults, []);
  await app.close();
});
