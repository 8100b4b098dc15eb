import { registers } from '@silian/chains/registers.ts'
import { readClaim } from '@silian/chains/supply/claims/reads.ts'
import { readOrder } from '@silian/chains/supply/orders/reads.ts'
import type { Grant, Permit, Reach } from '@silian/kernel/access/permit.ts'
import type { Principal } from '@silian/kernel/access/principal.ts'
import { reachPredicate } from '@silian/kernel/access/reach.ts'
import { roles } from '@silian/kernel/access/roles.ts'
import type { Reader } from '@silian/kernel/database/database.ts'
import type { FileReaders } from '@silian/kernel/files/uses.ts'
import { actorOf } from '@silian/kernel/process/desk.ts'
import { caseFor } from '@silian/kernel/process/reads.ts'
import { registerFileReaders } from '@silian/kernel/register/files.ts'
import type { RegisterKit } from '@silian/kernel/register/kit.ts'
import { erasureFileReaders } from '@silian/kernel/retention/routes.ts'

/** Whoever is signed in may send files, and ask for them; what is not theirs is not there. */
export const fileGrants: readonly Grant[] = ['file.upload', 'file.read'].map(action => ({
  action,
  roles: Object.fromEntries(roles.map(role => [role, 'own'])),
}))

/** Who may read the files of a thing: whoever may read the thing. */
export const fileReaders = (kit: RegisterKit, permit: Permit): FileReaders => ({
  ...registerFileReaders(registers, kit, permit),
  ...erasureFileReaders(permit),
  order: reading(permit, 'order.read', async (tx, reach, id) => (await readOrder(tx, reach, id)).ok),
  claim: reading(permit, 'claim.read', async (tx, reach, id) => (await readClaim(tx, reach, id)).ok),
  review: reading(permit, 'review.read', mayReadReview),
  link: reading(permit, 'link.read', mayReadLink),
  case: async (tx, principal, id) => {
    const [found] = await tx.query<{ process: string }>(
      'select process from process_case where programme_id = $1 and id = $2',
      [tx.programme, id],
    )
    if (!found || !permit.actions.has(`${found.process}.read`)) return false
    const reach = permit(principal, `${found.process}.read`)
    if (!reach.ok) return false
    const actor = await actorOf(tx, principal)
    return (await caseFor(tx, actor, reach.value, found.process, id)) !== undefined
  },
})

const reading =
  (permit: Permit, action: string, is: (tx: Reader, reach: Reach, id: string) => Promise<boolean>) =>
  async (tx: Reader, principal: Principal, id: string): Promise<boolean> => {
    const reach = permit(principal, action)
    return reach.ok && is(tx, reach.value, id)
  }

async function mayReadReview(tx: Reader, reach: Reach, id: string): Promise<boolean> {
  const parties = { programme: 'r.programme_id', organisations: ['o.seller_id'] }
  const { sql, values } = reachPredicate(reach, parties, 2)
  const rows = await tx.query(
    `select 1 from review r join "order" o on o.programme_id = r.programme_id and o.id = r.order_id
      where r.id::text = $1 and ${sql}`,
    [id, ...values],
  )
  return rows.length > 0
}

const linkParties = { programme: 'u.programme_id', organisations: ['o.id'], areaPath: 'h.area_path' }

async function mayReadLink(tx: Reader, reach: Reach, id: string): Promise<boolean> {
  const { sql, values } = reachPredicate(reach, linkParties, 2)
  const rows = await tx.query(
    `select 1 from undertaking u
       join organisation o on o.programme_id = u.programme_id and o.id = case when u.kind like 'link.%' then u.promisor::uuid end
       join household h on h.programme_id = u.programme_id and h.id = case when u.kind like 'link.%' then u.promisee::uuid end
      where u.kind like 'link.%' and u.id::text = $1 and ${sql}`,
    [id, ...values],
  )
  return rows.length > 0
}
