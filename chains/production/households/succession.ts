import { countyOf } from '@silian/kernel/access/area.ts'
import type { Writer } from '@silian/kernel/database/database.ts'
import type { Passing } from '@silian/kernel/register/define.ts'
import type { RegisterKit } from '@silian/kernel/register/kit.ts'
import { Refused } from '@silian/kernel/result/result.ts'
import { type Passed, passTo, promisedTo } from '@silian/kernel/undertaking/pass.ts'

/**
 * Households that merge take their open links along, under the terms and by the consent of then: each link keeps its id
 * and is told to be owed to the other from now on. A split does not say whose a link is: refuses (thrown)
 * `household.has_links` {id, link} while one is open.
 */
export async function passLinks(tx: Writer, kit: RegisterKit, { from, to, told }: Passing): Promise<void> {
  const [heir] = to
  if (to.length !== 1 || !heir) return refuseOpen(tx, from)
  const county = await countyOfHousehold(tx, heir)
  for (const link of await passTo(tx, from, heir))
    await kit.recorder.record(tx, {
      type: 'link.passed',
      subject: link.id,
      holder: `area:${county}`,
      pub: { link: link.id, cooperative: link.promisor, county },
      hidden: { household: heir, was: link.promisee },
      refs: [told.get(link.promisee)!],
    })
}

async function refuseOpen(tx: Writer, households: readonly string[]): Promise<void> {
  const [open]: Passed[] = await promisedTo(tx, households)
  if (open) throw new Refused('household.has_links', { id: open.promisee, link: open.id })
}

async function countyOfHousehold(tx: Writer, id: string): Promise<string> {
  const [row] = await tx.query<{ area_path: string }>(
    'select area_path from household where programme_id = $1 and id = $2',
    [tx.programme, id],
  )
  return countyOf(row!.area_path)
}
