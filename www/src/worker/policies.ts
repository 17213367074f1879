/** The policy that decides: one that the page carries, or the person's own. */
import defaultPolicy from "../../../src/triage/default_policy.json?raw";
import airline from "../../../policies/industries/airline.json?raw";
import banking from "../../../policies/industries/banking.json?raw";
import healthcare from "../../../policies/industries/healthcare.json?raw";
import hospitality from "../../../policies/industries/hospitality.json?raw";
import publicServices from "../../../policies/industries/public.json?raw";
import retail from "../../../policies/industries/retail.json?raw";
import saas from "../../../policies/industries/saas.json?raw";
import telecom from "../../../policies/industries/telecom.json?raw";
import type { CompiledPolicy, Engine, Policy } from "hearken";
import type { PolicyInUse, PolicyWish } from "../shared/deciding.ts";
import { writeJson } from "../shared/json-form.ts";
import type { PolicyName } from "../shared/policies.ts";
import type { TaxonomyName } from "../shared/taxonomies.ts";
import { Topics } from "./taxonomies.ts";

/** Rules of the industries: they stand in the default policy before this rule, as in the package. */
const INDUSTRIES: Readonly<Record<Exclude<PolicyName, "default">, string>> = { retail, hospitality, airline, banking, telecom, saas, healthcare, public: publicServices };
const BEFORE = "leaving";

/** The JSON text of a policy that the page carries. */
export function policySource(name: PolicyName): string {
  if (name === "default") return defaultPolicy;
  const base = JSON.parse(defaultPolicy) as Policy;
  const { id, version, rules } = JSON.parse(INDUSTRIES[name]) as Policy;
  const at = base.rules.findIndex((rule) => rule.id === BEFORE);
  return writeJson({ ...base, id, version: `${version}+${base.id}.${base.version}`, rules: [...base.rules.slice(0, at), ...rules, ...base.rules.slice(at)] });
}

/** A policy ready to decide. */
export class Deciding {
  readonly inUse: PolicyInUse;
  readonly compiled: CompiledPolicy;
  readonly source: Policy;
  /** The topics its conditions name; `undefined`: those of the comments. */
  readonly topics: Topics | undefined;

  /** @throws what the engine refuses: `E_JSON` or `E_POLICY`. */
  constructor(engine: Engine, wish: PolicyWish) {
    const json = "json" in wish ? wish.json : policySource(wish.name);
    this.compiled = engine.policy(json);
    this.source = JSON.parse(json) as Policy;
    const { id, version } = this.compiled;
    this.inUse = { id, version };
    const named: TaxonomyName | null = "json" in wish ? wish.topics : wish.name === "default" ? null : wish.name;
    this.topics = named === null ? undefined : new Topics(engine, { name: named });
  }

  /** Gives the memory back. */
  free(): void {
    this.compiled.free();
    this.topics?.free();
  }
}
