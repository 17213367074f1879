/** What many comments speak of, found when asked for. A line lists its comments. */
import type { ThemeLine, ThemesFound } from "../shared/protocol.ts";
import { announce, el } from "./dom.ts";
import { count, counted, languageName, share } from "./format.ts";

/** The panel; `find` looks for themes, `choose` searches for one. */
export function themesPanel(find: () => Promise<ThemesFound>, choose: (search: string) => void): HTMLElement {
  const list = el("div", { id: "themes-list" });
  const button = el("button", { type: "button", class: "button", id: "find-themes", on: { click: () => void show() } }, "Find themes");
  const show = async (): Promise<void> => {
    button.disabled = true;
    button.textContent = "Looking for themes…";
    try {
      const found = await find();
      list.replaceChildren(...listOf(found, choose));
      button.remove();
      announce(`${counted(found.themes.length, "theme")} found.`);
    } catch {
      // Cancelled by newer work: it can be asked for again.
      button.disabled = false;
      button.textContent = "Find themes";
    }
  };
  return el("section", { class: "themes", "aria-labelledby": "themes-title" },
    el("h2", { id: "themes-title" }, "Themes"),
    el("p", { class: "quiet" }, "Phrases that return in many comments, gathered by their leading word. “In no topic” marks those that the topics do not explain."), button, list);
}

function listOf({ themes, texts, error }: ThemesFound, choose: (search: string) => void): Node[] {
  if (themes.length === 0) return [el("p", { class: "quiet" }, "No phrase returns in enough comments.")];
  const languages = new Set(themes.map(({ language }) => language)).size;
  const rows = themes.map((theme) => line(theme, languages > 1, choose));
  const note = `Of ${counted(texts, "comment")} with a phrase.${error > 0 ? ` Numbers may be too low by ${count(error)}.` : ""} Choose a theme to list comments with its first phrase.`;
  return [el("ul", { class: "theme-lines card" }, rows), el("p", { class: "quiet" }, note)];
}

function line(theme: ThemeLine, named: boolean, choose: (search: string) => void): HTMLElement {
  const { negative, neutral, positive } = theme.sentiment;
  const total = Math.max(1, negative + neutral + positive);
  const part = (kind: string, n: number): HTMLElement => {
    const bar = el("span", { class: `theme-part ${kind}` });
    bar.style.width = `${((n / total) * 100).toFixed(1)}%`;
    return bar;
  };
  return el("li", {},
    el("button", { type: "button", class: "theme-line", on: { click: () => choose(theme.search) } },
      el("span", { class: "theme-name" }, theme.name, named && el("span", { class: "quiet" }, ` ${languageName(theme.language)}`),
        theme.fresh && el("span", { class: "quiet theme-fresh" }, " in no topic")),
      el("span", { class: "theme-count" }, `${count(theme.count)} (${share(theme.count, Math.round(theme.count / Math.max(theme.share, 1e-9)))})`),
      el("span", { class: "theme-bar", role: "img", "aria-label": `${count(negative)} negative, ${count(neutral)} neutral, ${count(positive)} positive` },
        part("negative", negative), part("neutral", neutral), part("positive", positive))),
    theme.phrases.length > 0 && el("p", { class: "theme-phrases quiet" }, theme.phrases.map(([text, n]) => `${text} (${count(n)})`).join(" · ")));
}
