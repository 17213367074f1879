// What the page tells of one text and of many: labels, evidence, counts. The engine in Node says what is right.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { after, before, test } from "node:test";
import { Engine } from "hearken";
import { runnerImport } from "vite";
import { analyse, giveFile, launch, openApp } from "./browser.mjs";

const load = async (name) => (await runnerImport(fileURLToPath(new URL(`../src/${name}.ts`, import.meta.url)))).module;
const { ACT, DISPOSITION, EMOTION, INTENT, SAFETY, SENTIMENT } = await load("shared/labels");
const { FACETS, facetName } = await load("shared/facets");
const { DelimitedParser } = await load("shared/delimited");

const COMPLAINT = "Third time I am writing: my parcel still has not arrived. The chat agent was lovely, but please send me my money back.";
/** Longest task of the page's own thread, as in large.test.mjs: the aim is 50 ms, the machine is shared. */
const LONGEST_MS = 200;

let browser;
let engine;
before(async () => {
  [browser, engine] = await Promise.all([launch(), Engine.load()]);
});
after(async () => {
  engine?.free();
  await browser?.close();
});

/** The app in the view of one text. */
async function openOne(options) {
  const app = await openApp(browser, options);
  await app.page.click("#mode-text");
  return app;
}

/** Reads a text and waits for its labels. */
async function read(page, text, question = "") {
  await page.fill("#one-text", text);
  await page.fill("#one-question", question);
  const before = (await page.getAttribute("#reading", "data-count")) ?? "";
  await page.click("#read");
  await page.waitForFunction((count) => (document.querySelector("#reading").dataset.count ?? "") !== count, before);
}

/** Values of one line of the labels. */
const line = (page, name) => page.locator(`.answers dl > div:has(dt:text("${name}")) dd`);
const chips = async (page, name) => line(page, name).locator(".chip").allTextContents();
/** The text as it is shown, without the words for screen readers. */
const quote = (page) => page.$eval(".quote", (element) => {
  const copy = element.cloneNode(true);
  copy.querySelectorAll(".hidden").forEach((hidden) => hidden.remove());
  return copy.textContent;
});
const number = (text) => Number(text.replace("−", "-").replace("+", ""));

/** Watches for shifts that no input explains, and for long tasks. */
const watch = (page) => page.evaluate(() => {
  const seen = (window.seen = { shift: 0, tasks: [] });
  new PerformanceObserver((list) => list.getEntries().forEach((entry) => {
    if (!entry.hadRecentInput) seen.shift += entry.value;
  })).observe({ type: "layout-shift" });
  new PerformanceObserver((list) => seen.tasks.push(...list.getEntries().map((entry) => Math.round(entry.duration)))).observe({ type: "longtask" });
});

test("one text shows every label the engine gives, in plain words", async () => {
  const app = await openOne();
  const { page } = app;
  await read(page, COMPLAINT);
  const { sentiment, intent, acts, emotions, safety, disposition } = engine.analyze(COMPLAINT);
  assert.equal(await page.textContent(".disposition strong"), DISPOSITION[disposition].name);
  assert.ok((await page.textContent(".disposition")).endsWith(DISPOSITION[disposition].meaning));
  assert.equal((await chips(page, "Sentiment"))[0], SENTIMENT[sentiment.label]);
  assert.equal((await chips(page, "Sentiment")).length, sentiment.mixed ? 2 : 1);
  assert.deepEqual(await chips(page, "Reason"), [INTENT[intent.label]]);
  const percent = new Intl.NumberFormat("en", { style: "percent", maximumFractionDigits: 1 });
  const reason = await line(page, "Reason").textContent();
  assert.ok(reason.includes(`${percent.format(intent.confidence)} likely`), reason);
  for (const other of intent.others) assert.ok(reason.includes(`${INTENT[other.label]} ${percent.format(other.confidence)}`), reason);
  assert.deepEqual(await chips(page, "Acts"), acts.map((act) => ACT[act]));
  assert.deepEqual(await chips(page, "Emotions"), emotions.map(({ label }) => EMOTION[label]));
  assert.deepEqual(await chips(page, "Safety"), safety.map(({ label }) => SAFETY[label]));
  assert.doesNotMatch(await line(page, "Emotions").textContent(), /\d/, "emotions have no number");
  assert.match(await page.textContent("#announce"), /^Read\. Sentiment /);
  const unnamed = await page.$$eval("button, input, textarea, summary, [role=group], nav, blockquote", (all) => all
    .filter((element) => !(element.getAttribute("aria-label") || element.getAttribute("aria-labelledby") || element.labels?.length || element.textContent.trim()))
    .map((element) => element.outerHTML.slice(0, 80)));
  assert.deepEqual(unnamed, []);
  assert.equal(await page.locator("h1").count(), 1);
  assert.deepEqual(app.network(), []);
  assert.deepEqual(app.faults, []);
  await app.close();
});

