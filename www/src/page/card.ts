/** Leads to the model card, which is built beside the page. */
import { el } from "./dom.ts";

/** Says how far labels can be trusted. Opens another tab, so that what was read stays here. */
export function modelCardNote(): HTMLElement {
  return el(
    "p",
    { class: "card-note" },
    "Every label is a guess. Irony is experimental, and so is any label in a language it could not be tested in: ",
    el("a", { href: "./model-card.html", target: "_blank", rel: "noopener" }, "the model card tells how often each is right"),
    ".",
  );
}
