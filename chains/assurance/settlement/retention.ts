import type { Reader } from '@silian/kernel/database/database.ts'
import type { Holder, Wait } from '@silian/kernel/retention/holder.ts'
import { dateOf } from '@silian/kernel/time/shanghai.ts'
import { lotStock } from '../../value/lots/accounts.ts'
import { owedTo } from './accounts.ts'

/** Money for households: erasure waits for what is owed or under way, and vouchers of what was paid are held. */
export const benefitHolder: Holder = {
  register: 'household',
  waits: async (tx, ids) => [
    { code: 'goods', count: await goodsUnderWay(tx, ids) },
    { code: 'owed', count: await owed(tx, ids) },
    { code: 'payout', count: await unconfirmed(tx, ids) },
  ],
  holds: async (tx, ids) => {
    const rows = await tx.query<{ day: string }>(
      `select max((coalesce(paid_at, confirmed_at) at time zone 'Asia/Shanghai')::date)::text as day from payout_item
        where programme_id = $1 and household_id = any($2::uuid[]) having count(*) > 0`,
      [tx.programme, ids],
    )
    return rows.map(({ day }): Awaited<ReturnType<NonNullable<Holder['holds']>>>[number] => ({
      class: 'accounting',
      event: day,
    }))
  },
}

const counted = async (tx: Reader, text: string, values: readonly unknown[]): Promise<Wait['count']> => {
  const [row] = await tx.query<{ n: number }>(`select count(*)::int as n ${text}`, values)
  return row!.n
}

/** After that, goods of the field are not sold any more, and nobody would be waited for but the shelf. */
const KEEPS = '2 years'

/** Lots that they delivered to, with goods in stock, or sold in an order that is not settled yet: money may still come. */
const goodsUnderWay = (tx: Reader, ids: readonly string[]): Promise<number> =>
  counted(
    tx,
    `from (select distinct lot_id from lot_source where programme_id = $1 and household_id = any($2::uuid[])) s
      where exists (select from ledger_account a join lot on lot.programme_id = $1 and lot.id = s.lot_id
          where a.programme_id = $1 and a.account = '${lotStock('')}' || s.lot_id and a.balance > 0
            and lot.harvested_on > $3::date - interval '${KEEPS}')
        or exists (select from order_line l join "order" o on o.programme_id = $1 and o.id = l.order_id
          where l.programme_id = $1 and l.lot_id = s.lot_id and o.state not in ('cancelled', 'refused', 'expired')
            and not exists (select from settlement t where t.programme_id = $1 and t.order_id = o.id))`,
    [tx.programme, ids, dateOf(tx.at)],
  )

const owed = (tx: Reader, ids: readonly string[]): Promise<number> =>
  counted(tx, 'from ledger_account where programme_id = $1 and account = any($2::text[]) and balance <> 0', [
    tx.programme,
    ids.map(owedTo.household),
  ])

/** At the bank, or paid and not yet confirmed by whom it was for. */
const unconfirmed = (tx: Reader, ids: readonly string[]): Promise<number> =>
  counted(
    tx,
    'from payout_item where programme_id = $1 and household_id = any($2::uuid[]) and confirmed_at is null',
    [tx.programme, ids],
  )
