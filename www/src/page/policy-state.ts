/** Which policy is in use, over all views. */
import type { PolicyInUse, PolicyWish } from "../shared/deciding.ts";
import { MAX_POLICY_BYTES, POLICIES, type PolicyName } from "../shared/policies.ts";
import type { TaxonomyName } from "../shared/taxonomies.ts";

/** Value of the choice that stands for the person's own policy. */
export const OWN = "own";

/** A policy of the person's own. */
export interface OwnPolicy extends PolicyInUse {
  json: string;
  topics: TaxonomyName | null;
}

/** See the head of this file. */
export class PolicyState {
  #chosen: string = POLICIES[0]![0];
  #own: OwnPolicy | null = null;
  readonly #use: (wish: PolicyWish) => Promise<PolicyInUse>;
  /** Changes whenever another policy is taken. */
  version = 0;

  constructor(use: (wish: PolicyWish) => Promise<PolicyInUse>) {
    this.#use = use;
  }

  /** The value of the choice. */
  get chosen(): string {
    return this.#chosen;
  }

  /** The person's own policy, once there is one. */
  get own(): OwnPolicy | null {
    return this.#own;
  }

  /** The choices with their names. */
  get choices(): (readonly [value: string, name: string])[] {
    return [...POLICIES, ...(this.#own === null ? [] : [[OWN, `Your own: ${this.#own.id} ${this.#own.version}`] as const])];
  }

  /** Takes another one; refused, the one before stays. */
  async take(wish: PolicyWish): Promise<PolicyInUse> {
    const taken = await this.#use(wish);
    if ("json" in wish) this.#own = { ...wish, ...taken };
    this.#chosen = "json" in wish ? OWN : wish.name;
    this.version += 1;
    return taken;
  }

  /** What a value of the choice asks for. */
  wishOf(value: string): PolicyWish {
    return value === OWN && this.#own !== null ? { json: this.#own.json, topics: this.#own.topics } : { name: value as PolicyName };
  }
}

/** Text of a file that may be a policy. @throws Error with what to tell the person. */
export async function readPolicyFile(file: File): Promise<string> {
  if (file.size > MAX_POLICY_BYTES) throw new Error("The file is larger than 4 MiB, the most a policy may have.");
  return file.text();
}