test("the keyboard chooses a label: its places are marked, and the sum is exact", async () => {
  const app = await openOne();
  const { page } = app;
  await page.focus("#one-text");
  await page.keyboard.type(COMPLAINT);
  await page.keyboard.press("Control+Enter");
  await page.waitForSelector("#reading[data-count]");
  const { evidence } = engine.analyze(COMPLAINT, { evidence: true });
  const buttons = page.locator("button.chip");
  assert.equal(await buttons.count(), evidence.length, "every label with evidence is a button");
  assert.equal(await page.locator("button.chip[aria-pressed=true]").count(), 1, "the sentiment is chosen first");
  await page.focus("details.sum summary");
  await page.keyboard.press("Enter");
  await page.waitForSelector("details.sum tfoot");
  let marks = 0;
  for (let at = 0; at < evidence.length; at++) {
    await buttons.nth(at).focus();
    await page.keyboard.press("Space");
    assert.equal(await buttons.nth(at).getAttribute("aria-pressed"), "true");
    assert.equal(await page.locator("button.chip[aria-pressed=true]").count(), 1);
    const name = (await buttons.nth(at).getAttribute("aria-label")).replace(/^.*?: /, "");
    assert.ok((await page.textContent(".why-line")).includes(`“${name}”`), name);
    assert.equal(await quote(page), COMPLAINT, "marks change no letter");
    marks += await page.locator(".quote .push").count();
    const rows = await page.$$eval("details.sum tbody td, details.sum tfoot td", (cells) => cells.map((cell) => cell.textContent));
    const [logit, ...addends] = rows.map(number).reverse();
    const error = Math.abs(addends.reduce((sum, value) => sum + value, 0) - logit);
    assert.ok(error <= 0.0005 * (rows.length + 1) + 0.001, `${name}: off by ${error}`);
    const own = evidence.find(({ logit: exact }) => Math.abs(exact - logit) <= 0.00051);
    assert.ok(own, `${name}: ${logit} is the logit of a label`);
    const words = await page.$$eval("details.sum tbody th", (cells) => cells.slice(2).map((cell) => cell.textContent));
    for (const word of words) assert.ok(/weaker place/.test(word) || COMPLAINT.includes(word.slice(1, -1)), word);
  }
  assert.ok(marks > 0, "no place of any label is marked");
  // Not by colour alone: the kind of line and words say the direction, its thickness the strength.
  const looks = await page.evaluate(() => {
    const made = (name) => {
      const element = document.createElement("mark");
      element.className = name;
      document.querySelector(".quote").append(element);
      const { textDecorationStyle: style, textDecorationThickness: thickness } = getComputedStyle(element);
      element.remove();
      return [style, thickness];
    };
    return ["push for level-3", "push against level-3", "push for level-1"].map(made);
  });
  assert.deepEqual(looks, [["solid", "4px"], ["dashed", "4px"], ["solid", "1px"]]);
  const said = await page.locator(".quote .push .hidden").allTextContents();
  assert.ok(said.every((text) => /^ \((weakly|clearly|strongly) (for|against)\)$/.test(text)), said.join());
  assert.deepEqual(app.faults, []);
  await app.close();
});

