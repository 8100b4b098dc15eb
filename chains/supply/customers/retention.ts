import type { Reader, Writer } from '@silian/kernel/database/database.ts'
import type { RegisterKit } from '@silian/kernel/register/kit.ts'
import type { People, Record } from '@silian/kernel/retention/people.ts'
import type { Tally } from '@silian/kernel/retention/wipe.ts'
import { wallet } from './accounts.ts'

/**
 * Citizens who buy. What they ordered, paid and had taken back stays under a number that leads to nobody; whatever they
 * are known by, and every word and picture beside these orders, is destroyed.
 */
export const customers: People = {
  name: 'customer',
  reach: sameCustomer,
  waits: async (tx, ids) => [
    { code: 'order', count: (await counted(tx, ids, openOrders)) + (await counted(tx, ids, helpedOrders)) },
    { code: 'claim', count: await counted(tx, ids, openClaims) },
    { code: 'complaint', count: await counted(tx, ids, openComplaints) },
    { code: 'refund', count: await counted(tx, ids, openRefunds) },
    { code: 'wallet', count: await counted(tx, ids.map(wallet), fullWallets) },
  ],
  stays,
  files,
  forget,
}

/** Whoever proved a phone is all that was bought with it; a guest is what was bought in the session. */
async function sameCustomer(tx: Reader, id: string): Promise<readonly string[]> {
  const rows = await tx.query<{ id: string }>(
    `select c.id from customer a join customer c on c.programme_id = $1
        and (c.id = a.id or a.proven_at is not null and c.phone_index = a.phone_index and c.closed_at is null)
      where a.programme_id = $1 and a.id = $2 order by c.id for update of c`,
    [tx.programme, id],
  )
  const ids = rows.map(row => row.id)
  // whatever is being done to their orders comes first: what it leaves behind is waited for, or goes too
  await tx.query(
    `select 1 from "order" where programme_id = $1 and buyer_kind = 'citizen' and buyer_id = any($2::uuid[])
      order by id for update`,
    [tx.programme, ids],
  )
  return ids
}

/** Others' orders that their wallet helped to pay: what may still come back is theirs. */
const helpedOrders = `"order" o where o.programme_id = $1 and o.accepted_at is null
  and o.state not in ('cancelled', 'refused', 'expired') and o.buyer_id <> all($2::uuid[]) and exists (
    select 1 from payment_allocation a join payment p on p.programme_id = $1 and p.id = a.payment_id
     where a.programme_id = $1 and a.order_id = o.id and p.state = 'paid' and p.provider = 'wallet'
       and p.buyer_id = any($2::uuid[]))`
const openOrders = `"order" where programme_id = $1 and buyer_kind = 'citizen' and buyer_id = any($2::uuid[])
  and accepted_at is null and state not in ('cancelled', 'refused', 'expired')`
const openClaims = 'claim where programme_id = $1 and buyer_id = any($2::uuid[]) and closed_at is null'
const openComplaints = `process_case c where c.programme_id = $1 and c.process = 'complaint' and c.ended_at is null
  and c.form->>'orderNumber' in (select number from "order" where programme_id = $1 and buyer_id = any($2::uuid[]))`
const openRefunds = `refund r join "order" o on o.programme_id = $1 and o.id = r.order_id
  where r.programme_id = $1 and r.state <> 'done' and o.buyer_id = any($2::uuid[])`
const fullWallets = 'ledger_account where programme_id = $1 and account = any($2::text[]) and balance <> 0'

async function counted(tx: Reader, ids: readonly string[], from: string): Promise<number> {
  const [row] = await tx.query<{ n: number }>(`select count(*)::int as n from ${from}`, [tx.programme, ids])
  return row!.n
}

/** The last trade, and the last money that came or went. */
async function stays(tx: Reader, ids: readonly string[]): Promise<Record[]> {
  const [row] = await tx.query<{ trade: string | null; paid: string | null }>(
    `select max((coalesce(completed_at, accepted_at, placed_at) at time zone 'Asia/Shanghai')::date)::text as trade,
       max((paid_at at time zone 'Asia/Shanghai')::date)::text as paid
     from "order" where programme_id = $1 and buyer_kind = 'citizen' and buyer_id = any($2::uuid[])`,
    [tx.programme, ids],
  )
  const { trade, paid } = row!
  return [
    ...(trade ? [{ class: 'trade', record: 'trade', event: trade } as const] : []),
    ...(paid ? [{ class: 'accounting', record: 'money', event: paid } as const] : []),
  ]
}

