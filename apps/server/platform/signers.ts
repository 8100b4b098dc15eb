import type { Reader } from '@silian/kernel/database/database.ts'
import type { Keyring } from '@silian/kernel/fact/keyring.ts'
import { receiptsOf } from '@silian/kernel/log/receipts.ts'
import { ok, type Result, refuse } from '@silian/kernel/result/result.ts'
import type { Signer } from './contract.ts'

interface Row {
  readonly custody: 'own' | 'held'
  readonly holder: string
  readonly name_zh: string | null
  readonly name_en: string | null
}

const UUID = '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'

/**
 * Whose a signing key is, with the receipts that bear it out: of the log's beginning, which brings the operator's key, and of
 * the registration that the operator signed; the operator's own key has the first alone. Refuses `fact.not_found`.
 */
export async function signerOf(
  tx: Reader,
  keyring: Keyring,
  keyId: string,
): Promise<Result<Signer, 'fact.not_found'>> {
  const [row] = await tx.query<Row>(
    `select k.custody, k.holder, o.name_zh, o.name_en from signing_key k
     left join organisation o on o.programme_id = k.programme_id
       and o.id = case when k.holder ~ '${UUID}' then k.holder::uuid end
     where k.programme_id = $1 and k.key_id = $2`,
    [tx.programme, keyId],
    'signer',
  )
  if (!row) return refuse('fact.not_found')
  const { custody, holder, name_zh: nameZh, name_en: nameEn } = row
  const [beginning, registration] = await receiptsOfKey(tx, keyring, keyId)
  return ok({ keyId, custody, holder, nameZh, nameEn, beginning, registration })
}

async function receiptsOfKey(
  tx: Reader,
  keyring: Keyring,
  keyId: string,
): Promise<readonly [string | null, string | null]> {
  const facts = await tx.query<{ fact: string; type: string }>(
    `select e.fact_id as fact, e.type from log_entry e where e.programme_id = $1 and e.log_index = 0
     union all select f.id, f.type from fact f
      where f.programme_id = $1 and f.subject = $2 and f.type = 'key.registered'`,
    [tx.programme, keyId],
    'signer-facts',
  )
  const { items } = await receiptsOf(tx, keyring, facts)
  const of = (type: string) => items.find(item => item.type === type)?.receipt ?? null
  return [of('log.created'), of('key.registered')]
}