test("what would be bought and an expectation alone are shown", async () => {
  const app = await openOne();
  const { page } = app;
  await read(page, "Do you have this in blue?");
  assert.deepEqual(await chips(page, "Would buy"), ["this in blue"]);
  await read(page, "Terrible. I expected a quiet room.");
  assert.equal((await line(page, "Expected").textContent()).trim(), "a quiet room");
  assert.deepEqual(app.faults, []);
  await app.close();
});

test("the survey question is read with the answer", async () => {
  const app = await openOne();
  const { page } = app;
  const question = "What could we do better?";
  await read(page, "Nothing.", question);
  const { acts } = engine.analyze("Nothing.", { question });
  assert.deepEqual(await chips(page, "Acts"), acts.map((act) => ACT[act]));
  assert.ok(acts.includes("praise"));
  await read(page, "Nothing.");
  assert.deepEqual(await chips(page, "Acts"), engine.analyze("Nothing.").acts.map((act) => ACT[act]));
  assert.deepEqual(app.faults, []);
  await app.close();
});

test("a long text, odd texts and no text at all", async () => {
  const app = await openOne();
  const { page } = app;
  await watch(page);
  await page.click("#read");
  assert.equal(await page.evaluate(() => document.activeElement.id), "one-text");
  await read(page, `${COMPLAINT} `.repeat(800));
  assert.match(await page.textContent(".reading-result .note"), /only the beginning was read/);
  assert.equal((await quote(page)).length, 20_001);
  await page.click("details.sum summary");
  await page.click("button.chip >> nth=1");
  assert.ok(await page.locator(".quote .push").count() <= 300);
  assert.match(await page.textContent("details.sum"), /weaker places/);
  for (const text of ["😡😡😡", "<b>no markup</b>", "n/a", "a\u0000b \ud83d", "안녕하세요"]) {
    await read(page, text);
    assert.equal(await page.locator(".quote b").count(), 0);
  }
  const { tasks } = await page.evaluate(() => window.seen);
  assert.ok(Math.max(0, ...tasks) < LONGEST_MS, `a task of ${Math.max(0, ...tasks)} ms`);
  assert.deepEqual(app.faults, []);
  await app.close();
});

