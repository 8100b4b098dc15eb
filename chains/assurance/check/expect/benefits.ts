import type { Areas } from '../areas.ts'
import type { Book } from '../book.ts'
import { AnyOf, type Expectation, type Row, type Value } from '../compare.ts'
import { type PaidOuts, partsPassed, payoutOfParts } from '../derive.ts'
import { map } from './registers.ts'

/** What reached households: settlements with their parts, payouts with their items, what the bank says otherwise. */
export function benefits(book: Book, areas: Areas, outs: PaidOuts): Expectation[] {
  const pathOf = (code: string | undefined): Value | undefined =>
    code === undefined ? undefined : new AnyOf(...areas.pathsOf(code))
  return [
    ...settlements(book),
    {
      table: 'payout_batch',
      key: ['id'],
      rows: map(book.payouts, (id, batch) => {
        const paid = outs.paid.get(id)
        return {
          id,
          county_code: batch.county,
          area_path: pathOf(batch.county),
          state: paid ? 'paid' : 'sent',
          total_fen: batch.fen,
          households: batch.items.length,
          created_at: batch.fact.at,
          paid_at: paid?.fact.at ?? null,
          bank_reference: paid?.reference ?? null,
        }
      }),
    },
    { table: 'payout_item', key: ['batch_id', 'household_id'], rows: items(book, outs, areas) },
    {
      table: 'payout_dispute',
      key: ['fact_id'],
      rows: outs.disputed.map(({ fact, batch, reference, fen }) => ({
        fact_id: fact.id,
        batch_id: batch,
        reference,
        fen,
      })),
    },
  ]
}

function settlements(book: Book): Expectation[] {
  const batches = payoutOfParts(book)
  const passed = partsPassed(book)
  return [
    {
      table: 'settlement',
      key: ['order_id'],
      rows: map(book.settlements, (order_id, settled) => ({
        order_id,
        fact_id: settled.fact.id,
        seller_id: settled.seller,
        total_fen: settled.fen,
        cooperative_fen: settled.cooperativeFen,
        households_fen: settled.householdsFen,
        households: new Set(settled.parts.map(part => part.household)).size,
        settled_at: settled.fact.at,
      })),
    },
    {
      table: 'settlement_part',
      key: ['order_id', 'link_id'],
      rows: [...book.settlements].flatMap(([order_id, { parts }]) =>
        parts.map(part => ({
          order_id,
          link_id: part.link,
          household_id: part.household,
          mechanism: book.links.get(part.link)?.mechanism,
          fen: part.fen,
          payout_id: batches.get(`${order_id}/${part.link}`) ?? null,
          passed_to: passed.get(`${order_id}/${part.link}`) ?? null,
        })),
      ),
    },
  ]
}

/** A household may have moved since: where it ever lay. */
const pathsOf = (areas: Areas, places: ReadonlySet<string> = new Set()): Value | undefined =>
  places.size === 0 ? undefined : new AnyOf(...[...places].flatMap(code => areas.pathsOf(code)))

/** An item's own id is public only once it is confirmed, and then does not tell whose it is. */
function items(book: Book, outs: PaidOuts, areas: Areas): Row[] {
  const confirmed = new Map(
    [...book.confirmations].map(([id, told]) => [
      `${told.batch}/${told.household}`,
      { id, at: told.fact.at },
    ]),
  )
  return [...book.payouts].flatMap(([batch_id, batch]) =>
    batch.items.map(item => {
      const confirmation = confirmed.get(`${batch_id}/${item.household}`)
      const isErased = confirmed.has(`${batch_id}/undefined`)
      return {
        batch_id,
        household_id: item.household,
        id: confirmation?.id,
        area_path: pathsOf(areas, book.rowsOf('household').get(item.household)?.places),
        amount_fen: item.fen,
        paid_at: outs.paid.get(batch_id)?.fact.at ?? null,
        confirmed_at: confirmation?.at ?? (isErased ? undefined : null),
      }
    }),
  )
}

/** Figures of articles, as they were cited. */
export const citations = (book: Book): Expectation => ({
  table: 'cited_figure',
  key: ['key'],
  rows: map(book.cited, (key, cited) => ({
    key,
    row_id: cited.row,
    quote_zh: cited.quoteZh,
    label_en: cited.labelEn,
    value: cited.value,
    unit: cited.unit,
    as_of: cited.asOf,
    fact_id: cited.fact.id,
  })),
})
