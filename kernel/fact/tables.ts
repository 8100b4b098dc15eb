import type { Generated } from 'kysely'

export type Custody = 'own' | 'held'

/** For whose word an own key is registered: only a bank's key gives a bank's word, only a device's a device's. */
export type SpeaksAs = 'party' | 'bank' | 'device'

export interface SigningKeyTable {
  programme_id: string
  key_id: string
  holder: string
  custody: Custody
  public_key: Buffer
  alg: Generated<'ed25519' | 'sm2'>
  sealed_private: Buffer | null
  role: 'operator' | 'log' | 'actor'
  /** Of own keys; null of those registered before it was told. */
  speaks_as: SpeaksAs | null
  registered_at: Date
  revoked_at: Date | null
}

export interface FactTable {
  programme_id: string
  id: string
  type: string
  subject: string
  at: Date
  recorded_at: Date
  key_id: string
  signed_by: Custody
  entry: Buffer
  leaf_hash: Buffer
}

export interface FactPendingTable {
  programme_id: string
  fact_id: string
  rank: number
  place: string
}

export interface FactPrivateTable {
  programme_id: string
  fact_id: string
  field: string
  salt: Buffer
  sealed_value: Buffer
}

export interface SubscriptionTable {
  programme_id: string
  name: string
  next_index: Generated<number>
  failed_at: Date | null
  failed_index: number | null
  last_error_code: string | null
}

declare module '../database/tables.ts' {
  interface Tables {
    signing_key: SigningKeyTable
    fact: FactTable
    fact_pending: FactPendingTable
    fact_private: FactPrivateTable
    subscription: SubscriptionTable
  }
}
