import type { Scope } from '@silian/kernel/database/database.ts'
import { ok, type Result, refuse } from '@silian/kernel/result/result.ts'
import type { Kit } from '../../kit.ts'
import { ProviderFault, type ProviderName, type TradeState, tradeNoOf } from './providers/provider.ts'
import { providerOf } from './settings.ts'
import type { ProviderReceiptTable } from './tables.ts'

/** What a notice told, and what its provider has by its own books; null for nothing of it. */
export interface Held {
  readonly toldFen: number
  readonly hasFen: number | null
}

/**
 * Asks a provider what it has of money that fits no payment: a notice's word alone sends nothing back. Of what is on its
 * way already it is not asked. Refuses `receipt.not_found`, `provider.not_found`, `provider.silent {code}`.
 */
export async function heldOf(
  kit: Kit,
  scope: Scope,
  name: ProviderName,
  reference: string,
): Promise<Result<Held, 'receipt.not_found' | 'provider.not_found' | 'provider.silent'>> {
  const { receipt, by } = await kit.app.read(scope, async tx => {
    const [found] = await tx.query<ProviderReceiptTable>(
      'select * from provider_receipt where programme_id = $1 and provider = $2 and reference = $3',
      [tx.programme, name, reference],
    )
    return { receipt: found, by: found && (await providerOf(tx, kit, name)) }
  })
  if (!receipt) return refuse('receipt.not_found')
  const toldFen = receipt.amount_fen
  if (receipt.state !== 'suspense') return ok({ toldFen, hasFen: toldFen })
  if (!by) return refuse('provider.not_found', { provider: name })
  try {
    return ok({ toldFen, hasFen: sumOf(await by.query(tradeNoOf(receipt.payment_id)), reference) })
  } catch (error) {
    if (!(error instanceof ProviderFault)) throw error
    return refuse('provider.silent', { code: error.code })
  }
}

const sumOf = (trade: TradeState, reference: string): number | null =>
  trade.state === 'paid' && trade.received.reference === reference ? trade.received.fen : null
