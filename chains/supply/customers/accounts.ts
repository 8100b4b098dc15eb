import type { Opening } from '@silian/kernel/ledger/accounts.ts'

/** A customer's own money with us, in fen: a ceiling. */
export const wallet = (customerId: string): string => `wallet/customer/${customerId}`
/** Where money in wallets comes from that nobody paid in: gifts and corrections. */
export const WALLET_SOURCE = 'world/wallet'

export const standing: readonly Opening[] = [{ account: WALLET_SOURCE, unit: 'fen', kind: 'free' }]
