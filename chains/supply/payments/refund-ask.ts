import type { Scope, Writer } from '@silian/kernel/database/database.ts'
import { OPERATOR } from '@silian/kernel/fact/keyring.ts'
import { idFrom } from '@silian/kernel/ids/ids.ts'
import { postAll } from '@silian/kernel/ledger/post.ts'
import { must, ok } from '@silian/kernel/result/result.ts'
import type { Kit } from '../../kit.ts'
import { words } from '../../words.ts'
import { BANK } from '../orders/accounts.ts'
import { provider, returning } from './accounts.ts'
import { type ProviderName, type RefundOrder, type RefundState, tradeNoOf } from './providers/provider.ts'
import { providerOf } from './settings.ts'
import type { RefundRow } from './tables.ts'

/**
 * Asks a provider to give money back, outside of any transaction: what is asked is written before and after. It may run
 * twice, and twice at once: the provider makes a refund of one number once. Throws `ProviderFault` to be tried again.
 */
export async function askRefund(kit: Kit, scope: Scope, id: string): Promise<void> {
  const ready = must(await kit.app.write(scope, async tx => ok(await markAsked(tx, kit, id))))
  if (!ready) return
  const state =
    ready.before === 'ordered'
      ? await ready.by.refund(ready.order)
      : await ready.by
          .queryRefund(ready.order)
          .then(found => (isUnknown(found) ? ready.by.refund(ready.order) : found))
  must(await kit.app.write(scope, async tx => ok(await keepState(tx, kit, ready.asked, state))))
}

/** Asked once and never heard of there: the first request was lost on its way. */
const isUnknown = (state: RefundState): boolean => state.state === 'failed' && /NOT_EXIST/.test(state.why)

async function markAsked(tx: Writer, kit: Kit, id: string) {
  const row = await lockRefund(tx, id)
  if (!row || !isByProvider(row) || (row.state !== 'ordered' && row.state !== 'asked')) return undefined
  const [payment] = await tx.query<{ amount_fen: number; whole: number | null }>(
    `select p.amount_fen, max(r.amount_fen)::bigint as whole from payment p
       left join provider_receipt r on r.programme_id = $1 and r.payment_id = p.id
      where p.programme_id = $1 and p.id = $2 group by p.amount_fen`,
    [tx.programme, row.payment_id],
  )
  const by = await providerOf(tx, kit, row.source)
  if (!by) return undefined
  await tx.query(`update refund set state = 'asked', asked_at = $3 where programme_id = $1 and id = $2`, [
    tx.programme,
    id,
    tx.at,
  ])
  const asked: AskedRefund = { id, number: row.provider_no ?? id }
  const order: RefundOrder = {
    ...{ tradeNo: tradeNoOf(row.payment_id!), refundNo: tradeNoOf(asked.number) },
    fen: row.amount_fen,
    // what no payment could take goes back whole
    totalFen: row.return_id === null ? row.amount_fen : (payment!.whole ?? payment!.amount_fen),
    reason: words.say('zh', 'payment', 'refund'),
  }
  return { before: row.state, by, order, asked }
}

const isByProvider = (row: RefundRow): row is RefundRow & { source: ProviderName } =>
  row.source === 'wechat' || row.source === 'alipay'

async function lockRefund(tx: Writer, id: string): Promise<RefundRow | undefined> {
  const [row] = await tx.query<RefundRow>(
    'select * from refund where programme_id = $1 and id = $2 for update',
    [tx.programme, id],
  )
  return row
}

/** A refund under one of the numbers that it was asked by. */
interface AskedRefund {
  readonly id: string
  readonly number: string
}

/** The refund behind a number of ours that a provider tells, be it one that was given up for another. */
export async function refundOfNo(tx: Writer, number: string): Promise<AskedRefund | undefined> {
  const [row] = await tx.query<{ id: string }>(
    'select id from refund where programme_id = $1 and (id = $2::uuid or provider_nos @> array[$2::uuid])',
    [tx.programme, number],
  )
  return row && { id: row.id, number }
}

/**
 * What a provider tells of a refund under a number; of one that is settled it changes nothing. That it did one is true of
 * every number, that it will not is of concern only for the number that is asked now.
 */
export async function keepState(
  tx: Writer,
  kit: Kit,
  { id, number }: AskedRefund,
  state: RefundState,
): Promise<void> {
  if (state.state === 'done')
    await refundDone(tx, kit, id, { reference: state.reference, bookedAt: state.at ?? tx.at, number })
  if (state.state === 'failed')
    await tx.query(
      `update refund set state = 'failed', failure = $4
        where programme_id = $1 and id = $2 and coalesce(provider_no, id) = $3 and state = 'asked'`,
      [tx.programme, id, number, state.why.slice(0, 64)],
    )
}

interface Settled {
  readonly reference: string
  /** When its provider did it; without, the bank has. */
  readonly bookedAt?: Date
  /** The number that it was done under, by which its provider's statement tells it. */
  readonly number?: string
}

/** The money has left us: by the provider's word, or a person's of what the bank paid. Heard again, it changes nothing. */
export async function refundDone(
  tx: Writer,
  kit: Kit,
  id: string,
  { reference, bookedAt, number }: Settled,
): Promise<void> {
  const row = await lockRefund(tx, id)
  if (!row || row.state === 'done') return
  const source = isByProvider(row) ? row.source : 'bank'
  const isBanks = bookedAt === undefined || source === 'bank'
  await postAll(tx, [
    {
      ...{ id: idFrom('entry', 'refunded', row.id), kind: 'refund.done', subject: row.id },
      postings: [
        { account: returning(source), amount: -row.amount_fen },
        { account: isBanks ? BANK : provider(source), amount: row.amount_fen },
      ],
    },
  ])
  await kit.recorder.record(tx, {
    ...{ type: 'refund.done', subject: row.order_id ?? row.payment_id!, holder: OPERATOR },
    pub: {
      refund: row.id,
      source: row.source,
      fen: String(row.amount_fen),
      reference: reference.slice(0, 64),
      ...(isBanks && source !== 'bank' && { by: 'bank' }),
    },
  })
  await tx.query(
    `update refund set state = 'done', done_at = $3, reference = $4, failure = null, booked_at = $5, by_bank = $6,
       provider_no = nullif(coalesce($7, provider_no), id)
      where programme_id = $1 and id = $2`,
    [
      ...[tx.programme, row.id, tx.at, reference.slice(0, 64)],
      ...[isBanks ? null : bookedAt, isBanks && source !== 'bank', number ?? null],
    ],
  )
}
