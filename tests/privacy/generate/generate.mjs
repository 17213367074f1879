// Writes ../sets/LOCALE.tsv from ../carriers/LOCALE.txt, and the smaller sets/second/ from carriers/second/:
// `node tests/privacy/generate/generate.mjs`.
//
// The rows are drawn from a fixed seed, so the same carriers give the same bytes. ../README.md tells what the columns
// mean and how the rows are labelled.

import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { tryExamples } from "./checks.mjs";
import { COIN_EXAMPLES } from "./coins.mjs";
import { lookalikes, slots } from "./lookalikes.mjs";
import { Random } from "./random.mjs";
import { kinds, values } from "./values.mjs";

/** The folders, and the rows of a type and a kind in one locale. */
const SETS = [["", 60], ["second/", 20]];
/** Draws for one row before the carriers count as too few. */
const DRAWS = 400;

const split = (text) => text.split("|").map((part) => part.trim()).filter(Boolean);

/** The carriers of a locale, over what a first file says of goods and names: see ../README.md for the lines of a file. */
function read(path, first) {
  const locale = { carriers: [], nouns: { ...first?.nouns }, lists: { ...first?.lists }, types: {} };
  let type;
  readFileSync(path, "utf8").split("\n").forEach((line, i) => {
    if (line === "" || line.startsWith("#")) return;
    const [mark, rest] = [line[0], line.slice(1).trim()];
    const name = rest.split(" ")[0];
    if (mark === "[") type = locale.types[line.slice(1, -1)] = { nouns: [], positive: [], lookalike: [] };
    else if (mark === "*") locale.carriers.push(rest);
    else if (mark === "@") locale.nouns[name] = split(rest.slice(name.length));
    else if (mark === "%") locale.lists[name] = split(rest.slice(name.length));
    else if (mark === "n") type.nouns.push(...split(rest));
    else if (mark === "+") type.positive.push(rest);
    else if (mark === "-") type.lookalike.push(rest);
    else throw new Error(`${path}:${i + 1}: a line of no kind`);
  });
  // Lists of signs keep their blanks: `_` stands for one.
  for (const name of first ? [] : ["at", "dot"]) locale.lists[name] = locale.lists[name].map((sign) => sign.replace(/_/g, " "));
  locale.nouns.email = locale.types.email.nouns;
  if (locale.lists.him) locale.lists.first = [...locale.lists.him, ...locale.lists.her];
  return locale;
}

const upperFirst = (text) => text[0].toUpperCase() + text.slice(1);

/** A general carrier with its noun, upper case where a sentence begins. */
function name(carrier, noun) {
  const at = carrier.indexOf("{n}");
  const begins = at === 0 || /[.!?…]\s$/.test(carrier.slice(0, at));
  return carrier.replace("{n}", () => (begins ? upperFirst(noun) : noun));
}

const fill = (carrier, value) => carrier.replace("{v}", () => value);
const mark = (value) => `⟦${value}⟧`;

function positives(code, locale, type, set) {
  const r = new Random(`${set.folder}${code} ${type} positive`);
  const { nouns, positive } = locale.types[type];
  const general = r.shuffle(locale.carriers);
  return rows((i) => {
    if (i % 2 === 1) return fill(name(general[i % general.length], r.pick(nouns)), mark(values[type](r, code, locale.lists)));
    const carrier = positive[(i / 2) % positive.length];
    const asked = /\{(\w{2,})\}/.exec(carrier);
    if (asked) return carrier.replace(asked[0], mark(kinds[asked[1]](r, code, locale.lists)));
    return fill(carrier, mark(values[type](r, code, locale.lists)));
  }, set.rows, `${code} ${type}`);
}

function negatives(code, locale, type, set) {
  const r = new Random(`${set.folder}${code} ${type} lookalike`);
  const sentences = locale.types[type].lookalike;
  const general = r.shuffle(locale.carriers);
  const makers = lookalikes[type];
  return rows((i) => {
    if (i % 3 === 0 && sentences.length > 0) {
      const sentence = sentences[(i / 3) % sentences.length];
      return sentence.replace(/\{(\w+)\}/g, (_, slot) => slots[slot](r, code, locale.lists));
    }
    const [kind, make] = makers[i % makers.length];
    return fill(name(general[i % general.length], r.pick(locale.nouns[kind])), String(make(r, code, locale.lists)));
  }, set.rows, `${code} ${type}`);
}

/** Different texts, `count` of them. */
function rows(draw, count, what) {
  const seen = new Set();
  for (let i = 0; seen.size < count; i++) {
    if (i > DRAWS) throw new Error(`${what}: too few different texts`);
    const text = draw(i);
    if (/[\t\n]|\{\w+\}/.test(text)) throw new Error(`${what}: an open slot or a tab in ${text}`);
    seen.add(text);
  }
  return [...seen];
}

tryExamples(COIN_EXAMPLES);
const here = (path) => new URL(path, import.meta.url);
for (const [folder, count] of SETS) {
  for (const file of readdirSync(here("../carriers/")).filter((file) => file.endsWith(".txt")).sort()) {
    const code = file.replace(".txt", "");
    const first = read(here(`../carriers/${file}`));
    const locale = folder ? read(here(`../carriers/${folder}${file}`), first) : first;
    const set = { folder, rows: count };
    const lines = ["id\ttype\tkind\ttext"];
    for (const type of Object.keys(values)) {
      const write = (kind, texts) => texts.forEach((text, i) => lines.push(`${code}-${type}-${kind[0]}${i + 1}\t${type}\t${kind}\t${text}`));
      write("positive", positives(code, locale, type, set));
      write("lookalike", negatives(code, locale, type, set));
    }
    writeFileSync(here(`../sets/${folder}${code}.tsv`), `${lines.join("\n")}\n`);
    console.log(`${folder}${code}: ${lines.length - 1} rows, ${locale.carriers.length} carriers`);
  }
}
