// Files as they come: ragged, damaged, in other encodings, empty. No row is lost and nothing is silent.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import { after, before, test } from "node:test";
import { analyse, giveFile, launch, openApp } from "./browser.mjs";

let browser;
let app;
let page;
before(async () => {
  browser = await launch();
  app = await openApp(browser);
  page = app.page;
});
after(async () => {
  await app?.close();
  await browser?.close();
});

/** Opens a file from the first view and waits for the columns. */
async function open(name, content) {
  await page.reload();
  await page.waitForSelector("html[data-engine=ready]");
  await giveFile(page, name, content);
  await page.waitForSelector("#analyse");
}

/** Opens a file that is refused; gives the message. */
async function refused(name, content) {
  await page.reload();
  await page.waitForSelector("html[data-engine=ready]");
  await giveFile(page, name, content);
  return page.textContent(".alert");
}

const total = async () => page.getAttribute("#rows", "aria-rowcount");
const cells = async () => {
  await page.waitForSelector(".grid-body .c-text:not(.waiting)");
  return page.locator(".grid-body .c-text").allTextContents();
};

test("a ragged CSV keeps every row and marks those that do not fit", async () => {
  await open("ragged.csv", 'id,comment,stars\n1,Good shop,5\n2,Bad shop\n3,Fine,4,extra cell,more\n\n4,"Lovely" indeed,5\n');
  assert.match(await page.textContent("#notes"), /Fewer cells than the header: 1 row.*More cells than the header: 1 row.*Text after a closing quote: 1 row.*Blank lines, skipped: 1/);
  await analyse(page);
  assert.equal(await total(), "5");
  await page.check("#filter-problems");
  await page.waitForFunction(() => /^3 of 4/.test(document.querySelector("#shown").textContent));
  await page.click("#export");
  const [file] = await Promise.all([page.waitForEvent("download"), page.click("#export-save")]);
  const text = await readFile(await file.path(), "utf8");
  assert.match(text, /^\uFEFFid,comment,stars,Extra cell 1,Extra cell 2,sentiment\.label/);
  assert.match(text, /\r\n3,Fine,4,extra cell,more,/);
});

test("lines that are no JSON object are kept as they are and not counted", async () => {
  await open("messages.jsonl", '{"text":"Great service","nps":10,"__proto__":{"a":1}}\n{"text": "cut off\n[1,2]\n{"text":"Terrible wait","nps":2}\n');
  assert.match(await page.textContent("#notes"), /Not a JSON object: kept, not analysed: 2 rows/);
  await analyse(page);
  assert.equal(await total(), "5");
  assert.deepEqual(await cells(), ["Great service", '{"text": "cut off', "[1,2]", "Terrible wait"]);
  assert.equal(await page.locator(".grid-body .c-score:has-text('No result')").count(), 2);
  assert.match(await page.textContent("#figure-sentiment"), /2 comments/);
});

test("bytes that are no UTF-8 are marked, and another encoding can be chosen", async () => {
  const latin = Buffer.from("comment,stars\nTr\xe8s bien,5\nUn d\xe9lai fou,1\nok so far,4\n", "latin1");
  await open("latin.csv", latin);
  assert.match(await page.textContent("#notes"), /Characters that could not be decoded: 2 rows/);
  await Promise.all([page.waitForSelector("#notes", { state: "detached" }), page.selectOption("#encoding", "windows-1252")]);
  await analyse(page);
  assert.equal((await cells())[0], "Très bien");
});

test("gzip and UTF-16 are read as they are", async () => {
  await open("zipped.csv.gz", gzipSync("comment;nps\nGut und schnell;9\nZu langsam, leider;3\n"));
  await analyse(page);
  assert.deepEqual(await cells(), ["Gut und schnell", "Zu langsam, leider"]);
  await open("wide.txt", Buffer.from("\uFEFF좋아요 정말 최고예요\n배송이 너무 늦어요\n", "utf16le"));
  await analyse(page);
  assert.deepEqual(await cells(), ["좋아요 정말 최고예요", "배송이 너무 늦어요"]);
});

test("damaged or empty files are refused with the reason", async () => {
  assert.match(await refused("broken.csv.gz", gzipSync("comment\n".repeat(9999)).subarray(0, 40)), /gzip data is damaged or cut off after 40 bytes/);
  assert.match(await refused("empty.csv", ""), /no rows/);
  assert.match(await refused("header.csv", "id,comment\n"), /no rows/);
  assert.match(await refused("list.json", '[{"text":"a"},\n{"text":"b"}]'), /JSON Lines/);
  assert.match(await refused("none.jsonl", "nonsense\n"), /No line of it is a JSON object/);
});

