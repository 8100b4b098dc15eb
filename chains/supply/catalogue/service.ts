import { covers, type Reach } from '@silian/kernel/access/permit.ts'
import type { Writer } from '@silian/kernel/database/database.ts'
import { newId } from '@silian/kernel/ids/ids.ts'
import { ok, type Result, refuse } from '@silian/kernel/result/result.ts'
import { settingOf } from '@silian/kernel/settings/settings.ts'
import type { Kit } from '../../kit.ts'
import { isActiveSupplier } from '../../production/suppliers/service.ts'
import { onlyActiveSuppliers } from '../../settings.ts'
import { findProduct } from '../../value/products/reads.ts'
import type { NewOffer, Pavilion } from './contract.ts'

export type OfferRefusal =
  | 'product.not_found'
  | 'lot.not_found'
  | 'offer.supplier_not_active'
  | 'offer.exists'
  | 'offer.not_found'
  | 'offer.changed'

/** Lists a product for sale out of one of its lots; where the programme wants it so, of an active supplier only. */
export async function listOffer(
  tx: Writer,
  kit: Kit,
  reach: Reach,
  input: NewOffer,
): Promise<Result<{ id: string; version: number }, OfferRefusal>> {
  const product = await findProduct(tx, input.productId)
  if (!product || !covers(reach, { organisationIds: [product.cooperativeId] }))
    return refuse('product.not_found')
  if (!(await isLotOf(tx, input.lotId, product.id))) return refuse('lot.not_found')
  if ((await settingOf(tx, onlyActiveSuppliers)) && !(await isActiveSupplier(tx, product.cooperativeId)))
    return refuse('offer.supplier_not_active')
  const id = input.id ?? newId(tx.at.getTime())
  const rows = await tx.db
    .insertInto('offer')
    .values({
      programme_id: tx.programme,
      id,
      version: 1,
      state: 'listed',
      product_id: product.id,
      seller_id: product.cooperativeId,
      lot_id: input.lotId,
      spec_zh: input.specZh,
      spec_en: input.specEn,
      per_piece: input.perPiece,
      price_fen: input.priceFen,
      ship_days: input.shipDays,
      created_at: tx.at,
    })
    .onConflict(c => c.doNothing())
    .returning('id')
    .execute()
  if (rows.length === 0) return refuse('offer.exists')
  await kit.recorder.record(tx, {
    type: 'offer.listed',
    subject: id,
    holder: product.cooperativeId,
    pub: {
      offer: id,
      version: 1,
      product: product.id,
      lot: input.lotId,
      perPiece: String(input.perPiece),
      fen: String(input.priceFen),
      shipDays: input.shipDays,
    },
  })
  return ok({ id, version: 1 })
}

interface Change {
  readonly version: number
  readonly priceFen?: number | undefined
  readonly lotId?: string | undefined
  readonly state?: 'listed' | 'withdrawn' | undefined
}

/** Changes an offer from the version its editor saw; another's change in between is not overwritten. */
export async function changeOffer(
  tx: Writer,
  kit: Kit,
  reach: Reach,
  id: string,
  change: Change,
): Promise<Result<{ id: string; version: number }, OfferRefusal>> {
  const offer = await tx.db
    .selectFrom('offer')
    .selectAll()
    .where('programme_id', '=', tx.programme)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!offer || !covers(reach, { organisationIds: [offer.seller_id] })) return refuse('offer.not_found')
  if (offer.version !== change.version) return refuse('offer.changed', { version: offer.version })
  if (change.lotId && !(await isLotOf(tx, change.lotId, offer.product_id))) return refuse('lot.not_found')
  const next = {
    version: offer.version + 1,
    price_fen: change.priceFen ?? offer.price_fen,
    lot_id: change.lotId ?? offer.lot_id,
    state: change.state ?? offer.state,
  }
  await tx.db
    .updateTable('offer')
    .set(next)
    .where('programme_id', '=', tx.programme)
    .where('id', '=', id)
    .execute()
  await kit.recorder.record(tx, {
    type: 'offer.changed',
    subject: id,
    holder: offer.seller_id,
    pub: {
      offer: id,
      version: next.version,
      lot: next.lot_id,
      fen: String(next.price_fen),
      state: next.state,
    },
  })
  return ok({ id, version: next.version })
}

const isLotOf = async (tx: Writer, lotId: string, productId: string): Promise<boolean> =>
  (
    await tx.query('select 1 from lot where programme_id = $1 and id = $2 and product_id = $3', [
      tx.programme,
      lotId,
      productId,
    ])
  ).length > 0

/** Opens a pavilion (馆): a name and a rule of what enters it. */
export async function openPavilion(
  tx: Writer,
  pavilion: Pavilion & { readonly areaPrefixes: readonly string[] },
): Promise<Result<{ key: string }, never>> {
  await tx.db
    .insertInto('pavilion')
    .values({
      programme_id: tx.programme,
      key: pavilion.key,
      name_zh: pavilion.nameZh,
      name_en: pavilion.nameEn,
      recognised_only: pavilion.recognisedOnly,
      area_prefixes: [...pavilion.areaPrefixes],
    })
    .onConflict(c => c.doNothing())
    .execute()
  return ok({ key: pavilion.key })
}
