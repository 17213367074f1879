// The search box with its language, and the themes, in the built app.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { analyse, giveFile, launch, openApp } from "./browser.mjs";

const CSV = `comment,nps,date
"Late delivery, and nobody answered. Write to anna@example.com",1,2026-01-05
"The parcel was delivered two days late, I want a refund",2,2026-01-20
"Great service, thank you!",10,2026-02-01
"배송이 너무 늦어요",3,2026-02-03
${Array.from({ length: 6 }, (_, i) => `"Late delivery number ${i}, because of the ${["rain", "snow", "fog", "wind", "storm", "heat"][i]} again",2,2026-03-0${i + 1}`).join("\n")}
`;

let browser;
let app;
before(async () => {
  browser = await launch();
  app = await openApp(browser);
  await giveFile(app.page, "a.csv", CSV);
  await app.page.waitForSelector("#analyse");
  await analyse(app.page);
  await app.page.waitForSelector("[role=row][aria-rowindex='2'] .c-text:not(.waiting)");
});
after(async () => {
  await app?.close();
  await browser?.close();
});

/** Searches and waits for so many comments. */
async function finds(text, n) {
  await app.page.fill("#search", text);
  const said = n === 10 ? "10 comments" : `${n} of 10 comments`;
  await app.page.waitForFunction((said) => document.querySelector("#shown").textContent === said, said);
}

test("the search box reads words, nearness, labels, ratings and dates", async () => {
  await finds("late NEAR/3 delivered", 1);
  await finds("\"late delivery\" NOT number", 1);
  await finds("늦", 1);
  await finds("rating>=9 sentiment:positive", 1);
  await finds("after:2026-01-20 before:2026-02-02", 2);
  await finds("has:email", 1);
  await finds("topic:delivery.negative", 9);
  await finds("topic:delivery.positive", 0);
  await finds("effort:high", 5);
  await finds("journey:delivery urgency:normal churn:no wish:no", 7);
  await finds("", 10);
});

test("the words found are marked, and masked data stays whole", async () => {
  const { page } = app;
  await finds("late NOT number", 2);
  await page.waitForFunction(() => document.querySelectorAll(".grid-body mark.hit").length === 2);
  assert.deepEqual(await page.locator(".grid-body mark.hit").allTextContents(), ["Late", "late"]);
  await finds("anna", 1);
  await page.waitForSelector(".grid-body mark.pii.hit");
  assert.equal(await page.textContent(".grid-body mark.pii.hit"), "[EMAIL]");
  await finds("", 10);
});

test("a search that cannot be read says where and why, and keeps the list", async () => {
  const { page } = app;
  await finds("late", 8);
  await page.fill("#search", "late AND sentiment:sad");
  await page.waitForSelector("#search-error:not([hidden])");
  assert.equal(await page.textContent("#search-error mark.wrong"), "sad");
  assert.match(await page.textContent("#search-error"), /Sentiment is one of negative, neutral, positive, mixed/);
  assert.equal(await page.getAttribute("#search", "aria-invalid"), "");
  assert.equal(await page.textContent("#shown"), "8 of 10 comments");
  await finds("", 10);
  assert.equal(await page.isHidden("#search-error"), true);
});

test("themes are found on request and list their comments", async () => {
  const { page } = app;
  await page.click("#find-themes");
  await page.waitForSelector(".theme-line");
  const line = page.locator(".theme-line", { hasText: "late delivery" });
  assert.match(await line.textContent(), /late delivery7 \(/);
  await line.click();
  await page.waitForFunction(() => document.querySelector("#shown").textContent === "7 of 10 comments");
  assert.equal(await page.inputValue("#search"), "\"late delivery\"");
  assert.deepEqual(app.network(), []);
  assert.deepEqual(app.faults, []);
});