/** What they uploaded, and all that is attached to their orders, claims, evaluations and complaints. */
async function files(tx: Reader, ids: readonly string[]): Promise<string[]> {
  const about = await aboutThem(tx, ids)
  const rows = await tx.query<{ id: string }>(
    `select id from file where programme_id = $1 and uploaded_by = any($2::text[])
     union select file_id from file_use where programme_id = $1 and subject_id = any($3::text[])
       and subject_type in ('order', 'claim', 'review', 'case')`,
    [tx.programme, ids, Object.values(about).flat()],
  )
  return rows.map(row => row.id)
}

interface About {
  readonly orders: readonly string[]
  readonly claims: readonly string[]
  readonly reviews: readonly string[]
  readonly cases: readonly string[]
}

async function aboutThem(tx: Reader, ids: readonly string[]): Promise<About> {
  const [row] = await tx.query<About>(
    `with mine as (select id, number from "order"
       where programme_id = $1 and buyer_kind = 'citizen' and buyer_id = any($2::uuid[]))
     select array(select id::text from mine order by 1) as orders,
       array(select c.id::text from claim c join mine on mine.id = c.order_id where c.programme_id = $1) as claims,
       array(select r.id::text from review r join mine on mine.id = r.order_id where r.programme_id = $1) as reviews,
       array(select c.id::text from process_case c join mine on mine.number = c.form->>'orderNumber'
              where c.programme_id = $1 and c.process = 'complaint') as cases`,
    [tx.programme, ids],
  )
  return row!
}

/** Their words stand beside others', who may name them: of these orders all words go. */
const wordless = [
  `"order" set note = '', evaluation = null where programme_id = $1 and id = any($2::uuid[])
     and (note <> '' or evaluation is not null)`,
  `claim set reason = '', answer = null, objection = null, decision = null
    where programme_id = $1 and order_id = any($2::uuid[])`,
  `review set said = '', by_masked = null, hidden_reason = case when hidden_at is not null then '' end
    where programme_id = $1 and order_id = any($2::uuid[])`,
] as const
const caseless = [
  `process_case set form = form || '{"said": ""}' where programme_id = $1 and id = any($2::uuid[])`,
  `process_task set form = form || '{"answer": ""}' where programme_id = $1 and case_id = any($2::uuid[]) and form ? 'answer'`,
] as const

async function forget(tx: Writer, kit: RegisterKit, ids: readonly string[]): Promise<Tally> {
  const about = await aboutThem(tx, ids)
  const count = async (text: string, values: readonly unknown[]): Promise<number> =>
    (await tx.query(`${text} returning 1`, [tx.programme, ...values])).length
  const of = async (texts: readonly string[], rows: readonly string[]): Promise<number> => {
    let sum = 0
    for (const text of texts) sum += await count(`update ${text}`, [rows])
    return sum
  }
  const words = (await of(wordless, about.orders)) + (await of(caseless, about.cases))
  await kit.vault.erase(tx, about.cases)
  // what the guests of a phone shared
  await count(
    'update "order" set held_by = null where programme_id = $1 and id = any($2::uuid[]) and held_by is not null',
    [about.orders],
  )
  const opening = await count(
    `delete from fact_private p using fact f where p.programme_id = $1 and f.programme_id = $1 and f.id = p.fact_id
       and (f.subject = any($2::text[]) and p.field in ('text', 'photos', 'reason', 'note') or f.subject = any($3::text[]))`,
    [[...about.orders, ...about.claims, ...about.reviews], about.cases],
  )
  const address = await count(
    'delete from customer_address where programme_id = $1 and customer_id = any($2::uuid[])',
    [ids],
  )
  await count(
    `delete from customer_code where programme_id = $1 and phone_index in
       (select phone_index from customer where programme_id = $1 and id = any($2::uuid[]))`,
    [ids],
  )
  await count('delete from customer_session where programme_id = $1 and customer_id = any($2::uuid[])', [ids])
  const customer = await count(
    `update customer set phone = '', phone_index = '', name = null, closed_at = coalesce(closed_at, $3)
      where programme_id = $1 and id = any($2::uuid[])`,
    [ids, tx.at],
  )
  return { customer, address, words, opening, complaint: about.cases.length }
}
