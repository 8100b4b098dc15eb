import { wholeNames } from '@silian/kernel/access/areas.ts'
import { recordAccess } from '@silian/kernel/access/audit.ts'
import type { Reach } from '@silian/kernel/access/permit.ts'
import type { Reader, Writer } from '@silian/kernel/database/database.ts'
import { ok, type Result } from '@silian/kernel/result/result.ts'
import type { Kit } from '../../kit.ts'
import { addressesOf } from '../customers/addresses.ts'
import { findSide } from '../orders/reads.ts'
import type { ParcelSheet, Receivers } from './contract.ts'
import { pickedFrom } from './picked.ts'
import { findParcels, parcelsWith } from './reads.ts'

/**
 * Packing lists and waybills of parcels in the order asked for, with whole addresses. The look is recorded with it:
 * no record, no address. Refuses `parcel.not_found` unless all are the caller's.
 */
export async function printSheets(
  tx: Writer,
  kit: Kit,
  reach: Reach,
  ids: readonly string[],
  requestId: string,
): Promise<Result<{ sheets: ParcelSheet[] }, 'parcel.not_found'>> {
  const found = await findParcels(tx, reach, ids)
  if (!found.ok) return found
  const parcels = new Map((await parcelsWith(tx, ids)).map(parcel => [parcel.id, parcel]))
  const heads = await headsOf(
    tx,
    kit,
    [...parcels.values()].map(({ orderId }) => orderId),
  )
  const fromOf = await pickedFrom(tx, [...heads.keys()])
  await recordLook(tx, [...heads.keys()], requestId)
  const sheets = ids.flatMap(id => {
    const parcel = parcels.get(id)
    const head = parcel && heads.get(parcel.orderId)
    return head ? [{ ...parcel, ...head, from: fromOf(parcel.orderId) }] : []
  })
  return ok({ sheets })
}

/** To whom orders go, for their packing lists; the look is recorded. Refuses `order.not_found` unless all are one's to send. */
export async function readReceivers(
  tx: Writer,
  kit: Kit,
  reach: Reach,
  ids: readonly string[],
  requestId: string,
): Promise<Result<Receivers, 'order.not_found'>> {
  const found = await findSide(tx, reach, ids, 'seller')
  if (!found.ok) return found
  const heads = await headsOf(tx, kit, ids)
  const fromOf = await pickedFrom(tx, ids)
  await recordLook(tx, ids, requestId)
  return ok({ items: ids.map(id => ({ orderId: id, to: heads.get(id)!.to, from: fromOf(id) })) })
}

const recordLook = (tx: Writer, orders: readonly string[], requestId: string): Promise<void> =>
  recordAccess(tx, {
    ...{ action: 'parcel.print', subjectType: 'order', requestId, purpose: 'delivery' },
    subjectIds: orders,
    fields: ['recipient', 'phone', 'address'],
  })

type Head = Pick<ParcelSheet, 'sellerName' | 'placedAt' | 'note' | 'to'>

/** What a sheet says of its order; a unit's goods go to the unit, a citizen's where they said. */
async function headsOf(tx: Reader, kit: Kit, orderIds: readonly string[]): Promise<Map<string, Head>> {
  const rows = await tx.query<{
    id: string
    placed_at: Date
    note: string
    seller: string
    unit: string | null
    area_code: string | null
    address_id: string | null
  }>(
    `select o.id, o.placed_at, o.note, s.name_zh as seller, u.name_zh as unit, u.area_code, o.address_id
     from "order" o
     join organisation s on s.programme_id = o.programme_id and s.id = o.seller_id
     left join organisation u on u.programme_id = o.programme_id and u.id = o.buyer_id and o.buyer_kind = 'unit'
     where o.programme_id = $1 and o.id = any($2::uuid[])`,
    [tx.programme, orderIds],
    'parcel-heads',
  )
  const addresses = await addressesOf(
    tx,
    kit,
    rows.flatMap(row => (row.address_id ? [row.address_id] : [])),
  )
  const to = rows.map(row => addresses.get(row.address_id ?? ''))
  const areas = await wholeNames(
    tx,
    rows.map((row, i) => to[i]?.areaCode ?? row.area_code ?? ''),
  )
  return new Map(
    rows.map((row, i) => {
      const { name = row.unit ?? '', phone = '', address = '', areaCode = row.area_code ?? '' } = to[i] ?? {}
      const where = { name, phone, area: areas.get(areaCode) ?? '', address }
      return [
        row.id,
        { sellerName: row.seller, placedAt: row.placed_at.toISOString(), note: row.note, to: where },
      ]
    }),
  )
}
