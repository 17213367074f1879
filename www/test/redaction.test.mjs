// The view of one text shows it before and after redaction; the engine in Node says what is right.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Engine } from "hearken";
import { launch, openApp } from "./browser.mjs";

let browser;
let engine;
before(async () => {
  [browser, engine] = await Promise.all([launch(), Engine.load()]);
});
after(async () => {
  engine?.free();
  await browser?.close();
});

const TEXT = "Mail jane.doe@example.com or joe@example.com, card 4111 1111 1111 1111. <b>Thanks</b>";

test("redaction: types are switched, counted, and written as chosen", async () => {
  const { page, close } = await open();
  const shown = () => page.textContent(".redact-after");
  await page.waitForSelector("#redaction:not([hidden])");
  assert.equal(await shown(), engine.redact(TEXT).text);
  assert.equal(await page.textContent(".redact-before"), TEXT);
  assert.deepEqual(await page.locator(".redact-before mark").allTextContents(), ["jane.doe@example.com", "joe@example.com", "4111 1111 1111 1111"]);
  assert.deepEqual(await page.locator(".redact-types label").allTextContents(), ["E-mail address (2)", "Card number (1)"]);
  assert.equal(await page.textContent("#redact-total"), "3 values taken out");
  for (const mode of ["numbered", "mask", "partial", "remove"]) {
    await page.selectOption("#redact-mode", mode);
    await page.waitForFunction((text) => document.querySelector(".redact-after").textContent === text, engine.redact(TEXT, { mode }).text);
  }
  await page.selectOption("#redact-mode", "numbered");
  await page.uncheck('[data-type="email"]');
  const without = engine.redact(TEXT, { mode: "numbered", types: ["card"] }).text;
  await page.waitForFunction((text) => document.querySelector(".redact-after").textContent === text, without);
  assert.equal(await page.textContent("#redact-total"), "1 value taken out");
  await close();
});

test("redaction: a text without personal data has no panel", async () => {
  const { page, close } = await open("The parcel came late.");
  await page.waitForTimeout(200);
  assert.equal(await page.isVisible("#redaction"), false);
  await close();
});

async function open(text = TEXT) {
  const app = await openApp(browser);
  await app.page.click("#mode-text");
  await app.page.fill("#one-text", text);
  await app.page.click("#read");
  await app.page.waitForFunction(() => (document.querySelector("#reading").dataset.count ?? "") !== "");
  return app;
}
