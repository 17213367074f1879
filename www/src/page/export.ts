/** Export to CSV: which rows, and whether personal data is masked. */
import type { ExportOptions, Progress } from "../shared/protocol.ts";
import { el } from "./dom.ts";
import { count, counted } from "./format.ts";

/** What the dialog needs from the results. */
export interface ExportActions {
  /** Rows listed now, and how many there are in all. */
  rows: () => { listed: Uint32Array; total: number };
  write: (options: ExportOptions, progress: (progress: Progress) => void) => Promise<{ blob: Blob; rows: number }>;
  cancel: () => void;
  /** Name of the file to write. */
  fileName: string;
}

/** A button that opens the dialog, and the dialog. */
export function exportControl(actions: ExportActions): { button: HTMLElement; dialog: HTMLDialogElement } {
  const all = el("input", { type: "radio", name: "rows", id: "export-all", checked: true });
  const listed = el("input", { type: "radio", name: "rows", id: "export-listed" });
  const allText = el("span", {});
  const listedText = el("span", {});
  const masked = el("input", { type: "checkbox", id: "export-masked", checked: true });
  const status = el("p", { class: "quiet", role: "status" });
  const warning = el("p", { class: "note", hidden: true }, "The file will hold personal data as it was written.");
  const save = el("button", { type: "submit", class: "button primary", id: "export-save" }, "Save CSV");
  let running = false;
  masked.addEventListener("change", () => {
    warning.hidden = masked.checked;
  });
  const submit = async (): Promise<void> => {
    running = true;
    save.disabled = true;
    try {
      const options = { rows: listed.checked ? actions.rows().listed : null, masked: masked.checked };
      const { blob, rows } = await actions.write(options, ({ done, total }) => {
        status.textContent = `Writing ${count(done)} of ${count(total)} rows`;
      });
      download(blob, actions.fileName);
      status.textContent = `Saved ${counted(rows, "row")}.`;
    } catch (error) {
      status.textContent = error instanceof Error ? error.message : "The file could not be written.";
    } finally {
      running = false;
      save.disabled = false;
    }
  };
  const dialog = el(
    "dialog",
    { class: "export", "aria-labelledby": "export-title" },
    el(
      "form",
      {
        on: {
          submit: (event) => {
            event.preventDefault();
            void submit();
          },
        },
      },
      el("h2", { id: "export-title" }, "Export as CSV"),
      el("p", { class: "quiet" }, "The columns of your file, then the results. Cells that a spreadsheet could take for a formula get an apostrophe in front."),
      el("fieldset", {}, el("legend", {}, "Rows"), el("label", { class: "check" }, all, allText), el("label", { class: "check" }, listed, listedText)),
      el("label", { class: "check" }, masked, "Mask personal data in every column"),
      warning,
      status,
      el(
        "div",
        { class: "actions end" },
        el("button", { type: "button", class: "button", on: { click: () => dialog.close() } }, "Close"),
        save,
      ),
    ),
  );
  dialog.addEventListener("close", () => {
    if (running) actions.cancel();
  });
  const button = el(
    "button",
    {
      type: "button", class: "button primary", id: "export",
      on: {
        click: () => {
          const rows = actions.rows();
          allText.textContent = `All ${counted(rows.total, "row")}`;
          listedText.textContent = `Only the ${counted(rows.listed.length, "row")} listed now, in their order`;
          status.textContent = "";
          dialog.showModal();
        },
      },
    },
    "Export…",
  );
  return { button, dialog };
}

/** Hands the file to the browser's downloads. The link lives as long as the browser needs it. */
export function download(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = el("a", { href: url, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
