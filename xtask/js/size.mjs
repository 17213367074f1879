// Prints raw, gzip 9 and brotli 11 bytes of the files a budget names, and fails above it.
//
// node xtask/js/size.mjs size-budget.json
// Exit status: 0 within budget, 1 above it or a file is absent, 2 wrong budget file.

import { readFile } from "node:fs/promises";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const KINDS = ["raw", "gzip", "brotli"];

/** Sizes of one file in bytes. */
function measure(bytes) {
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: 11,
    [constants.BROTLI_PARAM_LGWIN]: 24,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  };
  return { raw: bytes.length, gzip: gzipSync(bytes, { level: 9 }).length, brotli: brotliCompressSync(bytes, { params }).length };
}

/** Refuses a budget with unknown or wrong fields, so that a slip of the pen cannot switch a check off. */
function check(files) {
  if (!Array.isArray(files) || files.length === 0) throw new Error("files must be a list that is not empty");
  for (const [at, file] of files.entries()) {
    for (const [field, value] of Object.entries(file)) {
      const right = KINDS.includes(field) ? Number.isInteger(value) && value > 0 : ["name", "path"].includes(field) && typeof value === "string";
      if (!right) throw new Error(`files[${at}].${field} is not known or has a wrong value`);
    }
    if (!KINDS.some((kind) => kind in file)) throw new Error(`files[${at}] sets no budget`);
  }
  return files;
}

function print(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  for (const row of rows) console.log(row.map((cell, at) => (at === 0 ? cell.padEnd(widths[at]) : cell.padStart(widths[at]))).join("  "));
}

const budgetPath = process.argv[2] ?? "size-budget.json";
let files;
try {
  files = check(JSON.parse(await readFile(budgetPath, "utf8")).files);
} catch (error) {
  console.error(`${budgetPath}: ${error.message}`);
  process.exit(2);
}

const rows = [["bytes", ...KINDS, "budget"]];
const failures = [];
for (const file of files) {
  const bytes = await readFile(file.path).catch(() => undefined);
  const limits = KINDS.filter((kind) => kind in file);
  const budget = limits.map((kind) => `${kind} ${file[kind].toLocaleString("en")}`).join(", ");
  if (bytes === undefined) {
    rows.push([file.name, "-", "-", "-", budget]);
    failures.push(`${file.path} is not there`);
    continue;
  }
  const sizes = measure(bytes);
  rows.push([file.name, ...KINDS.map((kind) => sizes[kind].toLocaleString("en")), budget]);
  for (const kind of limits) {
    if (sizes[kind] > file[kind]) failures.push(`${file.path}: ${kind} is ${sizes[kind] - file[kind]} bytes above its budget of ${file[kind]}`);
  }
}
print(rows);
for (const failure of failures) console.error(failure);
process.exitCode = failures.length > 0 ? 1 : 0;
