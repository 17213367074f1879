/** What all comments say together: score, findings, drivers, topics, time, wishes, and reports. Counted when first opened. */
import type { Finding } from "hearken";
import { READERS, type Counted, type Reader, type ReportForm } from "../shared/counting.ts";
import type { Timeline } from "../shared/protocol.ts";
import { timeChart } from "./chart.ts";
import type { Client } from "./client.ts";
import { announce, el } from "./dom.ts";
import { download } from "./export.ts";
import { count } from "./format.ts";
import { alertCard, cxCards, demandCard, driversCard, gapsNote, halvesCard, linesCard, trendCard } from "./insight-parts.ts";

/** What the view needs from the results. */
export interface InsightActions {
  client: Client;
  timeline: Timeline | null;
  /** Opens a row with everything known about it. */
  open: (row: number) => void;
  /** Lists the comments of a topic. */
  topic: (label: string) => void;
  title: string;
  /** Begin of the names of files. */
  stem: string;
}

const FORMS: readonly (readonly [form: ReportForm, name: string, ending: string])[] = [
  ["html", "Report as HTML", "html"], ["markdown", "Report as Markdown", "md"], ["json", "Report as JSON", "json"], ["share", "Figures to share", "json"],
];

/** Two parts side by side where there is room. */
function pair(...parts: (HTMLElement | null)[]): HTMLElement | null {
  const there = parts.filter((part) => part !== null);
  return there.length === 0 ? null : el("div", { class: "pair" }, there);
}

/** The view. */
export function insightPanel({ client, timeline, open, topic, title, stem }: InsightActions): HTMLElement {
  const body = el("div", { class: "insight-body", id: "insight-body" });
  const working = el("progress", { id: "insight-working", max: "1", "aria-label": "Counting" });
  const busy = el("div", { class: "answer-busy" }, el("p", { class: "quiet" }, "Counting all comments…"), working,
    el("button", { type: "button", class: "button small", on: { click: () => client.cancel() } }, "Cancel"));
  const problem = el("p", { class: "alert", role: "alert", hidden: true });
  const again = el("button", { type: "button", class: "button", id: "insight-again", hidden: true, on: { click: () => void load() } }, "Count again");
  const reader = el("select", { id: "insight-reader", on: { change: () => void translate() } }, READERS.map(([code, name]) => el("option", { value: code }, name)));
  const list = el("ol", { class: "findings", id: "findings" });
  const saved = el("p", { class: "quiet", id: "insight-saved", role: "status" });
  const reports = FORMS.map(([form, name, ending]) =>
    el("button", { type: "button", class: "button small", id: `report-${form}`, on: { click: () => void save(form, ending) } }, name));

  const load = async (): Promise<void> => {
    [busy.hidden, problem.hidden, again.hidden] = [false, true, true];
    try {
      const counted = await client.call("count", { reader: reader.value as Reader }, ({ done, total }) => (working.value = total === 0 ? 0 : done / total));
      show(counted);
      announce(`Counted. ${counted.findings.length} findings.`);
    } catch (error) {
      problem.textContent = error instanceof Error ? error.message : "It could not be counted.";
      [problem.hidden, again.hidden] = [false, false];
    } finally {
      busy.hidden = true;
    }
  };

  const show = (counted: Counted): void => {
    write(counted.findings);
    body.replaceChildren(...[
      cxCards(counted),
      el("section", { class: "card", "aria-labelledby": "findings-title" },
        el("div", { class: "title" }, el("h2", { id: "findings-title" }, "What matters most"),
          el("div", { class: "actions insight-reports" }, el("label", { for: "insight-reader" }, "Language"), reader, reports)),
        list, saved),
      alertCard(counted, open),
      timeline === null ? null : timeChart(timeline, "insight-"),
      trendCard(counted),
      halvesCard(counted),
      driversCard(counted),
      pair(linesCard("By topic", "topics", counted.topics, "Topic", topic), linesCard("By time", "periods", counted.periods.lines, "Period", null)),
      demandCard(counted, open),
      gapsNote(counted),
    ].filter((part) => part !== null));
    body.dataset["ready"] = String(Math.round(counted.elapsedMs));
  };

  const write = (findings: readonly Finding[]): void => {
    list.lang = reader.value;
    list.replaceChildren(...findings.map(({ sentence, method, kind, tooFew }) => el("li", { class: tooFew ? "few" : "", "data-kind": kind }, sentence, " ", el("details", {}, el("summary", { lang: "en" }, "Source"), el("p", { class: "quiet", lang: "en" }, method)))));
    if (findings.length === 0) list.replaceChildren(el("li", { class: "quiet", lang: "en" }, "There are too few comments for a finding."));
  };

  const translate = async (): Promise<void> => {
    saved.textContent = "";
    try {
      write(await client.call("findings", { reader: reader.value as Reader }));
    } catch (error) {
      saved.textContent = error instanceof Error ? error.message : "The findings could not be written.";
    }
  };

  const save = async (form: ReportForm, ending: string): Promise<void> => {
    saved.textContent = "Writing the report";
    for (const button of reports) button.disabled = true;
    try {
      const blob = await client.call("report", { reader: reader.value as Reader, form, title });
      const shared = form === "share";
      download(blob, shared ? `${stem}-figures.${ending}` : `${stem}-report.${reader.value}.${ending}`);
      const size = `Saved, ${count(Math.ceil(blob.size / 1024))} KiB.`;
      saved.textContent = shared ? `${size} It holds counts, no comments, and no group of fewer than five.` : `${size} Comments in it are masked.`;
    } catch (error) {
      saved.textContent = error instanceof Error ? error.message : "The report could not be written.";
    } finally {
      for (const button of reports) button.disabled = false;
    }
  };

  void load();
  return el("section", { class: "insight", "aria-labelledby": "insight-title" }, el("h2", { id: "insight-title" }, "What they say together"), busy, problem, again, body);
}
