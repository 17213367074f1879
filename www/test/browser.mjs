// Opens the built app in a real Chromium and watches what it must not do.
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { serve } from "./server.mjs";

export const DIST = fileURLToPath(new URL("../dist", import.meta.url));

const ARGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

/** A browser; CHROME_PATH names another one. */
export const launch = () => chromium.launch({ executablePath: process.env.CHROME_PATH || "/usr/bin/chromium", args: ARGS });

/**
 * A page with the app, engine started. `faults` collects policy violations, errors and console errors;
 * `requests` every request since the app was ready, of the page and its workers.
 */
export async function openApp(browser, options = {}) {
  const server = await serve(DIST);
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, acceptDownloads: true, ...options });
  const page = await context.newPage();
  const faults = [];
  const requests = [];
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") faults.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => faults.push(`error: ${error.message}`));
  await context.exposeFunction("reportViolation", (text) => faults.push(`policy: ${text}`));
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => window.reportViolation(`${event.violatedDirective} ${event.blockedURI}`));
  });
  await page.goto(server.url);
  await page.waitForSelector("html[data-engine=ready]");
  const hitsBefore = server.hits.length;
  context.on("request", (request) => requests.push(request.url()));
  page.on("websocket", (socket) => requests.push(socket.url()));
  return {
    page, faults, server,
    /** Requests since the app was ready: as the browser tells and as the server saw. */
    network: () => [...requests.filter((url) => !url.startsWith("blob:")), ...server.hits.slice(hitsBefore)],
    async close() {
      await context.close();
      await server.close();
    },
  };
}

/** Gives the app a file. */
export async function giveFile(page, name, content, mimeType = "text/csv") {
  await page.setInputFiles("#file", { name, mimeType, buffer: Buffer.from(content) });
}

/** From the column view to the results. */
export async function analyse(page, timeout = 120_000) {
  await page.click("#analyse");
  await page.waitForSelector("#done", { timeout });
}
