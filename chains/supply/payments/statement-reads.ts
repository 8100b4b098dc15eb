import type { Reach } from '@silian/kernel/access/permit.ts'
import { reachPredicate } from '@silian/kernel/access/reach.ts'
import type { Reader } from '@silian/kernel/database/database.ts'
import { pageFrom } from '@silian/kernel/http/paging.ts'
import type { Page } from '@silian/kernel/http/shapes.ts'
import type { z } from 'zod'
import type { ProviderName } from './providers/provider.ts'
import type { Difference, Disbelieved, statement, unfitMoney } from './statement-contract.ts'

const MOST_DAYS = 62

/** The days that were compared, the newest first. */
export async function listStatements(tx: Reader, reach: Reach): Promise<z.infer<typeof statement>[]> {
  const { sql, values } = reachPredicate(reach, { programme: 's.programme_id' })
  const rows = await tx.query<{
    provider: ProviderName
    day: string
    lines: number
    fetched_at: Date
    open: number
  }>(
    `select s.provider, s.day, s.lines, s.fetched_at, (select count(*) from provider_difference d
       where d.programme_id = s.programme_id and d.provider = s.provider and d.day = s.day and d.settled_at is null) as open
     from provider_statement s where ${sql} order by s.day desc, s.provider limit ${MOST_DAYS}`,
    [...values],
  )
  return rows.map(row => ({
    ...{ provider: row.provider, day: row.day, lines: row.lines, open: row.open },
    fetchedAt: row.fetched_at.toISOString(),
  }))
}

interface Row {
  readonly id: string
  readonly provider: ProviderName
  readonly day: string
  readonly kind: Difference['kind']
  readonly reference: string
  readonly payment_id: string | null
  readonly ours_fen: number | null
  readonly theirs_fen: number | null
  readonly found_at: Date
  readonly settled_at: Date | null
  readonly note: string | null
}

export async function listDifferences(
  tx: Reader,
  reach: Reach,
  query: { after?: string | undefined; limit: number; open?: 'true' | undefined; day?: string | undefined },
): Promise<Page<Difference>> {
  const { sql, values } = reachPredicate(reach, {}, 5)
  const rows = await tx.query<Row>(
    `select * from provider_difference where ($1::uuid is null or id > $1) and ($2::text is null or settled_at is null)
       and ($4::date is null or day = $4) and ${sql} order by id limit $3`,
    [query.after ?? null, query.open ?? null, query.limit + 1, query.day ?? null, ...values],
  )
  return pageFrom(
    rows,
    query.limit,
    row => row.id,
    row => ({
      ...{ id: row.id, provider: row.provider, day: row.day, kind: row.kind, reference: row.reference },
      ...{ paymentId: row.payment_id, oursFen: row.ours_fen, theirsFen: row.theirs_fen },
      foundAt: row.found_at.toISOString(),
      ...{ settledAt: row.settled_at?.toISOString() ?? null, note: row.note },
    }),
  )
}

/** Money that fits no payment and waits for a person, the oldest first. */
export async function listUnfit(tx: Reader, reach: Reach): Promise<z.infer<typeof unfitMoney>[]> {
  const { sql, values } = reachPredicate(reach, { programme: 'r.programme_id' })
  const rows = await tx.query<{
    provider: ProviderName
    reference: string
    payment_id: string
    amount_fen: number
    due_fen: number
    paid_at: Date
  }>(
    `select r.provider, r.reference, r.payment_id, r.amount_fen, p.amount_fen as due_fen, r.paid_at from provider_receipt r
       join payment p on p.programme_id = r.programme_id and p.id = r.payment_id
      where r.state = 'suspense' and ${sql} order by r.received_at, r.reference limit 200`,
    [...values],
  )
  return rows.map(row => ({
    ...{ provider: row.provider, reference: row.reference, paymentId: row.payment_id },
    ...{ amountFen: row.amount_fen, dueFen: row.due_fen, paidAt: row.paid_at.toISOString() },
  }))
}

const DISBELIEVED_DAYS = 31

/** How many messages of each day were not believed, the newest day first. */
export async function countDisbelieved(tx: Reader, reach: Reach): Promise<Disbelieved[]> {
  const { sql, values } = reachPredicate(reach, { programme: 'm.programme_id' }, 2)
  const rows = await tx.query<Omit<Disbelieved, 'lastAt'> & { last_at: Date }>(
    `select (m.received_at at time zone 'Asia/Shanghai')::date as day, m.provider, m.verdict, count(*)::int as count,
       max(m.received_at) as last_at from provider_message m
      where m.verdict like 'notice.%' and m.received_at > $1 and ${sql} group by 1, 2, 3 order by 1 desc, 2, 3`,
    [new Date(tx.at.getTime() - DISBELIEVED_DAYS * 86_400_000), ...values],
  )
  return rows.map(({ last_at, ...row }) => ({ ...row, lastAt: last_at.toISOString() }))
}
