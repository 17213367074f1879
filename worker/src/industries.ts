// The industry of the settings: its policy decides and its taxonomy tells topics where nothing else is named.

import airline from "hearken/policies/airline.json";
import banking from "hearken/policies/banking.json";
import healthcare from "hearken/policies/healthcare.json";
import hospitality from "hearken/policies/hospitality.json";
import publicServices from "hearken/policies/public.json";
import retail from "hearken/policies/retail.json";
import saas from "hearken/policies/saas.json";
import telecom from "hearken/policies/telecom.json";
import type { Env } from "./headers.ts";
import { unusable } from "./settings.ts";

/** Of the package, as text. */
const POLICIES = { airline, banking, healthcare, hospitality, public: publicServices, retail, saas, telecom } as unknown as Readonly<Record<string, string>>;

/** The industry that `INDUSTRY` names; `undefined` without it. @throws Refusal 500 `E_SETTINGS` for a name that is none. */
export function theIndustry(env: Env): { name: string; policy: string } | undefined {
  const name = env.INDUSTRY;
  if (name === undefined || name === null || name === "") return undefined;
  const policy = typeof name === "string" && Object.hasOwn(POLICIES, name) ? POLICIES[name] : undefined;
  if (policy === undefined) throw unusable("INDUSTRY");
  return { name: name as string, policy };
}
