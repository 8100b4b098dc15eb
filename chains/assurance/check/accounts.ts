/** Addresses and ids of the ledger, spelt here once more: what is checked must not say how. */
export const account = {
  harvest: (unit: string) => `world/harvest/${unit}`,
  consumed: (unit: string) => `world/consumed/${unit}`,
  lost: (unit: string) => `world/lost/${unit}`,
  stock: (lot: string) => `stock/lot/${lot}`,
  transit: (order: string, unit: string) => `transit/order/${order}/${unit}`,
  escrow: (order: string) => `escrow/order/${order}`,
  budget: (declaration: string) => `budget/declaration/${declaration}`,
  spent: (declaration: string) => `spent/declaration/${declaration}`,
  quota: (declaration: string) => `quota/declaration/${declaration}`,
  organisation: (id: string) => `payable/organisation/${id}`,
  household: (id: string) => `payable/household/${id}`,
  payout: (batch: string) => `payout/batch/${batch}`,
  bank: 'world/bank',
  suspense: 'suspense/bank',
  quotaSource: 'world/quota',
  budgetSource: 'world/budget',
  walletSource: 'world/wallet',
  wallet: (customer: string) => `wallet/customer/${customer}`,
  provider: (name: string) => `world/provider/${name}`,
  returning: (by: string) => `returning/${by}`,
  providerSuspense: 'suspense/provider',
  claim: (organisation: string) => `claim/organisation/${organisation}`,
} as const

export interface Address {
  readonly unit: string
  readonly kind: 'ceiling' | 'floor' | 'free'
}

/** What a programme has from its first day, whether anything happened there or not. */
export const standing: Readonly<Record<string, Address>> = {
  [account.bank]: { unit: 'fen', kind: 'free' },
  [account.suspense]: { unit: 'fen', kind: 'ceiling' },
  [account.quotaSource]: { unit: 'fen', kind: 'free' },
  [account.budgetSource]: { unit: 'fen', kind: 'free' },
  [account.walletSource]: { unit: 'fen', kind: 'free' },
  [account.providerSuspense]: { unit: 'fen', kind: 'ceiling' },
  [account.provider('wechat')]: { unit: 'fen', kind: 'free' },
  [account.provider('alipay')]: { unit: 'fen', kind: 'free' },
  [account.returning('wechat')]: { unit: 'fen', kind: 'ceiling' },
  [account.returning('alipay')]: { unit: 'fen', kind: 'ceiling' },
  [account.returning('bank')]: { unit: 'fen', kind: 'ceiling' },
  [account.harvest('g')]: { unit: 'g', kind: 'free' },
  [account.harvest('piece')]: { unit: 'piece', kind: 'free' },
  [account.consumed('g')]: { unit: 'g', kind: 'free' },
  [account.consumed('piece')]: { unit: 'piece', kind: 'free' },
}
