import { covers, type Reach } from '@silian/kernel/access/permit.ts'
import type { Writer } from '@silian/kernel/database/database.ts'
import { idFrom, newId } from '@silian/kernel/ids/ids.ts'
import { openAccounts } from '@silian/kernel/ledger/accounts.ts'
import { postAll } from '@silian/kernel/ledger/post.ts'
import type { Price } from '@silian/kernel/money/money.ts'
import { ok, type Result, refuse } from '@silian/kernel/result/result.ts'
import { dateOf } from '@silian/kernel/time/shanghai.ts'
import type { Kit } from '../../kit.ts'
import { activeLinks } from '../../production/links/reads.ts'
import { purchasePrice } from '../../production/links/rules.ts'
import { placeFor } from '../places/place-for.ts'
import type { Product } from '../products/contract.ts'
import { findProduct } from '../products/reads.ts'
import { harvest, lotStock } from './accounts.ts'
import type { NewLot } from './contract.ts'

export type LotRefusal =
  | 'product.not_found'
  | 'lot.future'
  | 'lot.empty'
  | 'lot.code_taken'
  | 'lot.source_twice'
  | 'link.not_found'
  | 'place.not_found'
  | 'place.closed'

interface Source {
  readonly linkId: string
  readonly householdId: string
  readonly quantity: number
  readonly price: Price
}

/** Brings a harvest into stock: what each household delivered at its link's price, and the co-op's own. */
export async function bringIn(
  tx: Writer,
  kit: Kit,
  reach: Reach,
  input: NewLot,
): Promise<Result<{ id: string }, LotRefusal>> {
  const product = await findProduct(tx, input.productId)
  if (!product || !covers(reach, { organisationIds: [product.cooperativeId] }))
    return refuse('product.not_found')
  if (input.harvestedOn > dateOf(tx.at)) return refuse('lot.future')
  const sources = await sourcesOf(tx, product, input)
  if (!sources.ok) return sources
  const quantity = sources.value.reduce((sum, source) => sum + source.quantity, input.ownQuantity)
  if (quantity === 0) return refuse('lot.empty')
  if (input.placeId !== undefined) {
    const place = await placeFor(tx, product.cooperativeId, input.placeId)
    if (!place.ok) return place
  }
  const id = input.id ?? newId(tx.at.getTime())
  const lot = { ...input, id, quantity, product, sources: sources.value }
  if (!(await insertLot(tx, lot))) return refuse('lot.code_taken', { code: input.code })
  await openAccounts(tx, [{ account: lotStock(id), unit: product.unit, kind: 'ceiling' }])
  await postAll(tx, [
    {
      id: idFrom('entry', 'harvest', id),
      kind: 'lot.harvested',
      subject: id,
      postings: [
        { account: harvest(product.unit), amount: -quantity },
        { account: lotStock(id), amount: quantity },
      ],
    },
  ])
  await recordHarvest(tx, kit, lot)
  return ok({ id })
}

async function sourcesOf(
  tx: Writer,
  product: Product,
  input: NewLot,
): Promise<Result<Source[], 'link.not_found' | 'lot.source_twice'>> {
  const wanted = input.sources.map(source => source.linkId)
  if (new Set(wanted).size < wanted.length) return refuse('lot.source_twice')
  const links = new Map(
    (await activeLinks(tx, { ids: wanted, on: input.harvestedOn })).map(link => [link.id, link]),
  )
  const sources: Source[] = []
  for (const { linkId, quantity, marketPrice } of input.sources) {
    const link = links.get(linkId)
    const formula = link?.formula
    const fits =
      formula?.mechanism === 'order_purchase' &&
      formula.productId === product.id &&
      link?.cooperativeId === product.cooperativeId
    if (!fits) return refuse('link.not_found', { link: linkId })
    sources.push({
      linkId,
      householdId: link.householdId,
      quantity,
      price: purchasePrice(formula, marketPrice),
    })
  }
  return ok(sources)
}

type Ready = NewLot & { readonly id: string; readonly quantity: number; readonly product: Product }
type ReadyLot = Omit<Ready, 'sources'> & { readonly sources: readonly Source[] }

async function insertLot(tx: Writer, lot: ReadyLot): Promise<boolean> {
  const rows = await tx.db
    .insertInto('lot')
    .values({
      programme_id: tx.programme,
      id: lot.id,
      code: lot.code,
      product_id: lot.product.id,
      cooperative_id: lot.product.cooperativeId,
      harvested_on: lot.harvestedOn,
      quantity: lot.quantity,
      own_quantity: lot.ownQuantity,
      created_at: tx.at,
      place_id: lot.placeId ?? null,
      moved_leaf: null,
      households: new Set(lot.sources.map(source => source.householdId)).size,
    })
    .onConflict(c => c.doNothing())
    .returning('id')
    .execute()
  if (rows.length > 0 && lot.sources.length > 0)
    await tx.db
      .insertInto('lot_source')
      .values(
        lot.sources.map(source => ({
          programme_id: tx.programme,
          lot_id: lot.id,
          link_id: source.linkId,
          household_id: source.householdId,
          quantity: source.quantity,
          price_fen: source.price.fen,
          price_per: source.price.per,
        })),
      )
      .execute()
  return rows.length > 0
}

const recordHarvest = (tx: Writer, kit: Kit, lot: ReadyLot) =>
  kit.recorder.record(tx, {
    type: 'lot.harvested',
    subject: lot.id,
    holder: lot.product.cooperativeId,
    pub: {
      lot: lot.id,
      product: lot.product.id,
      county: lot.product.countyCode,
      harvestedOn: lot.harvestedOn,
      unit: lot.product.unit,
      quantity: String(lot.quantity),
      own: String(lot.ownQuantity),
      sources: lot.sources.length,
      ...(lot.placeId === undefined ? {} : { place: lot.placeId }),
    },
    hidden: Object.fromEntries(lot.sources.map((source, i) => [`source${i}`, JSON.stringify(source)])),
  })
