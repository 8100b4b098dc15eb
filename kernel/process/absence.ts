import { memberNames } from '../access/members.ts'
import type { Reader, Writer } from '../database/database.ts'
import { newId } from '../ids/ids.ts'
import type { Vault } from '../personal/vault.ts'
import { ok, type Result, refuse } from '../result/result.ts'
import { dateOf } from '../time/shanghai.ts'
import { mayStandIn } from './colleagues.ts'
import type { Actor } from './desk.ts'

export interface NewAbsence {
  /** First and last day. */
  readonly from: string
  readonly to: string
  readonly deputy: string
}

export type AbsenceRefusal = 'member.not_found' | 'absence.period' | 'absence.overlaps'

/**
 * While one is away, a colleague of the same organisation sees and decides what lies with them, in their name; a
 * panel's seat is left out. Refuses `absence.period`, `absence.overlaps`, `member.not_found` for whoever is not among the
 * colleagues that one is offered: who is elsewhere, or holds no role of one's own there as widely.
 */
export async function recordAbsence(
  tx: Writer,
  actor: Actor,
  { from, to, deputy }: NewAbsence,
): Promise<Result<{ id: string }, AbsenceRefusal>> {
  if (actor.memberId === null) return refuse('member.not_found')
  if (to < from || to < dateOf(tx.at)) return refuse('absence.period')
  if (!(await mayStandIn(tx, actor, deputy))) return refuse('member.not_found', { id: deputy })
  // the member's row is the turnstile: two absences recorded at once see each other
  await tx.query('select 1 from member where programme_id = $1 and id = $2 for no key update', [
    tx.programme,
    actor.memberId,
  ])
  const others = await tx.query(
    'select 1 from process_absence where programme_id = $1 and member_id = $2 and from_on <= $4 and to_on >= $3 and ended_at is null',
    [tx.programme, actor.memberId, from, to],
  )
  if (others.length > 0) return refuse('absence.overlaps')
  const id = newId(tx.at.getTime())
  await tx.db
    .insertInto('process_absence')
    .values({
      ...{ programme_id: tx.programme, id, member_id: actor.memberId, deputy_id: deputy },
      ...{ from_on: from, to_on: to, recorded_at: tx.at, recorded_by: actor.account },
      ended_at: null,
    })
    .execute()
  return ok({ id })
}

/** Ends one's own absence, or one that is still to come. Refuses `absence.not_found`, also when it is over or ended. */
export async function endAbsence(
  tx: Writer,
  { memberId }: Pick<Actor, 'memberId'>,
  id: string,
): Promise<Result<{ id: string }, 'absence.not_found'>> {
  const rows = await tx.query(
    `update process_absence set ended_at = $4
      where programme_id = $1 and id = $2 and member_id = $3 and ended_at is null and to_on >= $5 returning 1`,
    [tx.programme, id, memberId, tx.at, dateOf(tx.at)],
  )
  return rows.length > 0 ? ok({ id }) : refuse('absence.not_found')
}

export interface Absence {
  readonly id: string
  readonly from: string
  readonly to: string
  readonly member: string
  readonly memberName: string
  readonly deputy: string
  readonly deputyName: string
  /** Oneself is away, not somebody one stands in for. */
  readonly mine: boolean
}

/** One's own, and those one stands in for, that are not over. Names are empty where they were erased. */
export async function absencesOf(tx: Reader, vault: Vault, memberId: string | null): Promise<Absence[]> {
  if (memberId === null) return []
  const rows = await tx.query<{
    id: string
    from_on: string
    to_on: string
    member_id: string
    deputy_id: string
  }>(
    `select id, from_on, to_on, member_id, deputy_id from process_absence
      where programme_id = $1 and (member_id = $2 or deputy_id = $2) and to_on >= $3 and ended_at is null
      order by from_on, id`,
    [tx.programme, memberId, dateOf(tx.at)],
  )
  const names = await memberNames(
    tx,
    vault,
    rows.flatMap(({ member_id, deputy_id }) => [member_id, deputy_id]),
  )
  return rows.map(({ id, from_on, to_on, member_id, deputy_id }) => ({
    ...{ id, from: from_on, to: to_on, mine: member_id === memberId },
    ...{ member: member_id, memberName: names.get(member_id) ?? '' },
    ...{ deputy: deputy_id, deputyName: names.get(deputy_id) ?? '' },
  }))
}
