import type { Principal } from '@silian/kernel/access/principal.ts'
import type { Turns } from '@silian/kernel/access/turns.ts'
import { ok, type Result, refuse } from '@silian/kernel/result/result.ts'

/**
 * A customer's session costs nobody anything: so much an address writes a minute, by however many of them. Refuses
 * `shop.too_many {seconds}`.
 */
export function mayWrite(
  { shop }: { readonly shop: { readonly turns: Turns } },
  principal: Principal,
  { address }: { readonly address: string },
): Result<null, 'shop.too_many'> {
  const seconds = principal.kind === 'customer' ? shop.turns.take(address) : 0
  return seconds === 0 ? ok(null) : refuse('shop.too_many', { seconds })
}
