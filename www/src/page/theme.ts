/** Light, dark or as the system says. The choice is remembered on this device; nothing else is. */
import { byId } from "./dom.ts";

const KEY = "hearken-theme";

/** Connects the selection in the header. Works without storage too. */
export function startTheme(): void {
  const select = byId("theme") as HTMLSelectElement;
  const apply = (): void => {
    if (select.value === "system") delete document.documentElement.dataset["theme"];
    else document.documentElement.dataset["theme"] = select.value;
  };
  try {
    const kept = localStorage.getItem(KEY);
    if (kept === "light" || kept === "dark") select.value = kept;
  } catch {
    // Storage may be forbidden; the choice then lasts as long as the page.
  }
  apply();
  select.addEventListener("change", () => {
    apply();
    try {
      localStorage.setItem(KEY, select.value);
    } catch {
      // As above.
    }
  });
}
