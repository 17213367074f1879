// The main path through the built app in Chromium, under the headers a host sends.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { runnerImport } from "vite";
import { fileURLToPath } from "node:url";
import { analyse, giveFile, launch, openApp } from "./browser.mjs";

const { module: { DelimitedParser } } = await runnerImport(fileURLToPath(new URL("../src/shared/delimited.ts", import.meta.url)));
const SAMPLE = fileURLToPath(new URL("../public/sample.csv", import.meta.url));

function rowsOf(csv) {
  const rows = [];
  const parser = new DelimitedParser(",", (cells) => rows.push(cells));
  parser.push(csv.replace(/^\uFEFF/, ""));
  parser.end();
  return rows;
}

const source = rowsOf(await readFile(SAMPLE, "utf8"));
const total = source.length - 1;
let browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

const number = (text) => Number(/[\d,]+/.exec(text)[0].replaceAll(",", ""));
const shown = async (page) => number(await page.textContent("#shown"));

/** Waits until the listed number of rows is no longer `before`; gives the new one. */
async function changed(page, before) {
  await page.waitForFunction((n) => Number(/[\d,]+/.exec(document.querySelector("#shown").textContent)[0].replaceAll(",", "")) !== n, before);
  return shown(page);
}

async function download(page, choose = async () => {}) {
  await page.click("#export");
  await choose();
  const [file] = await Promise.all([page.waitForEvent("download"), page.click("#export-save")]);
  const text = await readFile(await file.path(), "utf8");
  await page.click("dialog.export button:text-is('Close')");
  return { name: file.suggestedFilename(), rows: rowsOf(text), text };
}

