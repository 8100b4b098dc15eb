import { createHash } from 'node:crypto'
import type { Scope, Writer } from '@silian/kernel/database/database.ts'
import { OPERATOR } from '@silian/kernel/fact/keyring.ts'
import { idFrom, newId } from '@silian/kernel/ids/ids.ts'
import { openAccounts } from '@silian/kernel/ledger/accounts.ts'
import { postAll } from '@silian/kernel/ledger/post.ts'
import { ok, type Result, refuse } from '@silian/kernel/result/result.ts'
import type { Kit } from '../../kit.ts'
import { escrow } from '../orders/accounts.ts'
import type { OrderRow } from '../orders/row.ts'
import { PROVIDER_SUSPENSE, provider, returning } from './accounts.ts'
import { markPaidUp } from './paid.ts'
import { isAwaited } from './pay.ts'
import {
  idOfTrade,
  type Message,
  type Notice,
  type ProviderName,
  type Received,
} from './providers/provider.ts'
import { orderRefund } from './refund.ts'
import { keepState, refundOfNo } from './refund-ask.ts'
import { lockPayment } from './service.ts'
import { providerOf } from './settings.ts'
import type { PaymentRow } from './tables.ts'

/** What came of money that a provider has taken for us. */
export type Outcome = 'matched' | 'returning' | 'suspense' | 'repeated' | 'unknown'

const BODY = 'provider_message.body'
/** Forged messages that are kept of a day: whoever sends more fills no disk. */
const MOST_FORGED = 1_000

/**
 * Takes a provider's callback: kept as it came, verified before it is read, counted once however often it comes. Refuses
 * `notice.forged`, `notice.stale`, `notice.malformed`, `provider.not_found` where the programme does not take money so.
 */
export async function receiveNotice(
  kit: Kit,
  scope: Scope,
  name: ProviderName,
  message: Message,
): Promise<Result<{ heard: string; outcome: Outcome | 'other' }>> {
  const at = scope.at ?? new Date()
  const by = await kit.app.read(scope, tx => providerOf(tx, kit, name))
  if (!by) return refuse('provider.not_found', { provider: name })
  const notice = by.read(message, at)
  const verdict = notice.ok ? notice.value.kind : notice.code
  const kept = await kit.app.write(scope, tx => keepMessage(tx, kit, name, message.body, verdict, notice))
  if (!kept.ok) return kept
  if (!notice.ok) return notice
  const outcome = await act(kit, scope, name, notice.value, digestOf(message.body))
  return outcome.ok ? ok({ heard: by.heard, outcome: outcome.value }) : outcome
}

const digestOf = (body: Buffer): Buffer => createHash('sha256').update(body).digest()

async function keepMessage(
  tx: Writer,
  { vault }: Kit,
  name: ProviderName,
  body: Buffer,
  verdict: string,
  notice: Result<Notice>,
): Promise<Result<null, never>> {
  const paymentId =
    notice.ok && notice.value.kind === 'paid' ? (idOfTrade(notice.value.received.tradeNo) ?? null) : null
  // one key a month: what is old is destroyed with it
  const subject = `provider_message/${name}/${tx.at.toISOString().slice(0, 7)}`
  const sealed = await vault.seal(tx, subject, BODY, body.toString('base64'))
  await tx.query(
    `insert into provider_message (programme_id, id, provider, digest, body, verdict, payment_id, received_at)
     select $1, $2, $3, $4, $5, $6, $7, $8
      where $6 not like 'notice.%' or (select count(*) from provider_message
        where programme_id = $1 and received_at > $9 and verdict like 'notice.%') < ${MOST_FORGED}
     on conflict do nothing`,
    [
      ...[tx.programme, newId(tx.at.getTime()), name, digestOf(body), sealed, verdict, paymentId, tx.at],
      new Date(tx.at.getTime() - 86_400_000),
    ],
    'provider-message-keep',
  )
  return ok(null)
}

function act(
  kit: Kit,
  scope: Scope,
  name: ProviderName,
  notice: Notice,
  message: Buffer,
): Promise<Result<Outcome | 'other'>> {
  if (notice.kind === 'paid') return takeReceived(kit, scope, name, notice.received, message)
  if (notice.kind === 'refund')
    return kit.app.write(scope, async tx => {
      const number = idOfTrade(notice.refundNo)
      const asked = number && (await refundOfNo(tx, number))
      if (asked) await keepState(tx, kit, asked, notice.told)
      return ok('other' as const)
    })
  return Promise.resolve(ok('other'))
}

/**
 * Money that a provider says it has for us, by its word to us or its answer: matched with its payment, sent back where
 * that is over, or left for a person where the sum is another. Goods set free in the same moment make it late.
 */
export async function takeReceived(
  kit: Kit,
  scope: Scope,
  name: ProviderName,
  received: Received,
  message?: Buffer,
): Promise<Result<Outcome>> {
  const took = await kit.app.write(scope, tx => take(tx, kit, name, received, message, false))
  const isTooLate = !took.ok && /^ledger\.hold_/.test(took.code)
  return isTooLate ? kit.app.write(scope, tx => take(tx, kit, name, received, message, true)) : took
}

