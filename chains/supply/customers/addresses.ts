import type { Reach } from '@silian/kernel/access/permit.ts'
import { reachPredicate } from '@silian/kernel/access/reach.ts'
import { byteaArray, textArray, uuidArray } from '@silian/kernel/database/array.ts'
import type { Reader, Writer } from '@silian/kernel/database/database.ts'
import { newId } from '@silian/kernel/ids/ids.ts'
import { normalName, normalPhone } from '@silian/kernel/personal/blind-index.ts'
import { ok, type Result, refuse } from '@silian/kernel/result/result.ts'
import type { Selectable } from 'kysely'
import type { Kit } from '../../kit.ts'
import { readBuyers } from './buyers.ts'
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
 * list already is answered with, also where both are kept at once. Refuses `area.not_found`, `customer.not_found`.
 */
export async function keepAddress(
  tx: Writer,
  kit: Pick<Kit, 'vault'>,
  customerId: string,
  given: NewAddress,
): Promise<Result<{ id: string }, 'area.not_found' | 'customer.not_found'>> {
  if ((await readBuyers(tx, [{ id: customerId, heldBy: null }])).size === 0)
    return refuse('customer.not_found')
  const [id] = await keepAddresses(tx, kit, [{ customerId, given }])
  return id ? ok({ id }) : refuse('area.not_found')
}

interface Told {
  readonly customerId: string
  readonly given: NewAddress
}

/**
 * Keeps addresses of many customers, whose rows the caller has locked, with a statement for all of them; the ids in the
 * order given, undefined where there is no such area.
 */
export async function keepAddresses(
  tx: Writer,
  kit: Pick<Kit, 'vault'>,
  told: readonly Told[],
): Promise<(string | undefined)[]> {
  if (told.length === 0) return []
  const places = told.map(({ customerId, given }) => indexOf(tx, kit, customerId, given))
  const keys = places.map(place => place.toString('hex'))
  const once = [...new Map(told.map((each, i) => [keys[i], { ...each, place: places[i]! }])).values()]
  const sealed = await kit.vault.sealMany(
    tx,
    once.flatMap(({ customerId: subject, given: { name, phone, address } }) => [
      { subject, field: RECIPIENT, text: name },
      { subject, field: RECIPIENT_PHONE, text: normalPhone(phone) },
      { subject, field: ADDRESS, text: address },
    ]),
  )
  const rows = await tx.query<{ id: string; place_index: Buffer }>(
    `with told as (
       select * from unnest($3::uuid[], $4::uuid[], $5::text[], $6::bytea[], $7::bytea[], $8::bytea[], $9::bytea[])
         t (id, customer, area, recipient, phone, address, place)),
     kept as (
       insert into customer_address as k
         (programme_id, id, customer_id, area_code, recipient, phone, address, place_index, created_at, used_at)
       select $1, t.id, t.customer, a.code, t.recipient, t.phone, t.address, t.place, $2, $2
         from told t join area a on a.code = t.area order by t.customer, t.place
       on conflict (programme_id, customer_id, place_index) where closed_at is null
         do update set used_at = greatest(k.used_at, excluded.used_at) returning id, place_index),
     over as (
       update customer_address set closed_at = $2 where programme_id = $1 and id in (
         select o.id from (
           select c.id, n.fresh, row_number() over (partition by c.customer_id order by c.used_at desc, c.id desc) as place
             from (select customer, count(*) as fresh from told group by customer) n
             join customer_address c on c.programme_id = $1 and c.customer_id = n.customer and c.closed_at is null
            where not exists (select from told t where t.customer = c.customer_id and t.place = c.place_index)) o
          where o.place > ${MOST} - o.fresh))
     select id, place_index from kept`,
    [
      ...[tx.programme, tx.at, uuidArray(once.map(() => newId(tx.at.getTime())))],
      uuidArray(once.map(({ customerId }) => customerId)),
      textArray(once.map(({ given }) => given.areaCode)),
      ...[0, 1, 2].map(part => byteaArray(once.map((_, i) => sealed[3 * i + part]!))),
      byteaArray(once.map(({ place }) => place)),
    ],
    'customer-addresses-keep',
  )
  const ids = new Map(rows.map(row => [row.place_index.toString('hex'), row.id]))
  return keys.map(key => ids.get(key))
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
