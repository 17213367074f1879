// The command `redact` as a child process: modes, types, files of lists, whole records, report and vault.

import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { execute, HERE } from "./helpers.js";

const BIN = join(HERE, "bin/hearken.js");
let folder;
before(async () => (folder = await mkdtemp(join(tmpdir(), "hearken-redact-"))));
after(() => rm(folder, { recursive: true }));

async function file(name, content) {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}
const hearken = (args, options) => execute(process.execPath, [BIN, "redact", ...args], options);
const rows = (text) => text.trimEnd().split("\n").map((line) => JSON.parse(line));

const SAMPLE = `이름,comment,E-Mail
박지민,"write to joe@example.com, card 4111 1111 1111 1111",x
,JOE@example.com again,
`;

test("redact: modes and types", async () => {
  const path = await file("a.csv", SAMPLE);
  const { code, stdout, stderr } = await hearken([path, "--mode", "numbered", "--types", "email"]);
  assert.equal(code, 0, stderr);
  assert.deepEqual(rows(stdout).map(({ redacted }) => redacted), ["write to [EMAIL_1], card 4111 1111 1111 1111", "[EMAIL_1] again"]);
  assert.equal(rows(stdout)[0].record["이름"], "박지민");
  const wrong = await hearken([path, "--types", "emial"]);
  assert.equal(wrong.code, 1);
  assert.match(wrong.stderr, /Did you mean email\?/);
});

test("redact: whole records by the names of their fields, with a report", async () => {
  const { code, stdout, stderr } = await hearken([await file("b.csv", SAMPLE), "--records", "--report"]);
  assert.equal(code, 0, stderr);
  assert.deepEqual(rows(stdout)[0].record, { "이름": "[PERSON]", comment: "write to [EMAIL], card [CARD]", "E-Mail": "[EMAIL]" });
  assert.equal(rows(stdout)[0].redacted, "write to [EMAIL], card [CARD]");
  assert.match(stderr, /2 of 2 rows held personal data\n {2}email {3}3\n {2}card {4}1\n {2}person {2}1\n/);
  assert.ok(!stderr.includes("joe"));
});

test("redact: keyed pseudonyms, lists, detectors and the vault", async () => {
  const path = await file("c.txt", "joe@example.com ann@shop.example project falcon member M-1234\n");
  const key = await file("key", "00".repeat(32));
  const raw = await file("raw", Buffer.alloc(32));
  const allow = await file("allow", "# ours\n*@shop.example\n");
  const deny = await file("deny", "Project Falcon\n");
  const detectors = await file("d.json", JSON.stringify({ version: 1, detectors: [{ id: "member", shapes: ["M-####"], context: ["member"] }] }));
  const vault = join(folder, "vault.json");
  const args = [path, "--format", "lines", "--mode", "keyed", "--allow", allow, "--deny", deny, "--detectors", detectors];
  const { code, stdout, stderr } = await hearken([...args, "--key", key, "--vault", vault]);
  assert.equal(code, 0, stderr);
  const [{ redacted }] = rows(stdout);
  assert.match(redacted, /^\[EMAIL:[a-p]{16}\] ann@shop\.example \[DENIED:[a-p]{16}\] member \[MEMBER:[a-p]{16}\]$/);
  assert.equal(rows((await hearken([...args, "--key", raw])).stdout)[0].redacted, redacted);
  const entries = JSON.parse(await readFile(vault, "utf8"));
  assert.deepEqual(Object.values(entries).sort(), ["M-1234", "joe@example.com", "project falcon"]);
  assert.equal((await stat(vault)).mode & 0o077, 0);
  for (const [more, message] of [[[], /needs? |is required/], [["--key", join(folder, "none")], /cannot be read/], [["--key", allow + "x"], /cannot be read/]]) {
    const failed = await hearken([...args, ...more]);
    assert.equal(failed.code, 1);
    assert.match(failed.stderr, message);
    assert.equal(failed.stdout, "");
  }
  const bad = await hearken([path, "--format", "lines", "--detectors", await file("bad.json", '{"version": 1, "detectors": [{"id": "X"}]}')]);
  assert.equal(bad.code, 1);
  assert.match(bad.stderr, /detectors\[0\]\.id.*E_DETECTORS/);
  const vaultless = await hearken([path, "--format", "lines", "--vault", vault]);
  assert.match(vaultless.stderr, /--vault needs --mode numbered or keyed/);
});
