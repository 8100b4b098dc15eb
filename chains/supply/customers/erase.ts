import { everythingOf } from '@silian/kernel/access/permit.ts'
import type { Principal } from '@silian/kernel/access/principal.ts'
import type { Reader, Writer } from '@silian/kernel/database/database.ts'
import { normalPhone } from '@silian/kernel/personal/blind-index.ts'
import { ok, type Result, refuse } from '@silian/kernel/result/result.ts'
import type { Erasure } from '@silian/kernel/retention/contract.ts'
import { askErasure } from '@silian/kernel/retention/job.ts'
import { readErasure } from '@silian/kernel/retention/reads.ts'
import type { Kit } from '../../kit.ts'
import { customers } from './retention.ts'
import { PHONE } from './service.ts'

const ask = (tx: Writer, customer: string): Promise<string> =>
  askErasure(tx, { register: customers.name, rowId: customer, areaPath: null, caseId: null })

/** Whoever shops has what is theirs erased: of a proven phone all that was bought with it. Refuses `customer.not_found`. */
export async function eraseMe(
  tx: Writer,
  principal: Principal,
): Promise<Result<{ erasure: string }, 'customer.not_found'>> {
  const [mine] = await tx.query<{ id: string }>(
    'select id from customer where programme_id = $1 and id = $2 and closed_at is null',
    [tx.programme, principal.kind === 'customer' ? principal.id : null],
  )
  return mine ? ok({ erasure: await ask(tx, mine.id) }) : refuse('customer.not_found')
}

/**
 * An office has all of a phone's customers erased, whose bearer it has seen: the proven one with whatever is its own, and
 * guests by themselves. Refuses `customer_phone.not_found`.
 */
export async function eraseByPhone(
  tx: Writer,
  { vault }: Pick<Kit, 'vault'>,
  phone: string,
): Promise<Result<{ erasures: string[] }, 'customer_phone.not_found'>> {
  const rows = await tx.query<{ id: string; proven: boolean }>(
    `select id, proven_at is not null as proven from customer
      where programme_id = $1 and phone_index = $2 and closed_at is null order by proven_at is null, id`,
    [tx.programme, vault.index(tx.programme, PHONE, normalPhone(phone))],
  )
  const [first] = rows
  if (!first) return refuse('customer_phone.not_found')
  const erasures: string[] = []
  for (const { id } of first.proven ? [first] : rows) erasures.push(await ask(tx, id))
  return ok({ erasures })
}

/** The receipt of a customer's erasure, for whoever has its number. Refuses `erasure.not_found`. */
export async function readReceipt(tx: Reader, id: string): Promise<Result<Erasure, 'erasure.not_found'>> {
  const found = await readErasure(tx, everythingOf(tx.programme), id)
  return found.ok && found.value.register !== customers.name ? refuse('erasure.not_found') : found
}
