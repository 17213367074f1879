/** Views side by side, one shown at a time. Each is made when it is first opened. Keyboard: arrows, Home, End. */
import { el } from "./dom.ts";

/** One view. */
export interface Tab {
  id: string;
  name: string;
  make: () => HTMLElement;
  /** Called each time it is shown. */
  shown?: () => void;
}

/** The row of tabs, their panels, and a way to open one. */
export interface Tabs {
  list: HTMLElement;
  panels: HTMLElement[];
  open: (id: string) => void;
}

/** Makes them; the first is open. */
export function tabs(label: string, all: readonly Tab[]): Tabs {
  const panels = all.map(({ id }) => el("div", { id: `panel-${id}`, class: "panel", role: "tabpanel", "aria-labelledby": `tab-${id}`, hidden: true }));
  const buttons = all.map(({ id, name }) =>
    el("button", { type: "button", role: "tab", id: `tab-${id}`, "aria-controls": `panel-${id}`, "aria-selected": "false", tabindex: "-1", on: { click: () => open(id) } }, name));
  const made = new Set<string>();
  const open = (id: string): void => {
    all.forEach((tab, at) => {
      const chosen = tab.id === id;
      buttons[at]!.setAttribute("aria-selected", String(chosen));
      buttons[at]!.tabIndex = chosen ? 0 : -1;
      panels[at]!.hidden = !chosen;
      if (!chosen) return;
      if (!made.has(id)) panels[at]!.append(tab.make());
      made.add(id);
      tab.shown?.();
    });
  };
  const move = (event: Event): void => {
    const { key } = event as KeyboardEvent;
    const now = buttons.findIndex((button) => button === document.activeElement);
    const to = { ArrowRight: now + 1, ArrowLeft: now - 1, Home: 0, End: all.length - 1 }[key];
    if (now < 0 || to === undefined) return;
    event.preventDefault();
    const at = (to + all.length) % all.length;
    open(all[at]!.id);
    buttons[at]!.focus();
  };
  const list = el("div", { class: "modes tabs", role: "tablist", "aria-label": label, on: { keydown: move } }, buttons);
  const [first] = all;
  if (first !== undefined) open(first.id);
  return { list, panels, open };
}
