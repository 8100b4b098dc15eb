import type { Reach } from '@silian/kernel/access/permit.ts'
import { reachPredicate } from '@silian/kernel/access/reach.ts'
import type { Reader, Writer } from '@silian/kernel/database/database.ts'
import { newId } from '@silian/kernel/ids/ids.ts'
import { normalName, normalPhone } from '@silian/kernel/personal/blind-index.ts'
import { ok, type Result, refuse } from '@silian/kernel/result/result.ts'
import type { Selectable } from 'kysely'
import type { Kit } from '../../kit.ts'
import type { Address, NewAddress } from './contract.ts'
import type { CustomerAddressTable } from './tables.ts'

type Row = Omit<Selectable<CustomerAddressTable>, 'programme_id' | 'place_index' | 'created_at' | 'closed_at'>

export const RECIPIENT = 'customer_address.recipient'
export const RECIPIENT_PHONE = 'customer_address.phone'
export const ADDRESS = 'customer_address.address'

/** A customer keeps this many at most. */
const MOST = 20

/**
 * Keeps where to send something, sealed under the customer's key; the one not used for longest gives way. What is on the
 * list already is answered with, also where both are kept at once. Refuses `area.not_found`.
 */
export async function keepAddress(
  tx: Writer,
  kit: Pick<Kit, 'vault'>,
  customerId: string,
  given: NewAddress,
): Promise<Result<{ id: string }, 'area.not_found'>> {
  const { name, phone, areaCode, address } = given
  const [recipient, number, whole] = await kit.vault.sealMany(tx, [
    { subject: customerId, field: RECIPIENT, text: name },
    { subject: customerId, field: RECIPIENT_PHONE, text: normalPhone(phone) },
    { subject: customerId, field: ADDRESS, text: address },
  ])
  const [kept] = await tx.query<{ id: string }>(
    `with kept as (
       insert into customer_address as k
         (programme_id, id, customer_id, area_code, recipient, phone, address, place_index, created_at, used_at)
       select $1, $2, $3, a.code, $5, $6, $7, $9, $8, $8 from area a where a.code = $4
       on conflict (programme_id, customer_id, place_index) where closed_at is null
         do update set used_at = greatest(k.used_at, excluded.used_at) returning id),
     over as (
       update customer_address set closed_at = $8 where programme_id = $1 and id in (
         select id from customer_address
          where programme_id = $1 and customer_id = $3 and closed_at is null and place_index is distinct from $9
          order by used_at desc, id desc offset ${MOST - 1}))
     select id from kept`,
    [
      ...[tx.programme, newId(tx.at.getTime()), customerId, areaCode, recipient, number, whole, tx.at],
      indexOf(tx, kit, customerId, given),
    ],
    'customer-address-keep-once',
  )
  return kept ? ok(kept) : refuse('area.not_found')
}

const indexOf = (
  tx: Reader,
  { vault }: Pick<Kit, 'vault'>,
  customerId: string,
  { name, phone, areaCode, address }: NewAddress,
): Buffer =>
  vault.index(
    tx.programme,
    'customer_address.place',
    JSON.stringify([customerId, normalName(name), normalPhone(phone), areaCode, normalName(address)]),
  )

/** Own addresses in whole, those used last first. */
export async function listAddresses(tx: Reader, kit: Pick<Kit, 'vault'>, reach: Reach): Promise<Address[]> {
  const { sql, values } = reachPredicate(reach, { persons: ['customer_id'] })
  const rows = await tx.query<Row>(
    `select * from customer_address where closed_at is null and ${sql} order by used_at desc, id desc limit ${MOST}`,
    [...values],
  )
  return openAddresses(tx, kit, rows)
}

/** The addresses with these ids, opened: for whoever ships, once their own permission is settled. */
export async function addressesOf(
  tx: Reader,
  kit: Pick<Kit, 'vault'>,
  ids: readonly string[],
): Promise<Map<string, Address>> {
  const rows = await tx.query<Row>(
    `select id, customer_id, area_code, recipient, phone, address, used_at from customer_address
     where programme_id = $1 and id = any($2::uuid[])`,
    [tx.programme, ids],
    'customer-addresses-whole',
  )
  return new Map((await openAddresses(tx, kit, rows)).map(each => [each.id, each]))
}

async function openAddresses(tx: Reader, kit: Pick<Kit, 'vault'>, rows: readonly Row[]): Promise<Address[]> {
  const texts = await kit.vault.openMany(
    tx,
    rows.flatMap(row => [
      { subject: row.customer_id, field: RECIPIENT, sealed: row.recipient },
      { subject: row.customer_id, field: RECIPIENT_PHONE, sealed: row.phone },
      { subject: row.customer_id, field: ADDRESS, sealed: row.address },
    ]),
  )
  return rows.map((row, i) => ({
    id: row.id,
    name: texts[3 * i] ?? '',
    phone: texts[3 * i + 1] ?? '',
    areaCode: row.area_code,
    address: texts[3 * i + 2] ?? '',
    usedAt: row.used_at.toISOString(),
  }))
}

/** Takes an address off the list; what was sent there keeps it. Refuses `address.not_found`. */
export async function closeAddress(
  tx: Writer,
  reach: Reach,
  id: string,
): Promise<Result<{ id: string }, 'address.not_found'>> {
  const { sql, values } = reachPredicate(reach, { persons: ['customer_id'] }, 3)
  const rows = await tx.query(
    `update customer_address set closed_at = $2 where id = $1 and closed_at is null and ${sql} returning 1`,
    [id, tx.at, ...values],
  )
  return rows.length > 0 ? ok({ id }) : refuse('address.not_found')
}
