// A trap poisons the instance: the call fails with E_TRAP, the next one runs on a fresh instance.
// The trap is real: the wasm memory is overwritten, as a memory fault in the engine would.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { before, test } from "node:test";
import { CompiledPolicy } from "hearken";
import { Rollup } from "hearken/insight";
import { createGlue as createInsightGlue } from "../dist/insight/glue.js";
import { createGlue } from "../dist/glue.js";
import { Instance } from "../dist/instance.js";
import { refuses } from "./helpers.js";

let module;
let counting;
before(async () => {
  const compile = async (name) => WebAssembly.compile(await readFile(new URL(`../dist/${name}`, import.meta.url)));
  [module, counting] = await Promise.all(["engine.wasm", "insight.wasm"].map(compile));
});

/** A fresh engine in its memory, and a fresh insight. */
const engineOf = () => {
  const glue = createGlue();
  const { memory } = glue.initSync({ module });
  return { raw: new glue.RawEngine(), memory };
};
const insightOf = () => {
  const glue = createInsightGlue();
  const { memory } = glue.initSync({ module: counting });
  return { raw: new glue.RawInsight(), memory };
};

/** Overwrites the memory until a call traps. */
function poison(instance) {
  new Uint8Array(instance.memory.buffer).fill(0xff);
}

const TEXT = "Great service, but the delivery was late. Mail kim@example.com!";

test("trap: E_TRAP for that call, right results after, on a new instance", () => {
  const instance = new Instance(engineOf);
  const expected = instance.call((raw) => raw.analyze(TEXT));
  const memory = instance.memory;
  assert.equal(instance.generation, 1);
  for (let round = 2; round < 5; round++) {
    poison(instance);
    refuses(() => instance.call((raw) => raw.analyze(TEXT)), "E_TRAP");
    assert.deepEqual(instance.call((raw) => raw.analyze(TEXT)), expected);
    assert.equal(instance.generation, round);
    assert.notEqual(instance.memory, memory);
  }
  instance.free();
});

test("trap: running out of stack counts as one, errors of the caller do not", () => {
  const instance = new Instance(engineOf);
  refuses(() => instance.call(() => { throw new RangeError("Maximum call stack size exceeded"); }), "E_TRAP");
  assert.equal(instance.memoryBytes, 0);
  const own = new TypeError("of the caller");
  assert.throws(() => instance.call(() => { throw own; }), own);
  assert.ok(instance.memoryBytes > 0);
  instance.free();
});

test("trap: a rollup says that it was lost", () => {
  const instance = new Instance(insightOf);
  const rollup = new Rollup(instance);
  rollup.add({ sentiment: "positive", score: 0.5 });
  refuses(() => instance.call(() => { throw new WebAssembly.RuntimeError("unreachable"); }), "E_TRAP");
  refuses(() => rollup.add({}), "E_TRAP");
  refuses(() => rollup.report(), "E_TRAP");
  for (const call of [() => rollup.addBatch(1), () => rollup.summary(), () => rollup.score(), () => rollup.toBytes(), () => rollup.share()]) refuses(call, "E_TRAP");
  const fresh = new Rollup(instance);
  refuses(() => fresh.compare(rollup), "E_TRAP");
  fresh.free();
  rollup.free();
  assert.equal(new Rollup(instance).report().records, 0);
  instance.free();
});

test("trap: a compiled policy is compiled again", () => {
  const instance = new Instance(engineOf);
  const policy = new CompiledPolicy(instance, instance.call((raw) => raw.defaultPolicy()));
  const triage = () => instance.call((raw) => raw.triage({ text: TEXT }, policy.rawFor(raw, instance)));
  const expected = triage();
  poison(instance);
  refuses(() => instance.call((raw) => raw.analyze(TEXT)), "E_TRAP");
  assert.deepEqual(triage(), expected);
  policy.free();
  instance.free();
});

test("trap: other engines are not disturbed", () => {
  const one = new Instance(engineOf);
  const two = new Instance(engineOf);
  const expected = two.call((raw) => raw.analyze(TEXT));
  poison(one);
  refuses(() => one.call((raw) => raw.analyze(TEXT)), "E_TRAP");
  assert.equal(two.generation, 1);
  assert.deepEqual(two.call((raw) => raw.analyze(TEXT)), expected);
  one.free();
  two.free();
});
