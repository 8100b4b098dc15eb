import type { Opening } from '@silian/kernel/ledger/accounts.ts'

/** What a declaration may still spend of its base: a ceiling. */
export const budget = (declarationId: string): string => `budget/declaration/${declarationId}`
export const spent = (declarationId: string): string => `spent/declaration/${declarationId}`
/** What has counted towards its reserved share: a floor. */
export const quota = (declarationId: string): string => `quota/declaration/${declarationId}`
export const QUOTA_SOURCE = 'world/quota'
export const BUDGET_SOURCE = 'world/budget'

export const standing: readonly Opening[] = [
  { account: QUOTA_SOURCE, unit: 'fen', kind: 'free' },
  { account: BUDGET_SOURCE, unit: 'fen', kind: 'free' },
]
