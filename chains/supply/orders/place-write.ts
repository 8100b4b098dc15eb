import {
  bigintArray,
  boolArray,
  byteaArray,
  intArray,
  textArray,
  timeArray,
  uuidArray,
} from '@silian/kernel/database/array.ts'
import type { LastStatement, Writer } from '@silian/kernel/database/database.ts'
import { Refused } from '@silian/kernel/result/result.ts'
import type { Buyer, Draft } from './place-rules.ts'

/** An order whose goods and money are held. */
export interface Served {
  readonly draft: Draft
  readonly buyer: Buyer
  readonly placedBy: string
  readonly note: string
  readonly addressId: string | null
  readonly leaf: Buffer
}

/**
 * Writes orders with their lines and tenders with the transaction's last step, a statement each. Refusal at the commit:
 * `order.exists` where an id or a number is another's.
 */
export function writeOrders(tx: Writer, served: readonly Served[]): void {
  if (served.length === 0) return
  const order = served[0]!.draft.id
  const explain = (error: unknown) =>
    (error as { code?: string }).code === '23505' ? new Refused('order.exists', { order }) : error
  for (const statement of [insertOrders(tx, served), insertLines(tx, served), insertTenders(tx, served)])
    tx.lastly(() => ({ ...statement, explain }))
}

function insertOrders(tx: Writer, served: readonly Served[]): LastStatement {
  const citizens = served.map(({ buyer }) => buyer.kind === 'citizen')
  return {
    text: `insert into "order" (programme_id, id, number, state, buyer_kind, buyer_id, seller_id, declaration_id, total_fen, note,
       ship_by, placed_by, placed_at, pay_by, address_id, last_leaf, held_by)
     select $1, o.id, o.number, case when o.citizen then 'awaiting_payment' else 'in_approval' end,
       case when o.citizen then 'citizen' else 'unit' end, o.buyer, o.seller, o.declaration, o.fen, o.note, o.ship_by::date,
       o.placed_by, $2, o.pay_by, o.address, o.leaf, o.held_by
     from unnest($3::uuid[], $4::text[], $5::boolean[], $6::uuid[], $7::uuid[], $8::uuid[], $9::bigint[], $10::text[],
       $11::text[], $12::text[], $13::timestamptz[], $14::uuid[], $15::bytea[], $16::uuid[])
       o(id, number, citizen, buyer, seller, declaration, fen, note, ship_by, placed_by, pay_by, address, leaf, held_by)`,
    values: [
      tx.programme,
      tx.at,
      uuidArray(served.map(({ draft }) => draft.id)),
      textArray(served.map(({ draft }) => draft.number)),
      boolArray(citizens),
      uuidArray(served.map(({ buyer }) => buyer.id)),
      uuidArray(served.map(({ draft }) => draft.sellerId)),
      uuidArray(served.map(({ buyer }) => buyer.declarationId)),
      bigintArray(served.map(({ draft }) => draft.totalFen)),
      textArray(served.map(({ note }) => note)),
      textArray(served.map(({ draft }) => draft.shipBy)),
      textArray(served.map(({ placedBy }) => placedBy)),
      timeArray(served.map(({ buyer }, i) => (citizens[i] ? buyer.until : null))),
      uuidArray(served.map(({ addressId }) => addressId)),
      byteaArray(served.map(({ leaf }) => leaf)),
      uuidArray(served.map(({ buyer }) => buyer.heldBy)),
    ],
    name: 'orders-insert',
  }
}

function insertLines(tx: Writer, served: readonly Served[]): LastStatement {
  const lines = served.flatMap(({ draft }) =>
    draft.lines.map((line, i) => ({ ...line, order: draft.id, no: i + 1 })),
  )
  return {
    text: `insert into order_line (programme_id, order_id, no, offer_id, offer_version, product_id, lot_id, pieces, quantity,
       price_fen, amount_fen, county_code, recognised)
     select $1, l.* from unnest($2::uuid[], $3::int[], $4::uuid[], $5::int[], $6::uuid[], $7::uuid[], $8::bigint[],
       $9::bigint[], $10::bigint[], $11::bigint[], $12::text[], $13::boolean[]) l`,
    values: [
      tx.programme,
      uuidArray(lines.map(line => line.order)),
      intArray(lines.map(line => line.no)),
      uuidArray(lines.map(line => line.id)),
      intArray(lines.map(line => line.version)),
      uuidArray(lines.map(line => line.product_id)),
      uuidArray(lines.map(line => line.lot_id)),
      bigintArray(lines.map(line => line.pieces)),
      bigintArray(lines.map(line => line.quantity)),
      bigintArray(lines.map(line => line.pieceFen)),
      bigintArray(lines.map(line => line.amountFen)),
      textArray(lines.map(line => line.county_code)),
      boolArray(lines.map(line => line.recognised)),
    ],
    name: 'orders-insert-lines',
  }
}

function insertTenders(tx: Writer, served: readonly Served[]): LastStatement {
  const tenders = served.flatMap(({ draft }) =>
    draft.tenders.map((tender, i) => ({ ...tender, order: draft.id, no: i + 1 })),
  )
  return {
    text: `insert into tender (programme_id, order_id, no, kind, account, amount_fen)
     select $1, t.* from unnest($2::uuid[], $3::int[], $4::text[], $5::text[], $6::bigint[]) t`,
    values: [
      tx.programme,
      uuidArray(tenders.map(tender => tender.order)),
      intArray(tenders.map(tender => tender.no)),
      textArray(tenders.map(tender => tender.kind)),
      textArray(tenders.map(tender => tender.account)),
      bigintArray(tenders.map(tender => tender.amount_fen)),
    ],
    name: 'orders-insert-tenders',
  }
}
