import { covers, type Reach } from '@silian/kernel/access/permit.ts'
import type { Reader, Writer } from '@silian/kernel/database/database.ts'
import { newId } from '@silian/kernel/ids/ids.ts'
import { ok, type Result, refuse } from '@silian/kernel/result/result.ts'
import { settingOf } from '@silian/kernel/settings/settings.ts'
import type { Kit } from '../../kit.ts'
import { isActiveSupplier } from '../../production/suppliers/service.ts'
import { onlyActiveSuppliers } from '../../settings.ts'
import { findProduct } from '../../value/products/reads.ts'
import type { NewOffer, OfferChange, OfferPrice, OfferTerms } from './contract.ts'
import { pricesOf } from './rows.ts'
import { checkTerms, type TermsRefusal } from './rules.ts'
import type { OfferTable } from './tables.ts'
import { insertOffers, type OfferVersion, updateOffers } from './write-offers.ts'

export type OfferRefusal =
  | TermsRefusal
  | 'product.not_found'
  | 'lot.not_found'
  | 'offer.supplier_not_active'
  | 'offer.exists'
  | 'offer.code_taken'
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
  const row = {
    ...{ id: input.id ?? newId(tx.at.getTime()), version: 1, state: 'listed' as const },
    ...{ product_id: product.id, seller_id: product.cooperativeId, lot_id: input.lotId },
    ...{ spec_zh: input.specZh, spec_en: input.specEn, per_piece: input.perPiece },
    ...{ price_fen: input.priceFen, ship_days: input.shipDays },
    ...withTerms(noTerms, input),
  }
  const prices = input.prices ?? []
  const sound = checkTerms(row, prices)
  if (!sound.ok) return sound
  const made = await insertOffers(tx, kit, [{ row, prices }])
  return made.has(row.id) ? ok({ id: row.id, version: 1 }) : refuse('offer.exists')
}

/** The columns of what an offer says beside its price. */
export type Terms = Pick<
  OfferTable,
  | 'code'
  | 'net_grams'
  | 'lead_days'
  | 'season_from'
  | 'season_to'
  | 'shelf_life_days'
  | 'cold_chain'
  | 'least_pieces'
  | 'most_pieces'
>

export const noTerms: Terms = {
  ...{ code: null, net_grams: null, lead_days: 0, season_from: null, season_to: null },
  ...{ shelf_life_days: null, cold_chain: false, least_pieces: 1, most_pieces: null },
}

type Given = { readonly [K in keyof OfferTerms]?: OfferTerms[K] | undefined }
const given = <T>(value: T | undefined, before: T): T => (value === undefined ? before : value)

/** What was there, with what is given. */
export const withTerms = (before: Terms, to: Given): Terms => ({
  code: given(to.code, before.code),
  net_grams: given(to.netGrams, before.net_grams),
  lead_days: given(to.leadDays, before.lead_days),
  season_from: to.season === undefined ? before.season_from : (to.season?.from ?? null),
  season_to: to.season === undefined ? before.season_to : (to.season?.to ?? null),
  shelf_life_days: given(to.shelfLifeDays, before.shelf_life_days),
  cold_chain: given(to.coldChain, before.cold_chain),
  least_pieces: given(to.leastPieces, before.least_pieces),
  most_pieces: given(to.mostPieces, before.most_pieces),
})

/** Changes an offer from the version its editor saw; another's change in between is not overwritten. */
export async function changeOffer(
  tx: Writer,
  kit: Kit,
  reach: Reach,
  id: string,
  change: OfferChange,
): Promise<Result<{ id: string; version: number }, OfferRefusal>> {
  const [offer] = await lockOffers(tx, 'o.id = $2', id)
  if (!offer || !covers(reach, { organisationIds: [offer.row.seller_id] })) return refuse('offer.not_found')
  const { row } = offer
  if (row.version !== change.version) return refuse('offer.changed', { version: row.version })
  if (change.lotId && !(await isLotOf(tx, change.lotId, row.product_id))) return refuse('lot.not_found')
  const next = {
    ...row,
    version: row.version + 1,
    price_fen: change.priceFen ?? row.price_fen,
    lot_id: change.lotId ?? row.lot_id,
    state: change.state ?? row.state,
    ship_days: change.shipDays ?? row.ship_days,
    spec_zh: change.specZh ?? row.spec_zh,
    spec_en: change.specEn ?? row.spec_en,
    ...withTerms(row, change),
  }
  const prices = change.prices ?? offer.prices
  const sound = checkTerms(next, prices)
  if (!sound.ok) return sound
  if (next.code !== row.code && (await isCodeTaken(tx, next))) return refuse('offer.code_taken')
  await updateOffers(tx, kit, [{ row: next, prices }])
  return ok({ id, version: next.version })
}

/** Offers as they stand, held until the transaction's end, in the order of their ids. */
export const lockOffers = async (
  tx: Writer,
  where: string,
  ...values: unknown[]
): Promise<OfferVersion[]> => {
  const rows = await tx.query<OfferVersion['row'] & { prices: OfferPrice[] }>(
    `select o.id, o.version, o.state, o.product_id, o.seller_id, o.lot_id, o.spec_zh, o.spec_en, o.per_piece, o.price_fen,
       o.ship_days, o.net_grams, o.lead_days, o.season_from, o.season_to, o.shelf_life_days, o.cold_chain, o.least_pieces,
       o.most_pieces, o.code, ${pricesOf('o')} as prices
     from offer o where o.programme_id = $1 and ${where} order by o.id for update of o`,
    [tx.programme, ...values],
  )
  return rows.map(({ prices, ...row }) => ({ row, prices }))
}

const isCodeTaken = async (tx: Reader, row: OfferVersion['row']): Promise<boolean> =>
  (
    await tx.query(
      'select 1 from offer where programme_id = $1 and seller_id = $2 and code = $3 and id <> $4',
      [...[tx.programme, row.seller_id, row.code, row.id]],
    )
  ).length > 0

const isLotOf = async (tx: Reader, lotId: string, productId: string): Promise<boolean> =>
  (
    await tx.query('select 1 from lot where programme_id = $1 and id = $2 and product_id = $3', [
      tx.programme,
      lotId,
      productId,
    ])
  ).length > 0
