/** Writes cells of CSV (RFC 4180) that spreadsheets read as text, never as formulas. */

/**
 * One cell of text. A cell that starts with `= + - @`, tab or CR gets an apostrophe in front (OWASP, "CSV
 * injection"), numbers too. Quoted where RFC 4180 asks for it, and where blanks at an end would be lost.
 */
export function csvCell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n\t]/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** One line with its line end. Numbers are written as they are: they are the app's own figures. */
export function csvLine(cells: readonly (string | number)[]): string {
  return `${cells.map((cell) => (typeof cell === "number" ? String(cell) : csvCell(cell))).join(",")}\r\n`;
}
