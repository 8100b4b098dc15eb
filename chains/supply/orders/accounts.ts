import { idFrom } from '@silian/kernel/ids/ids.ts'
import type { Opening } from '@silian/kernel/ledger/accounts.ts'

/** The ledger's addresses of an order, each spelt once. */
export const transit = (orderId: string, unit: string): string => `transit/order/${orderId}/${unit}`
export const consumed = (unit: string): string => `world/consumed/${unit}`
/** Money received for an order and not yet settled. */
export const escrow = (orderId: string): string => `escrow/order/${orderId}`
/** The outside bank; its balance is the negative of all money that we hold for others. */
export const BANK = 'world/bank'
/** Money that came in and cannot be allotted yet. */
export const SUSPENSE = 'suspense/bank'

export const standing: readonly Opening[] = [
  { account: BANK, unit: 'fen', kind: 'free' },
  { account: SUSPENSE, unit: 'fen', kind: 'ceiling' },
  { account: consumed('g'), unit: 'g', kind: 'free' },
  { account: consumed('piece'), unit: 'piece', kind: 'free' },
]

/** Holds have ids that follow from the order, so that every step finds those of the step before. */
export const stockHold = (orderId: string, no: number, phase: Phase): string =>
  idFrom('hold', 'stock', orderId, String(no), phase)
export const walletHold = (orderId: string): string => idFrom('hold', 'wallet', orderId)
export const budgetHold = (orderId: string, phase: Phase): string => idFrom('hold', 'budget', orderId, phase)

/** Asked: expires with the time to approve. Approved: stays until shipped or paid. */
export type Phase = 'asked' | 'approved'
