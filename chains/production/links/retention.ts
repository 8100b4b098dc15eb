import { countyOf } from '@silian/kernel/access/area.ts'
import type { Reader, Writer } from '@silian/kernel/database/database.ts'
import type { RegisterKit } from '@silian/kernel/register/kit.ts'
import type { HeldFile, Hold, Holder } from '@silian/kernel/retention/holder.ts'
import { promisedTo } from '@silian/kernel/undertaking/pass.ts'

/** Links with households: an open one waits to be over, one that is over is held as long as it may be claimed from. */
export const linkHolder: Holder = {
  register: 'household',
  waits: async (tx, ids) => [{ code: 'link', count: (await promisedTo(tx, ids)).length }],
  holds: endedLinks,
  files: consentPapers,
  forget: forgetProposals,
}

async function endedLinks(tx: Reader, ids: readonly string[]): Promise<Hold[]> {
  const rows = await tx.query<{ day: string }>(
    `select max(ends_on)::text as day from undertaking
      where programme_id = $1 and promisee = any($2::text[]) and kind like 'link.%' having count(*) > 0`,
    [tx.programme, ids],
  )
  return rows.map(({ day }) => ({ class: 'contract', event: day }))
}

/** The paper that a household signed; of an offer that it declined nothing can be claimed. */
async function consentPapers(tx: Reader, ids: readonly string[]): Promise<HeldFile[]> {
  const rows = await tx.query<{ id: string; state: string }>(
    `select photo_id as id, state from link_proposal
      where programme_id = $1 and household_id = any($2::uuid[]) and photo_id is not null`,
    [tx.programme, ids],
  )
  return rows.map(({ id, state }) => ({
    id,
    name: 'consent',
    retention: state === 'consented' ? ['contract'] : 'none',
  }))
}

interface Waiting {
  readonly id: string
  readonly area_path: string
  readonly leaf: Buffer
}

/** Offers that nobody answered are declined; the digest of a paper goes where the log opens it. */
async function forgetProposals(tx: Writer, kit: RegisterKit, ids: readonly string[]): Promise<void> {
  const declined = await tx.query<Waiting>(
    `update link_proposal set state = 'declined', answered_at = $3, answered_by = $4
      where programme_id = $1 and household_id = any($2::uuid[]) and state = 'waiting' returning id, area_path, leaf`,
    [tx.programme, ids, tx.at, tx.actor],
  )
  for (const { id, area_path, leaf } of declined)
    await kit.recorder.record(tx, {
      ...{ type: 'link.declined', subject: id, holder: `area:${countyOf(area_path)}`, refs: [leaf] },
      pub: { link: id },
    })
  await tx.query(
    'update link_proposal set photo_id = null where programme_id = $1 and household_id = any($2::uuid[])',
    [tx.programme, ids],
  )
  await tx.query(
    `delete from fact_private p using fact f, link_proposal l where p.programme_id = $1 and f.programme_id = $1
       and l.programme_id = $1 and l.household_id = any($2::uuid[]) and f.subject = l.id::text and f.id = p.fact_id
       and f.type in ('link.consented', 'link.declined', 'link.proposed')`,
    [tx.programme, ids],
  )
}
