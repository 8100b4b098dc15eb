import type { Programme } from '../api/access.ts'
import { sideOf } from '../orders/side.ts'
import { hasRole } from '../session/roles.ts'

/** Kinds that have words of their own in the messages; all others are declared registers and processes. */
export const ownKinds: readonly string[] = ['order', 'offer', 'product', 'organisation']

/**
 * The page below the programme on which a thing that was found is shown, for this member; undefined where their pages
 * have none for it. `processes` are the kinds that are cases.
 */
export function placeOf(
  kind: string,
  id: string,
  member: Programme | undefined,
  processes: readonly string[],
): string | undefined {
  if (kind === 'offer') return `/shop/offers/${id}`
  if (kind === 'order') return `/${sideOf(member)}/orders/${id}`
  if (kind === 'organisation')
    return hasRole(member, 'platform_admin') ? `/admin/organisations?open=${id}` : undefined
  if (kind === 'product') return undefined
  return processes.includes(kind) ? `/cases/${kind}/${id}` : `/registers/${kind}?row=${id}`
}
