import type { Opening } from '@silian/kernel/ledger/accounts.ts'
import { type ProviderName, providerName } from './contract.ts'

/** A provider outside; its balance is the negative of what it has taken for us and not given back. */
export const provider = (name: ProviderName): string => `world/provider/${name}`
/** Money on its way back to those who paid it, by whom it goes. */
export const returning = (by: ProviderName | 'bank'): string => `returning/${by}`
/** Money that a provider took for us and that fits no payment: a person decides. */
export const PROVIDER_SUSPENSE = 'suspense/provider'
/** What a seller owes for what was given back after it was settled; below zero until it is covered. */
export const claimOn = (organisationId: string): string => `claim/organisation/${organisationId}`

export const standing: readonly Opening[] = [
  { account: PROVIDER_SUSPENSE, unit: 'fen', kind: 'ceiling' },
  { account: returning('bank'), unit: 'fen', kind: 'ceiling' },
  ...providerName.options.flatMap((name): Opening[] => [
    { account: provider(name), unit: 'fen', kind: 'free' },
    { account: returning(name), unit: 'fen', kind: 'ceiling' },
  ]),
]