test("counts equal the exported rows, and a line of a list filters the table", async () => {
  const app = await openApp(browser);
  const { page } = app;
  await page.click("#sample");
  await page.waitForSelector("#analyse");
  await analyse(page);
  const [file] = await Promise.all([page.waitForEvent("download"), page.click("#export").then(() => page.click("#export-save"))]);
  await page.click("dialog.export button:text-is('Close')");
  const rows = [];
  const parser = new DelimitedParser(",", (cells) => rows.push(cells));
  parser.push((await readFile(await file.path(), "utf8")).replace(/^\uFEFF/, ""));
  parser.end();
  const header = rows.shift();
  const cell = (row, name) => row[header.indexOf(name)];
  const slugs = {
    disposition: (row) => [cell(row, "disposition")],
    intent: (row) => [cell(row, "intent.label")],
    topic: (row) => cell(row, "topics").split(" ").map((topic) => topic.split("=")[0]),
    act: (row) => cell(row, "acts").split(" "),
    emotion: (row) => cell(row, "emotions").split(" "),
    mark: (row) => [...cell(row, "safety").split(" "), ...["sentiment.mixed", "irony", "broadcast"].filter((name) => cell(row, name) === "true").map((name) => name.split(".").at(-1))],
  };
  const general = JSON.parse(await readFile(fileURLToPath(new URL("../../taxonomy/general.json", import.meta.url)), "utf8"));
  const topicNames = Object.fromEntries(general.topics.map(({ id, name }) => [id, name.en]));
  for (const facet of FACETS) {
    const nameOf = (slug) => facetName(facet, slug, topicNames);
    const expected = new Map();
    for (const row of rows) for (const slug of slugs[facet](row)) if (slug !== "") expected.set(nameOf(slug), (expected.get(nameOf(slug)) ?? 0) + 1);
    const more = page.locator(`.facet-${facet} > button`);
    if (await more.count() > 0) await more.click();
    const found = await page.$$eval(`.facet-${facet} .bar-line`, (all) => all.map((button) => [button.querySelector(".bar-name").textContent, Number(button.querySelector(".bar-count").textContent.replace(",", ""))]));
    assert.deepEqual(new Map(found), expected, facet);
    assert.ok(found.length > 0, facet);
    // With the keyboard: press a line, then press it again.
    const button = page.locator(`.facet-${facet} .bar-line`).first();
    const [name, n] = found[0];
    await button.focus();
    await page.keyboard.press("Enter");
    await page.waitForFunction((text) => document.querySelector("#shown").textContent.startsWith(text), n === rows.length ? `${n} comments` : `${n} of`);
    assert.equal(await button.getAttribute("aria-pressed"), "true");
    assert.match(await page.$eval(`#filter-${facet}`, (select) => select.selectedOptions[0].textContent), new RegExp(`^${name} \\(`));
    const aria = await page.getAttribute("#rows", "aria-rowcount");
    assert.equal(aria, String(n + 1));
    await page.keyboard.press("Enter");
    await page.waitForFunction((text) => document.querySelector("#shown").textContent === text, `${rows.length} comments`);
    assert.equal(await button.getAttribute("aria-pressed"), "false");
  }
  // Two filters hold together.
  await page.selectOption("#filter-act", "complaint");
  await page.selectOption("#filter-disposition", "respond");
  const both = rows.filter((row) => slugs.act(row).includes("complaint") && cell(row, "disposition") === "respond").length;
  await page.waitForFunction((text) => document.querySelector("#shown").textContent.startsWith(text), `${both} of`);
  const first = await page.locator(".grid-body .c-labels").first().textContent();
  assert.ok(first.includes("Respond") && first.includes("Complaint"), first);
  assert.deepEqual(app.network(), []);
  assert.deepEqual(app.faults, []);
  await app.close();
});

test("the opened row shows its evidence, and masked values stay hidden in it", async () => {
  const app = await openApp(browser);
  const { page } = app;
  const comment = "I am furious, jane.roe@example.com is my address and nobody answers. Call me on +1 212 555 0142!";
  await giveFile(page, "rows.csv", `comment\n"${comment}"\nLovely service all round\n`);
  await page.waitForSelector("#analyse");
  await analyse(page);
  await page.locator(".grid-body .row").first().click();
  await page.waitForSelector("dialog.detail[open] button.chip[aria-pressed=true]");
  const { evidence, acts, disposition } = engine.analyze(comment, { evidence: true });
  assert.equal(await page.textContent(".disposition strong"), DISPOSITION[disposition].name);
  assert.deepEqual(await chips(page, "Acts"), acts.map((act) => ACT[act]));
  await page.click("details.sum summary");
  const buttons = page.locator("dialog.detail button.chip");
  assert.equal(await buttons.count(), evidence.length);
  for (let at = 0; at < evidence.length; at++) {
    await buttons.nth(at).click();
    assert.equal(await quote(page), "I am furious, [EMAIL] is my address and nobody answers. Call me on [PHONE]!");
    assert.doesNotMatch(await page.textContent("dialog.detail"), /jane|roe|example|0142/, "a value shows in the evidence");
  }
  await page.keyboard.press("Escape");
  await page.locator("#reveal").check({ force: true });
  await page.locator(".grid-body .row").first().click();
  await page.waitForFunction(() => !document.querySelector("dialog.detail .quote").textContent.includes("[EMAIL]"));
  assert.equal(await quote(page), comment);
  await page.click("dialog.detail button:text-is('Next')");
  await page.waitForFunction(() => document.querySelector("#detail-title").textContent === "Row 2");
  assert.equal(await quote(page), "Lovely service all round");
  assert.deepEqual(app.faults, []);
  await app.close();
});