test("a file is read, analysed, filtered, revealed and exported without any request", async () => {
  const app = await openApp(browser);
  const { page } = app;
  await page.setInputFiles("#file", SAMPLE);
  await page.waitForSelector("#analyse");
  for (const [id, name] of [["text", "comment"], ["rating", "nps"], ["channel", "channel"], ["language", "lang"], ["date", "date"]]) {
    assert.equal(await page.$eval(`#${id}`, (select) => select.selectedOptions[0].textContent), name);
  }
  assert.equal(await page.inputValue("#scale"), "nps");
  await analyse(page);

  await page.waitForSelector("[role=row][aria-rowindex='2'] .c-text:not(.waiting)");
  assert.equal(await shown(page), total);
  assert.equal(await page.getAttribute("#rows", "aria-rowcount"), String(total + 1));
  assert.match(await page.textContent("#figure-sentiment"), /95% interval [+−]?\d.* to [+−]?\d/);
  const answers = source.slice(1).filter((row) => row[4] !== "").length;
  assert.match(await page.textContent("#figure-nps"), new RegExp(`95% interval .*${answers} answers`));
  const label = await page.getAttribute(".chart .stack", "aria-label");
  assert.match(label, /negative [\d,]+ \(\d/);
  assert.equal(await page.locator(".chart .stack rect").count(), 3);
  assert.ok(await page.locator(".plot svg .fill-negative").count() > 3, "the time chart is drawn");
  const parts = await page.locator(".legend td.quiet").allTextContents();
  assert.ok(parts.map(number).reduce((a, b) => a + b) <= total);

  // Each filter alone gives fewer rows, and clearing gives all again.
  const filters = [
    () => page.selectOption("#filter-label", "negative"),
    () => page.selectOption("#filter-language", "ko"),
    () => page.selectOption("#filter-act", "question"),
    () => page.selectOption("#filter-disposition", "respond"),
    () => page.selectOption("#filter-intent", { index: 1 }),
    () => page.selectOption("#filter-emotion", { index: 1 }),
    () => page.selectOption("#filter-mark", { index: 1 }),
    () => page.check("#filter-pii"),
    () => page.fill("#search", "  ÜBER* "),
  ];
  for (const filter of filters) {
    await filter();
    const fewer = await changed(page, total);
    assert.ok(fewer > 0 && fewer < total, `${fewer} of ${total}`);
    await page.click(".filters button[type=reset]");
    assert.equal(await changed(page, fewer), total);
  }
  await page.fill("#search", "no comment holds these words");
  assert.equal(await changed(page, total), 0);
  await page.click(".filters button[type=reset]");
  await changed(page, 0);

  // Sorted by score, the first rows are the most negative.
  await page.click(".c-score button");
  await page.waitForSelector(".c-score[aria-sort=ascending]");
  const scores = await page.locator(".grid-body .score").allTextContents();
  const values = scores.map((text) => Number(text.replace("−", "-"))).slice(0, 5);
  assert.ok(values.every((value) => value < 0), scores.slice(0, 5).join());
  await page.click(".c-row button");
  await page.waitForSelector(".c-row[aria-sort=ascending]");

  // Personal data is masked until asked for: the value is not even on the page.
  await page.check("#filter-pii");
  const withPii = await changed(page, total);
  await page.waitForSelector(".grid-body mark.pii");
  const masked = await page.locator(".grid-body mark.pii").allTextContents();
  assert.ok(masked.every((text) => /^\[[A-Z_]+\]$/.test(text)), masked.join());
  await page.locator("#reveal").check({ force: true });
  await page.waitForFunction(() => [...document.querySelectorAll(".grid-body mark.pii")].some((mark) => !mark.textContent.startsWith("[")));
  const values2 = await page.locator(".grid-body mark.pii").allTextContents();
  assert.ok(values2.every((text) => source.some((row) => row[5].includes(text))), "revealed values are those of the file");
  await page.locator("#reveal").uncheck({ force: true });

  // Export: all rows masked, then the rows listed as they are.
  const all = await download(page);
  assert.equal(all.name, "sample-hearken.csv");
  assert.equal(all.rows.length, source.length);
  assert.deepEqual(all.rows[0].slice(0, 6), source[0]);
  assert.deepEqual(all.rows[0].slice(6), [
    "sentiment.label", "sentiment.score", "sentiment.mixed", "emotions", "acts", "intent.label", "intent.confidence", "topics", "safety", "irony", "broadcast",
    "disposition", "states", "meaningful", "language.code", "language.confidence", "pii", "problems",
  ]);
  assert.deepEqual(all.rows.map((row) => row[0]), source.map((row) => row[0]));
  for (const value of values2) assert.ok(!all.text.includes(value), "a revealed value is in the masked export");
  const listed = await download(page, async () => {
    await page.check("#export-listed");
    await page.uncheck("#export-masked");
  });
  assert.equal(listed.rows.length, withPii + 1);
  assert.ok(values2.every((value) => listed.text.includes(value)));
  assert.deepEqual(app.network(), []);
  assert.deepEqual(app.faults, []);
  await app.close();
});

test("the keyboard alone is enough", async () => {
  const app = await openApp(browser);
  const { page } = app;
  const focused = () => page.evaluate(() => document.activeElement?.id || document.activeElement?.textContent);
  const tabTo = async (id) => {
    for (let i = 0; i < 150; i++) {
      if ((await focused()) === id) return;
      await page.keyboard.press("Tab");
    }
    assert.fail(`Tab never reaches ${id}`);
  };
  await page.keyboard.press("Tab");
  await tabTo("file");
  await tabTo("sample");
  await page.keyboard.press("Enter");
  await page.waitForSelector("#analyse");
  assert.equal(await focused(), "Check the columns", "the focus follows to the new heading");
  await tabTo("text");
  await tabTo("analyse");
  await page.keyboard.press("Enter");
  await page.waitForSelector("#done");
  assert.equal(await page.textContent("#announce"), "The analysis is done.");
  await tabTo("export");
  await tabTo("reveal");
  await tabTo("search");
  await tabTo("rows");
  const active = () => page.evaluate(() => document.getElementById(document.getElementById("rows").getAttribute("aria-activedescendant"))?.getAttribute("aria-rowindex"));
  assert.equal(await active(), "2");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  assert.equal(await active(), "4");
  await page.keyboard.press("End");
  assert.equal(await active(), String(total + 1));
  await page.keyboard.press("Home");
  await page.keyboard.press("Enter");
  await page.waitForSelector("dialog.detail[open]");
  assert.equal(await page.textContent("#detail-title"), "Row 1");
  await page.keyboard.press("Escape");
  await page.waitForSelector("dialog.detail:not([open])", { state: "attached" });
  assert.equal(await focused(), "rows", "closing gives the focus back");
  assert.deepEqual(app.faults, []);
  await app.close();
});

test("landmarks, names and roles are there", async () => {
  const app = await openApp(browser);
  const { page } = app;
  await page.click("#sample");
  await page.waitForSelector("#analyse");
  const unnamed = () => page.evaluate(() => [...document.querySelectorAll("button, input, select, textarea, dialog, svg[role=img], [role=grid], [role=region], [role=group]")]
    .filter((element) => !(element.getAttribute("aria-label") || element.getAttribute("aria-labelledby") || element.labels?.length || element.textContent.trim()))
    .map((element) => element.outerHTML.slice(0, 80)));
  assert.deepEqual(await unnamed(), []);
  await analyse(page);
  await page.waitForSelector("[role=gridcell]");
  assert.deepEqual(await unnamed(), []);
  for (const landmark of ["header", "main", "footer"]) assert.equal(await page.locator(`body > ${landmark}`).count(), 1);
  assert.equal(await page.locator("h1").count(), 1);
  const ids = await page.$$eval("[id]", (all) => all.map((element) => element.id));
  assert.equal(new Set(ids).size, ids.length, "ids are unique");
  await app.close();
});

test("light, dark and the choice between them", async () => {
  const app = await openApp(browser, { colorScheme: "dark" });
  const { page } = app;
  const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const dark = await ground();
  await page.selectOption("#theme", "light");
  const light = await ground();
  assert.notEqual(dark, light);
  await page.reload();
  assert.equal(await ground(), light, "the choice is kept");
  await page.selectOption("#theme", "system");
  assert.equal(await ground(), dark);
  await page.emulateMedia({ colorScheme: "light" });
  assert.equal(await ground(), light);
  assert.deepEqual(app.faults, []);
  await app.close();
});

test("the policy holds: no connection, no inline script, no markup from text", async () => {
  const app = await openApp(browser);
  const { page } = app;
  const attempts = await page.evaluate(async () => {
    const fails = async (work) => {
      try {
        await work();
        return false;
      } catch {
        return true;
      }
    };
    return [
      await fails(() => fetch("sample.csv")),
      await fails(() => new Promise((resolve, reject) => Object.assign(new Image(), { onload: resolve, onerror: reject, src: "https://example.com/x.png" }))),
      await fails(() => (document.createElement("div").innerHTML = "<b>")),
      await fails(() => new Worker("data:text/javascript,1")),
    ];
  });
  assert.deepEqual(attempts, [true, true, true, true]);
  const evil = '<img src=x onerror="document.title=1">';
  await giveFile(page, "evil.csv", `__proto__,constructor\n"${evil.replaceAll('"', '""')} is bad",${evil.replaceAll('"', "")}\nfine,ok\n`);
  await page.waitForSelector("#analyse");
  await page.selectOption("#text", "0");
  await analyse(page);
  await page.waitForSelector(".grid-body .c-text:not(.waiting)");
  assert.equal(await page.locator("main img").count(), 0);
  assert.ok((await page.locator(".grid-body .c-text").first().textContent()).startsWith("<img"));
  await app.close();
});
