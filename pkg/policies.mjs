// The policies of the industries: the default policy with the rules of policies/industries/*.json before its rule
// `leaving`, so behind all that protects people. Their version names both, as in "1+default.2".

import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

const BEFORE = "leaving";

const read = async (path) => JSON.parse(await readFile(path, "utf8"));

/** Writes one policy for each industry of the repository at `root` into the folder `to`; gives their names. */
export async function industryPolicies(root, to) {
  const base = await read(join(root, "src", "triage", "default_policy.json"));
  const at = base.rules.findIndex((rule) => rule.id === BEFORE);
  if (at < 0) throw new Error(`the default policy has no rule ${BEFORE}`);
  const folder = join(root, "policies", "industries");
  const names = (await readdir(folder)).filter((name) => name.endsWith(".json")).sort();
  await mkdir(to, { recursive: true });
  for (const name of names) {
    const own = await read(join(folder, name));
    const version = `${own.version}+${base.id}.${base.version}`;
    const rules = [...base.rules.slice(0, at), ...own.rules, ...base.rules.slice(at)];
    await writeFile(join(to, name), `${JSON.stringify({ ...base, id: own.id, version, rules })}\n`);
  }
  return names;
}
