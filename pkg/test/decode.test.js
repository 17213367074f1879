// Bytes to text: invalid UTF-8 is marked where it stands, whatever the pieces.

import assert from "node:assert/strict";
import { test } from "node:test";
import { decodeStream, hasInvalid, withoutMarks } from "../dist/cli/decode.js";

async function decode(bytes, size) {
  const source = (async function* () {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
  })();
  let text = "";
  for await (const piece of decodeStream(source)) text += piece;
  return text;
}

test("decode: valid text comes out whole from pieces of any size", async () => {
  const text = "naïve 😀 김치\nłódź 𠮷野家\n\ufffd é";
  for (const size of [1, 2, 3, 4, 5, 1000]) {
    const got = await decode(Buffer.from(text), size);
    assert.equal(got, text);
    assert.equal(hasInvalid(got), false);
  }
});

test("decode: every invalid byte is marked and only its line", async () => {
  const bytes = Buffer.concat([Buffer.from("ok é\n"), Buffer.from([0x61, 0xe9, 0x62, 0xff]), Buffer.from("\nfin 😀")]);
  for (const size of [1, 2, 3, 100]) {
    const lines = (await decode(bytes, size)).split("\n");
    assert.deepEqual(lines.map(hasInvalid), [false, true, false]);
    assert.equal(withoutMarks(lines[1]), "a\ufffdb\ufffd");
    assert.equal(lines[2], "fin 😀");
  }
});

test("decode: a file cut inside a character is marked at its end", async () => {
  const got = await decode(Buffer.from("😀").subarray(0, 3), 2);
  assert.ok(hasInvalid(got));
  assert.equal(withoutMarks(got), "\ufffd\ufffd\ufffd");
});

test("decode: astral characters whose second half looks like a mark are no marks", () => {
  assert.equal(hasInvalid("\u{1f480}\u{1f4bf}"), false);
  assert.equal(hasInvalid("\u{1f480}\udc80"), true);
});

test("decode: byte order marks are taken off, UTF-16 little endian is read", async () => {
  assert.equal(await decode(Buffer.from("\ufefftext"), 1), "text");
  assert.equal(await decode(Buffer.from("\ufeffa"), 9), "a");
  assert.equal(await decode(Buffer.from("\ufefftéxt", "utf16le"), 5), "téxt");
});