test("the survey question of a file counts for all its rows", async () => {
  const app = await openApp(browser);
  const { page } = app;
  const question = "What could we do better?";
  await giveFile(page, "answers.csv", "id,comment\n1,Nothing.\n2,Shorter queues\n");
  await page.waitForSelector("#analyse");
  await page.fill("#question", question);
  await analyse(page);
  const found = await page.locator(".grid-body .c-labels").allTextContents();
  for (const [at, text] of ["Nothing.", "Shorter queues"].entries()) {
    const { acts } = engine.analyze(text, { question });
    for (const act of acts.filter((one) => one !== "statement")) assert.ok(found[at].includes(ACT[act]), `${text}: ${found[at]}`);
  }
  await page.locator(".grid-body .row").first().click();
  await page.waitForSelector("dialog.detail[open]");
  assert.deepEqual(await chips(page, "Acts"), engine.analyze("Nothing.", { question }).acts.map((act) => ACT[act]));
  await app.close();
});

for (const [name, options] of [["a wide page", {}], ["320 px, dark", { viewport: { width: 320, height: 640 }, colorScheme: "dark" }]]) {
  test(`nothing shifts or runs over the edge: ${name}`, async () => {
    const app = await openApp(browser, options);
    const { page } = app;
    await watch(page);
    const fits = async (where) => {
      const [content, width] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
      assert.ok(content <= width, `${where}: ${content} px in ${width}`);
      const wide = await page.$$eval("button, select, input, .chip, .card, dialog[open] *", (all) => all
        .filter((element) => !element.closest(".scroll, .grid-body, .hidden") && element.checkVisibility() && element.getBoundingClientRect().right > innerWidth + 1)
        .map((element) => `${element.tagName}.${element.className}`));
      assert.deepEqual(wide, [], where);
    };
    await fits("start");
    await page.click("#mode-text");
    await fits("one text, empty");
    await read(page, COMPLAINT);
    await fits("one text");
    const height = () => page.$eval("#reading", (element) => element.getBoundingClientRect().height);
    const tall = await height();
    for (const chip of (await page.locator("button.chip").all()).slice(0, 3)) {
      await chip.click();
      assert.ok(Math.abs((await height()) - tall) <= 1, "choosing a label moves nothing");
    }
    await page.click("#mode-topics");
    await page.waitForSelector("#topics-found li");
    await fits("topics");
    const unnamed = await page.$$eval("button, input, select, textarea, summary, [role=group], nav, blockquote", (all) => all
      .filter((element) => element.checkVisibility() && !(element.getAttribute("aria-label") || element.getAttribute("aria-labelledby") || element.labels?.length || element.textContent.trim()))
      .map((element) => element.outerHTML.slice(0, 80)));
    assert.deepEqual(unnamed, []);
    await page.click("#mode-file");
    await page.click("#sample");
    await page.waitForSelector("#analyse");
    await fits("columns");
    await analyse(page);
    await page.waitForSelector(".grid-body .c-text:not(.waiting)");
    await fits("results");
    await page.locator(".grid-body .row").first().click();
    await page.waitForSelector("dialog.detail[open]");
    await fits("detail");
    await page.keyboard.press("Escape");
    const { shift, tasks } = await page.evaluate(() => window.seen);
    assert.ok(shift < 0.02, `layout shift ${shift}`);
    assert.ok(Math.max(0, ...tasks) < LONGEST_MS, `a task of ${Math.max(0, ...tasks)} ms`);
    assert.deepEqual(app.faults, []);
    await app.close();
  });
}

test("a note leads to the model card, which is there and holds to the policy", async () => {
  const app = await openOne();
  const { page } = app;
  await read(page, COMPLAINT);
  const [card] = await Promise.all([page.context().waitForEvent("page"), page.click(".card-note a")]);
  await card.waitForSelector("h1");
  assert.match(await card.textContent("h1"), /Model card/);
  assert.ok(await card.locator("table tbody tr").count() > 5);
  const policy = await card.getAttribute("meta[http-equiv]", "content");
  assert.match(policy, /connect-src 'none'/);
  assert.equal(await card.evaluate(() => getComputedStyle(document.querySelector("main")).display), "grid", "the styles apply");
  assert.deepEqual(app.faults, []);
  await app.close();
});