async function take(
  tx: Writer,
  kit: Kit,
  name: ProviderName,
  received: Received,
  message: Buffer | undefined,
  isLate: boolean,
): Promise<Result<Outcome>> {
  const id = idOfTrade(received.tradeNo)
  const [found] = id
    ? await tx.query<{ id: string }>(
        'select id from payment where programme_id = $1 and id = $2 and provider = $3',
        [tx.programme, id, name],
      )
    : []
  if (!found) return ok('unknown')
  const { payment, orders } = await lockPayment(tx, found.id)
  const before = await tx.query(
    'select 1 from provider_receipt where programme_id = $1 and provider = $2 and reference = $3',
    [tx.programme, name, received.reference],
  )
  if (before.length > 0) return ok('repeated')
  const reason = isLate ? 'late' : reasonAgainst(payment, orders, received, tx.at)
  const outcome = !reason ? 'matched' : reason === 'amount_differs' ? 'suspense' : 'returning'
  const leaf = await tell(tx, kit, { name, received, payment, outcome, reason, message })
  await postReceived(tx, { name, received, payment, orders, outcome })
  if (outcome === 'matched') await settlePayment(tx, kit, payment, orders, received, leaf)
  if (outcome === 'returning')
    await orderRefund(tx, kit, {
      paymentId: payment.id,
      source: name,
      fen: received.fen,
      reason: reason!,
      leaf,
    })
  return ok(outcome)
}

function reasonAgainst(
  payment: PaymentRow,
  orders: readonly OrderRow[],
  received: Received,
  at: Date,
): string | undefined {
  if (payment.amount_fen !== received.fen) return 'amount_differs'
  if (payment.state === 'paid') return 'already_paid'
  if (payment.state === 'expired' || !orders.every(order => isAwaited(order, at))) return 'late'
  return undefined
}

interface Told {
  readonly name: ProviderName
  readonly received: Received
  readonly payment: PaymentRow
  readonly outcome: 'matched' | 'returning' | 'suspense'
  readonly reason: string | undefined
  readonly message: Buffer | undefined
}

async function tell(tx: Writer, kit: Kit, { name, received, payment, outcome, reason, message }: Told) {
  const recorded = await kit.recorder.record(tx, {
    ...{ type: 'payment.taken', subject: payment.id, holder: OPERATOR },
    pub: {
      ...{
        payment: payment.id,
        provider: name,
        reference: received.reference,
        fen: String(received.fen),
        outcome,
      },
      ...(reason === undefined ? {} : { reason }),
      // what it rests on: the digest of the exact bytes that the provider signed
      ...(message === undefined ? {} : { message: message.toString('base64') }),
    },
  })
  await tx.query(
    `insert into provider_receipt (programme_id, provider, reference, payment_id, amount_fen, paid_at, received_at, state,
       reason, fact_id) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      ...[tx.programme, name, received.reference, payment.id, received.fen, received.paidAt, tx.at],
      ...[outcome, reason ?? null, recorded.id],
    ],
  )
  return recorded.leafHash
}

interface Taken {
  readonly name: ProviderName
  readonly received: Received
  readonly payment: PaymentRow
  readonly orders: readonly OrderRow[]
  readonly outcome: 'matched' | 'returning' | 'suspense'
}

/** The money has come, whether we like it or not. */
async function postReceived(tx: Writer, { name, received, payment, orders, outcome }: Taken): Promise<void> {
  const allocations = outcome === 'matched' ? await allocationsOf(tx, payment.id) : []
  const matched = outcome === 'matched' ? orders : []
  await openAccounts(
    tx,
    matched.map(order => ({ account: escrow(order.id), unit: 'fen', kind: 'ceiling' })),
  )
  const elsewhere = outcome === 'returning' ? returning(name) : PROVIDER_SUSPENSE
  await postAll(tx, [
    {
      ...{
        id: idFrom('entry', 'received', name, received.reference),
        kind: 'payment.taken',
        subject: payment.id,
      },
      observed: true,
      postings: [
        { account: provider(name), amount: -received.fen },
        ...(outcome === 'matched'
          ? allocations.map(each => ({ account: escrow(each.order_id), amount: each.amount_fen }))
          : [{ account: elsewhere, amount: received.fen }]),
      ],
    },
  ])
}

const allocationsOf = (tx: Writer, paymentId: string): Promise<{ order_id: string; amount_fen: number }[]> =>
  tx.query(
    'select order_id, amount_fen from payment_allocation where programme_id = $1 and payment_id = $2 order by order_id',
    [tx.programme, paymentId],
  )

async function settlePayment(
  tx: Writer,
  kit: Kit,
  payment: PaymentRow,
  orders: readonly OrderRow[],
  received: Received,
  leaf: Buffer,
): Promise<void> {
  await tx.query(
    `update payment set state = 'paid', paid_at = $3, provider_ref = $4 where programme_id = $1 and id = $2`,
    [tx.programme, payment.id, tx.at, received.reference],
  )
  for (const order of orders) await markPaidUp(tx, kit, order, [leaf])
}
