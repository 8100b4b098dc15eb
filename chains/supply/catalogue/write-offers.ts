import type { Writer } from '@silian/kernel/database/database.ts'
import type { Kit } from '../../kit.ts'
import type { OfferPrice } from './contract.ts'
import type { OfferTable } from './tables.ts'

/** A version of an offer that is to stand from now on. */
export interface OfferVersion {
  readonly row: Omit<OfferTable, 'programme_id' | 'created_at'>
  readonly prices: readonly OfferPrice[]
}

const columns = `id, version, state, product_id, seller_id, lot_id, spec_zh, spec_en, per_piece, price_fen, ship_days, net_grams,
  lead_days, season_from, season_to, shelf_life_days, cold_chain, least_pieces, most_pieces, code`
const types = `id uuid, version int, state text, product_id uuid, seller_id uuid, lot_id uuid, spec_zh text, spec_en text,
  per_piece bigint, price_fen bigint, ship_days int, net_grams bigint, lead_days int, season_from int, season_to int,
  shelf_life_days int, cold_chain boolean, least_pieces bigint, most_pieces bigint, code text`

/** Puts new offers on the shelf; tells which were made, those left out having an id or a code that is taken. */
export async function insertOffers(
  tx: Writer,
  kit: Pick<Kit, 'recorder'>,
  versions: readonly OfferVersion[],
): Promise<ReadonlySet<string>> {
  const made = await tx.query<{ id: string }>(
    `insert into offer (programme_id, created_at, ${columns})
     select $1, $2, ${columns} from jsonb_to_recordset($3::jsonb) as r (${types})
     on conflict do nothing returning id`,
    [tx.programme, tx.at, JSON.stringify(versions.map(({ row }) => row))],
    'offers-insert',
  )
  const ids = new Set(made.map(({ id }) => id))
  const kept = versions.filter(({ row }) => ids.has(row.id))
  await insertPrices(tx, kept)
  for (const { row, prices } of kept)
    await kit.recorder.record(tx, {
      type: 'offer.listed',
      subject: row.id,
      holder: row.seller_id,
      pub: {
        offer: row.id,
        version: 1,
        product: row.product_id,
        lot: row.lot_id,
        perPiece: String(row.per_piece),
        fen: String(row.price_fen),
        shipDays: row.ship_days,
        ...told(prices),
      },
    })
  return ids
}

/** Writes the next version of offers that the transaction has locked. */
export async function updateOffers(
  tx: Writer,
  kit: Pick<Kit, 'recorder'>,
  versions: readonly OfferVersion[],
): Promise<void> {
  await tx.query(
    `update offer o set version = r.version, state = r.state, lot_id = r.lot_id, spec_zh = r.spec_zh, spec_en = r.spec_en,
       price_fen = r.price_fen, ship_days = r.ship_days, net_grams = r.net_grams, lead_days = r.lead_days,
       season_from = r.season_from, season_to = r.season_to, shelf_life_days = r.shelf_life_days,
       cold_chain = r.cold_chain, least_pieces = r.least_pieces, most_pieces = r.most_pieces, code = r.code
     from jsonb_to_recordset($2::jsonb) as r (${types}) where o.programme_id = $1 and o.id = r.id`,
    [tx.programme, JSON.stringify(versions.map(({ row }) => row))],
    'offers-update',
  )
  await insertPrices(tx, versions)
  for (const { row, prices } of versions)
    await kit.recorder.record(tx, {
      type: 'offer.changed',
      subject: row.id,
      holder: row.seller_id,
      pub: {
        offer: row.id,
        version: row.version,
        lot: row.lot_id,
        fen: String(row.price_fen),
        state: row.state,
        shipDays: row.ship_days,
        ...told(prices),
      },
    })
}

/** What lowers the price, as facts say it; nothing where nothing does. */
const told = (prices: readonly OfferPrice[]) =>
  prices.length === 0
    ? {}
    : {
        prices: prices.map(({ group, fromPieces, priceFen }) => ({
          ...{ group, from: String(fromPieces), fen: String(priceFen) },
        })),
      }

async function insertPrices(tx: Writer, versions: readonly OfferVersion[]): Promise<void> {
  const rows = versions.flatMap(({ row, prices }) =>
    prices.map(({ group, fromPieces, priceFen }) => ({
      ...{ offer_id: row.id, version: row.version },
      ...{ buyer_group: group, from_pieces: fromPieces, price_fen: priceFen },
    })),
  )
  if (rows.length === 0) return
  await tx.query(
    `insert into offer_price (programme_id, offer_id, version, buyer_group, from_pieces, price_fen)
     select $1, r.* from jsonb_to_recordset($2::jsonb)
       as r (offer_id uuid, version int, buyer_group text, from_pieces bigint, price_fen bigint)`,
    [tx.programme, JSON.stringify(rows)],
    'offer-prices-insert',
  )
}
