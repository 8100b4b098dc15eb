import type { Scope } from '@silian/kernel/database/database.ts'
import { fill } from '@silian/kernel/declared/words.ts'
import { ok } from '@silian/kernel/result/result.ts'
import type { Kit } from '../../kit.ts'
import { words } from '../../words.ts'
import { type PaymentProvider, ProviderFault, type ProviderName, tradeNoOf } from './providers/provider.ts'
import { takeReceived } from './receive.ts'
import { providerOf } from './settings.ts'
import type { PaymentRow } from './tables.ts'

/** What a provider is told beside the payment itself. */
export interface Surroundings {
  readonly publicUrl: string
  readonly payerAddress: string
}

interface Ready {
  readonly payment: PaymentRow
  readonly by: PaymentProvider
}

/**
 * Opens a payment with its provider and keeps where the payer confirms; or, where that was done, asks what became of it.
 * No transaction is open meanwhile: only whoever asked waits. What a provider does not answer is asked for again later.
 */
export async function askProvider(kit: Kit, scope: Scope, id: string, around: Surroundings): Promise<void> {
  const ready = await readyFor(kit, scope, id)
  if (!ready || ready.payment.state === 'paid') return
  try {
    if (ready.payment.pay_url !== null) await lookAt(kit, scope, ready)
    else if (ready.payment.state === 'open') await create(kit, scope, ready, around)
  } catch (error) {
    if (!(error instanceof ProviderFault)) throw error
  }
}

const readyFor = (kit: Kit, scope: Scope, id: string): Promise<Ready | undefined> =>
  kit.app.read(scope, async tx => {
    const [payment] = await tx.query<PaymentRow>(
      `select * from payment where programme_id = $1 and id = $2 and provider in ('wechat', 'alipay')`,
      [tx.programme, id],
    )
    const by = payment && (await providerOf(tx, kit, payment.provider as ProviderName))
    return payment && by ? { payment, by } : undefined
  })

async function create(
  kit: Kit,
  scope: Scope,
  { payment, by }: Ready,
  { publicUrl, payerAddress }: Surroundings,
): Promise<void> {
  const title = fill(words.say('zh', 'payment', 'title'), { code: payment.code })
  const { payUrl } = await by.create({
    ...{ tradeNo: tradeNoOf(payment.id), fen: payment.amount_fen, title },
    ...{ expiresAt: payment.expires_at, payerAddress },
    notifyUrl: `${publicUrl}/api/v1/p/${scope.programme}/payment-notices/${by.name}`,
    returnUrl: `${publicUrl}/s/${scope.programme}/pay/${payment.id}`,
  })
  await kit.app.write(scope, async tx => {
    await tx.query(
      'update payment set pay_url = $3 where programme_id = $1 and id = $2 and pay_url is null',
      [tx.programme, payment.id, payUrl],
    )
    return ok(null)
  })
}

/** A payment that was made is found by asking, even where no callback ever comes. */
export async function lookAt(kit: Kit, scope: Scope, { payment, by }: Ready): Promise<void> {
  const trade = await by.query(tradeNoOf(payment.id))
  if (trade.state === 'paid') await takeReceived(kit, scope, by.name, trade.received)
}

/** Asks of a payment whose time is over, and closes it there, so that nobody pays it any more. Throws `ProviderFault`. */
export async function closeTrade(kit: Kit, scope: Scope, id: string): Promise<void> {
  const ready = await readyFor(kit, scope, id)
  if (!ready || ready.payment.state === 'paid') return
  await lookAt(kit, scope, ready)
  await ready.by.close(tradeNoOf(id))
  // paid between the two
  await lookAt(kit, scope, ready)
}