test("a column without text gives a clear message", async () => {
  await open("nothing.csv", "id,comment,reply\n1,All fine here,\n2,Not good at all,\n");
  await page.selectOption("#text", { label: "reply" });
  await page.click("#analyse");
  assert.match(await page.textContent(".alert"), /The column “reply” has no text in any of 2 rows/);
  assert.equal(await page.evaluate(() => document.activeElement.id), "text");
});

test("odd texts are rows like others: NUL, lone surrogates, 200,000 characters", async () => {
  const long = "This is fine. ".repeat(15_000);
  await open("odd.jsonl", ['{"text":"nul \\u0000 inside, good"}', '{"text":"half \\ud83d emoji, bad"}', JSON.stringify({ text: `${long} call +1 212 555 0142` }), '{"text":""}'].join("\n"));
  await analyse(page);
  assert.equal(await total(), "5");
  assert.match(await page.textContent("#problems"), /Too long: only the beginning was analysed: 1 row/);
});

test("ratings off the scale are named and left out", async () => {
  await open("ratings.csv", "comment,nps\nGood,9\nBad,11\nSo so,seven\nNone,\nZero is an answer,0\n");
  await page.selectOption("#rating", { label: "nps" });
  await analyse(page);
  assert.match(await page.textContent("#problems"), /Rating not on the scale: 2 rows/);
  assert.match(await page.textContent("#figure-nps"), /2 answers/);
});

test("pasted lines and pasted tables", async () => {
  await page.reload();
  await page.waitForSelector("html[data-engine=ready]");
  await page.fill("#paste", "Good, but slow\n\nI like it\nNo, never again");
  await page.click(".paste button");
  await page.waitForSelector("#analyse");
  assert.equal(await page.textContent("#analyse"), "Analyse 3 comments");
  await page.click("button:text-is('Choose another source')");
  await page.fill("#paste", "id\tcomment\n1\tGood\n2\tBad\n");
  await page.click(".paste button");
  await page.waitForSelector("#analyse");
  assert.equal(await page.textContent("#analyse"), "Analyse 2 comments");
  await page.click("summary:text-is('How it is read')");
  await page.uncheck("#header");
  await page.waitForSelector("#analyse:text-is('Analyse 3 comments')");
});

test("a file can be dropped anywhere on the page", async () => {
  await page.reload();
  await page.waitForSelector("html[data-engine=ready]");
  await page.evaluate(() => {
    const data = new DataTransfer();
    data.items.add(new File(["comment\nA rather good place to stay\nNot so good at all\n"], "dropped.csv", { type: "text/csv" }));
    document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
  });
  await page.waitForSelector("#analyse:text-is('Analyse 2 comments')");
});

test("channels in the file's own words get their own lines", async () => {
  await open("shops.csv", "channel,comment\nShop Nord,Great service here\nShop Nord,Really awful wait\nemail,All good\nShop Süd,Never again\nother,Okay then\n");
  await analyse(page);
  const names = await page.locator("section.card:has(h2:text-is('By channel')) tbody th").allTextContents();
  assert.deepEqual(names.sort(), ["Email", "Other", "Shop Nord", "Shop Süd"]);
});

test("the masked export masks every column; what cannot be redacted is left out", async () => {
  const giant = `${"words ".repeat(200_000)} mail me at jane.roe@example.com`;
  await open("people.csv", `contact,comment\njohn.doe@example.com,All was good with the visit\n=cmd,${giant}\n`);
  await page.selectOption("#text", { label: "comment" });
  assert.equal((await page.textContent(".preview")).includes("john.doe"), false, "the preview is masked");
  await analyse(page);
  assert.equal((await cells())[1], "[withheld: could not be redacted]");
  await page.locator(".grid-body .row").first().click();
  await page.waitForSelector("dialog.detail[open]");
  assert.match(await page.textContent(".detail-content"), /contact\[EMAIL\]/);
  await page.keyboard.press("Escape");
  await page.click("#export");
  const [file] = await Promise.all([page.waitForEvent("download"), page.click("#export-save")]);
  const text = await readFile(await file.path(), "utf8");
  assert.ok(!text.includes("@example.com"));
  assert.match(text, /\r\n\[EMAIL\],All was good/);
  assert.match(text, /\r\n'=cmd,\[withheld: could not be redacted\],/);
});

test("nothing of this made a request or broke the policy", () => {
  assert.deepEqual(app.faults, []);
});
