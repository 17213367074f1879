// Own labels in the page: by hand, from a column, from a file; quality, advice, rows, export, saving and loading.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { analyse, giveFile, launch, openApp } from "./browser.mjs";

let browser;
let rows;
before(async () => {
  browser = await launch();
  const text = await readFile(new URL("../../tests/learn/examples.tsv", import.meta.url), "utf8");
  rows = text.trim().split("\n").slice(1).map((line) => line.split("\t"));
});
after(async () => {
  await browser?.close();
});

const csv = (table) => table.map((cells) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(",")).join("\n");
const UNLABELLED = [["The courier lost my parcel", ""], ["They charged me twice again", ""], ["app freezes at login", ""]];

/** The results of the rows, with labels in a column or without. */
async function results(labelled) {
  const app = await openApp(browser);
  const table = [...rows.map(([text, label]) => [text, labelled ? label : ""]), ...UNLABELLED];
  await giveFile(app.page, "comments.csv", csv([["comment", "topic"], ...table]));
  await app.page.waitForSelector("#analyse");
  await analyse(app.page);
  await app.page.waitForSelector("#teach-title");
  return app;
}

const learn = async (page) => {
  await page.click("#teach-train");
  await page.waitForFunction(() => /labelled|needed|looks like/.test(document.querySelector("#teach-status").textContent));
};

const labelRows = (page) => page.$$eval("#teach-labels tbody tr", (all) => all.map((row) => [...row.children].map((cell) => cell.textContent)));

test("labels of a column are learned, every row gets one, and the file comes back", async () => {
  const app = await results(true);
  const { page } = app;
  await page.selectOption("#teach-column", { label: "topic" });
  await learn(page);
  assert.match(await page.textContent("#teach-status"), /^39 rows labelled\.$/);
  assert.match(await page.textContent("#teach-quality"), /^[\d.]+\s?% right on 36 examples it did not learn from\.$/);
  const labels = await labelRows(page);
  assert.deepEqual(labels.map(([label]) => label), ["app", "billing", "delivery"]);
  assert.equal(labels.reduce((sum, [, n]) => sum + Number(n), 0), 39);
  assert.ok(labels.every(([, , examples]) => examples === "12"));
  await page.click("#teach-labels button >> text=delivery");
  await page.waitForSelector("#teach-rows li");
  assert.ok((await page.locator("#teach-rows li").count()) <= 5);
  await page.click("#teach-rows button >> nth=0");
  await page.waitForSelector("dialog[open]");
  await page.keyboard.press("Escape");

  const [download] = await Promise.all([page.waitForEvent("download"), page.click("#teach-save")]);
  assert.equal(download.suggestedFilename(), "comments.hkc");
  const file = await readFile(await download.path());
  assert.equal(file.subarray(0, 4).toString(), "HKCL");

  await page.click("#export");
  const [table] = await Promise.all([page.waitForEvent("download"), page.click("#export-save")]);
  const lines = (await readFile(await table.path(), "utf8")).split("\n");
  assert.match(lines[0], /own\.label,own\.confidence/);
  assert.match(lines.find((line) => line.startsWith("The courier lost")), /,delivery,0\.\d+/);
  assert.deepEqual(app.network(), []);
  assert.deepEqual(app.faults, []);
  await app.close();

  const second = await results(false);
  await second.page.setInputFiles("#teach-load", { name: "comments.hkc", mimeType: "application/octet-stream", buffer: file });
  await second.page.waitForSelector("#teach-labels");
  assert.deepEqual((await labelRows(second.page)).map(([label, n]) => [label, n]), labels.map(([label, n]) => [label, n]));
  const damaged = Buffer.from(file);
  damaged[400] ^= 1;
  await second.page.setInputFiles("#teach-load", { name: "bad.hkc", mimeType: "application/octet-stream", buffer: damaged });
  await second.page.waitForFunction(() => document.querySelector("#teach-status").textContent.includes("damaged"));
  assert.deepEqual(second.faults, []);
  await second.close();
});

test("labels given by hand are learned; what is missing is said", async () => {
  const app = await results(false);
  const { page } = app;
  await learn(page);
  assert.match(await page.textContent("#teach-status"), /at least two labels/);
  await page.waitForFunction(() => document.querySelector("#teach-quote").textContent.includes("parcel was left"));
  for (const label of ["late", "late", "other"]) {
    const before = await page.textContent("#teach-quote");
    await page.fill("#teach-label", label);
    await page.click("#teach-give");
    await page.waitForFunction((before) => document.querySelector("#teach-quote").textContent !== before, before);
  }
  assert.equal(await page.textContent("#teach-picked"), "3 comments: late 2, other 1");
  await learn(page);
  assert.match(await page.textContent("#teach-status"), /rows? labelled/);
  assert.match((await page.locator("#teach-advice li").allTextContents()).join(" "), /Label \d+ more as “other”/);
  assert.deepEqual(app.faults, []);
  await app.close();
});

test("labels come from a file of their own", async () => {
  const app = await results(false);
  const { page } = app;
  const content = Buffer.from(csv([["message", "category"], ...rows]));
  await page.setInputFiles("#teach-file", { name: "labels.csv", mimeType: "text/csv", buffer: content });
  await page.check("#teach-unsure");
  await learn(page);
  assert.match(await page.textContent("#teach-quality"), /keep their own label/);
  const labels = (await labelRows(page)).filter(([label]) => label !== "No label");
  assert.deepEqual(labels.map(([label]) => label), ["app", "billing", "delivery"]);
  const none = Buffer.from("message\none\ntwo\n");
  await page.setInputFiles("#teach-file", { name: "labels.csv", mimeType: "text/csv", buffer: none });
  await learn(page);
  assert.match(await page.textContent("#teach-status"), /no column that looks like labels/);
  assert.deepEqual(app.faults, []);
  await app.close();
});
