import { BudgetSpent } from "../errors.ts";

/** What may be spent on one account; null: no limit. Money is in millionths of a US dollar. */
export interface Limit {
  readonly tokens: number | null;
  readonly microUsd: number | null;
}

/** A portal's limit is for one day (UTC), a job's for the whole job, the day's for everything together. */
export interface Budgets {
  readonly job: Limit;
  readonly portal: Limit;
  readonly day: Limit;
}

export const UNLIMITED: Budgets = {
  job: { tokens: null, microUsd: null },
  portal: { tokens: null, microUsd: null },
  day: { tokens: null, microUsd: null },
};

export interface Spending {
  readonly tokens: number;
  readonly microUsd: number;
}

/** Spent and reserved on each account that the question goes on; null where it bears none. */
export interface Accounts {
  readonly job: Spending | null;
  readonly portal: Spending | null;
  readonly day: Spending;
}

/** Throws `llm_budget_spent` if a question that may take `wanted` does not fit into every account. */
export function demandBudget(budgets: Budgets, accounts: Accounts, wanted: Spending): void {
  for (const account of ["job", "portal", "day"] as const) {
    const spent = accounts[account];
    const limit = budgets[account];
    if (spent === null) continue;
    if (limit.tokens !== null && spent.tokens + wanted.tokens > limit.tokens) {
      throw new BudgetSpent(account, "tokens", limit.tokens, spent.tokens);
    }
    if (limit.microUsd !== null && spent.microUsd + wanted.microUsd > limit.microUsd) {
      throw new BudgetSpent(account, "micro-dollars", limit.microUsd, spent.microUsd);
    }
  }
}

export function limitsMoney({ job, portal, day }: Budgets): boolean {
  return [job, portal, day].some(({ microUsd }) => microUsd !== null);
}
