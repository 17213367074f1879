// 100,000 rows: the page stays free, cancel works, the table scrolls.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, openApp } from "./browser.mjs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

const ROWS = 100_000;
/**
 * Longest task of the page's own thread. The aim is 50 ms; the test machine shares two cores with
 * other work, and a task is measured by the clock, so that a pause of the whole process counts too.
 */
const LONGEST_MS = 200;

let browser;
let folder;
let file;
before(async () => {
  browser = await launch();
  folder = await mkdtemp(join(tmpdir(), "hearken-www-"));
  file = join(folder, "large.csv");
  const openings = ["The delivery was late again", "I love the new app", "배송이 너무 늦었어요", "とても親切でした", "Die Hotline war nicht erreichbar", "Todo perfecto, gracias", "Le colis est arrivé cassé", "Obsługa bardzo miła"];
  const channels = ["survey", "review", "chat", "email"];
  const lines = ["id,date,channel,nps,comment"];
  for (let i = 0; i < ROWS; i++) {
    const day = new Date(Date.UTC(2025, 0, 1 + (i % 360))).toISOString().slice(0, 10);
    lines.push(`${i},${day},${channels[i % 4]},${i % 11},"${openings[i % 8]}, order ${i}, and more words to make it as long as usual${i % 50 === 0 ? `, mail me at user${i}@example.com` : ""}"`);
  }
  await writeFile(file, lines.join("\n"));
});
after(async () => {
  await browser?.close();
  if (folder) await rm(folder, { recursive: true });
});

/** Starts to measure: tasks over 50 ms and gaps between frames. */
const watch = (page) => page.evaluate(() => {
  const seen = (window.seen = { tasks: [], longestFrame: 0, frames: 0 });
  new PerformanceObserver((list) => seen.tasks.push(...list.getEntries().map((entry) => Math.round(entry.duration)))).observe({ type: "longtask" });
  let last = performance.now();
  const frame = (now) => {
    seen.longestFrame = Math.max(seen.longestFrame, now - last);
    seen.frames++;
    last = now;
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
});

test(`${ROWS.toLocaleString("en")} rows are analysed while the page stays free`, async (t) => {
  const app = await openApp(browser);
  const { page } = app;
  await watch(page);
  await page.evaluate(() => {
    window.bars = [];
    new MutationObserver(() => {
      const bar = document.querySelector("#progress");
      if (bar) window.bars.push(bar.value);
    }).observe(document.querySelector("#main"), { subtree: true, childList: true, characterData: true, attributes: true });
  });
  await page.setInputFiles("#file", file);
  await page.waitForSelector("#analyse");
  await page.evaluate(() => void (window.bars.length = 0));
  const began = Date.now();
  await page.click("#analyse");
  await page.waitForSelector("#progress");
  await page.waitForSelector("#done", { timeout: 240_000 });
  const seconds = (Date.now() - began) / 1000;
  const bars = await page.evaluate(() => window.bars);
  assert.ok(new Set(bars).size >= 5, `the bar took ${new Set(bars).size} positions`);
  assert.deepEqual(bars, [...bars].sort((a, b) => a - b), "the bar never goes back");
  assert.equal(await page.getAttribute("#rows", "aria-rowcount"), String(ROWS + 1));

  // Scroll through the whole table, then search and sort it.
  await page.evaluate(async () => {
    const body = document.querySelector(".grid-body");
    for (let step = 1; step <= 60; step++) {
      body.scrollTop = (body.scrollHeight * step) / 60;
      await new Promise(requestAnimationFrame);
    }
  });
  await page.waitForSelector(`[aria-rowindex='${ROWS + 1}'] .c-text:not(.waiting)`);
  const elements = await page.locator(".grid-body [role=row]").count();
  assert.ok(elements < 80, `${elements} rows are elements`);
  await page.fill("#search", "order 99999,");
  await page.waitForFunction(() => document.querySelector("#shown").textContent.startsWith("1 of"));
  await page.click(".filters button[type=reset]");
  await page.click(".c-score button");
  await page.waitForSelector(".c-score[aria-sort=ascending]");
  const { tasks, longestFrame, frames } = await page.evaluate(() => window.seen);
  const longest = Math.max(0, ...tasks);
  t.diagnostic(`${ROWS} rows in ${seconds.toFixed(1)} s (${Math.round(ROWS / seconds)} rows/s); tasks over 50 ms: ${tasks.length}, longest ${longest} ms; ${frames} frames, longest gap ${Math.round(longestFrame)} ms`);
  assert.ok(longest < LONGEST_MS, `a task of ${longest} ms`);

  await page.click("#export");
  const [download] = await Promise.all([page.waitForEvent("download", { timeout: 120_000 }), page.click("#export-save")]);
  const text = await readFile(await download.path(), "utf8");
  assert.equal(text.trimEnd().split("\r\n").length, ROWS + 1);
  assert.ok(!text.includes("@example.com"));
  await page.click("dialog.export button:text-is('Close')");

  // Decide about all of them; stopped, it can be begun again.
  await page.evaluate(() => void (window.seen.tasks.length = 0));
  await page.click("#tab-answer");
  await page.click(".answer-busy button");
  await page.waitForSelector(".answer button:text-is('Decide again')");
  const start = Date.now();
  await page.click(".answer button:text-is('Decide again')");
  await page.waitForSelector("#answer-list [role=option]", { timeout: 240_000 });
  const decided = (Date.now() - start) / 1000;
  assert.match(await page.textContent("#answer-tally"), /^0 of 100,000 done\. 100,000 listed/);
  await page.focus("#answer-list [tabindex='0']");
  for (const key of ["j", "d", "d", "End"]) await page.keyboard.press(key);
  assert.match(await page.textContent("#answer-tally"), /^2 of 100,000 done\. 99,998 listed/);
  const slow = Math.max(0, ...(await page.evaluate(() => window.seen.tasks)));
  t.diagnostic(`decided in ${decided.toFixed(1)} s (${Math.round(ROWS / decided)} rows/s); longest task ${slow} ms`);
  assert.ok(slow < LONGEST_MS, `a task of ${slow} ms while deciding`);
  assert.deepEqual(app.network(), []);
  assert.deepEqual(app.faults, []);
  await app.close();
});

test("cancel stops the analysis and leads back to the columns", async (t) => {
  const app = await openApp(browser);
  const { page } = app;
  await page.setInputFiles("#file", file);
  await page.waitForSelector("#analyse");
  await page.click("#analyse");
  await page.waitForFunction(() => (document.querySelector("#progress")?.value ?? 0) > 0.02);
  const began = Date.now();
  await page.click("#cancel");
  await page.waitForSelector("#analyse");
  t.diagnostic(`stopped after ${Date.now() - began} ms`);
  assert.ok(Date.now() - began < 3000);
  assert.equal(await page.locator(".alert:visible").count(), 0);
  // The worker is free again: the same file can be analysed to its end.
  await page.click("button:text-is('Choose another source')");
  await page.click("#sample");
  await page.waitForSelector("#analyse");
  await page.click("#analyse");
  await page.waitForSelector("#done");
  assert.deepEqual(app.network(), []);
  assert.deepEqual(app.faults, []);
  await app.close();
});
