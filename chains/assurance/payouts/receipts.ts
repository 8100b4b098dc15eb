import { reachPredicate } from '@silian/kernel/access/reach.ts'
import type { Reader } from '@silian/kernel/database/database.ts'
import type { Opening } from '@silian/kernel/fact/hidden.ts'
import { factsOf, type StoredFact } from '@silian/kernel/fact/read.ts'
import type { Asked, ReceiptSource } from '@silian/kernel/log/receipt-routes.ts'
import { ok, refuse } from '@silian/kernel/result/result.ts'

interface Item {
  readonly id: string
  readonly batch_id: string
  readonly household_id: string
}

/** What the log says of one household's payout: its share of the batch, the bank's word, and that it came. */
export const payoutReceipts: ReceiptSource = {
  ...{ path: '/payout-items', thing: 'item', action: 'payout.items' },
  summary: '兑付回执 Receipts of the payout to one household',
  facts: async (tx, asked) => {
    const item = await findItem(tx, asked)
    if (!item) return refuse('payout.not_found')
    const disputed = await disputedIn(tx, item.batch_id)
    const facts = (await factsOf(tx, item.batch_id)).filter(
      fact => isOf(fact, item) && !disputed.has(fact.id),
    )
    return ok(facts.map(({ id, type }) => ({ fact: id, mayOpen: opening => isOwn(type, opening, item) })))
  },
}

async function findItem(tx: Reader, { reach, id }: Asked): Promise<Item | undefined> {
  const { sql, values } = reachPredicate(reach, { programme: 'i.programme_id', areaPath: 'i.area_path' }, 3)
  const [item] = await tx.query<Item>(
    `select id, batch_id, household_id from payout_item i where i.programme_id = $1 and i.id = $2 and ${sql}`,
    [tx.programme, id, ...values],
  )
  return item
}

/** What the bank said of a batch and nothing was paid on: another sum, or again. */
async function disputedIn(tx: Reader, batch: string): Promise<ReadonlySet<string>> {
  const rows = await tx.query<{ id: string }>(
    'select fact_id as id from payout_dispute where programme_id = $1 and batch_id = $2',
    [tx.programme, batch],
  )
  return new Set(rows.map(({ id }) => id))
}

/** Of a batch's confirmations only its own. */
const isOf = ({ type, pub }: StoredFact, item: Item): boolean =>
  type !== 'payout.confirmed' || pub.item === item.id

/** A batch hides what each household gets; this one is shown its own and nobody else's. */
function isOwn(type: string, { value }: Opening, item: Item): boolean {
  if (type !== 'payout.sent') return true
  const { household } = JSON.parse(value.toString('utf8')) as { household?: string }
  return household === item.household_id
}
