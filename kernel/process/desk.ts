import { type AreaLevel, isWithin } from '../access/area.ts'
import { holderOf } from '../access/holder.ts'
import { type HeldRole, organisationsOf, type Principal } from '../access/principal.ts'
import type { Reader } from '../database/database.ts'
import { OPERATOR } from '../fact/keyring.ts'
import { dateOf } from '../time/shanghai.ts'
import type { Party } from './states.ts'
import type { TaskRow } from './tables.ts'

/** Who acts on a case, and for which absent members beside themselves. */
export interface Actor {
  readonly account: string
  readonly memberId: string | null
  /** Under whose key their word is signed. */
  readonly holder: string
  readonly roles: readonly HeldRole[]
  readonly standsFor: readonly { readonly memberId: string; readonly roles: readonly HeldRole[] }[]
}

/** Our own background work: deadlines, terms, publicity. */
export const clock: Actor = { account: 'system', memberId: null, holder: OPERATOR, roles: [], standsFor: [] }

/** The principal with those it stands for today. One statement. */
export async function actorOf(tx: Reader, principal: Principal): Promise<Actor> {
  const memberId = principal.memberId ?? null
  const rows =
    memberId === null
      ? []
      : await tx.query<{
          member_id: string
          role: HeldRole['role']
          organisation_id: string
          area_path: string
        }>(
          `select a.member_id, s.role, s.organisation_id, coalesce(x.path, y.path) as area_path
             from process_absence a
             join membership s on s.programme_id = $1 and s.member_id = a.member_id
               and s.valid_from <= $3 and (s.valid_to is null or s.valid_to > $3)
             join organisation o on o.programme_id = $1 and o.id = s.organisation_id
             left join area x on x.code = s.area_code
             left join area y on y.code = o.area_code
            where a.programme_id = $1 and a.deputy_id = $2 and a.from_on <= $4 and a.to_on >= $4
              and a.ended_at is null
              and s.organisation_id = any($5::uuid[])`,
          [tx.programme, memberId, tx.at, dateOf(tx.at), principal.roles.flatMap(organisationsOf)],
          'process-stands-for',
        )
  const absent = Map.groupBy(rows, row => row.member_id)
  return {
    account: principal.id,
    memberId,
    holder: holderOf(principal),
    roles: principal.roles,
    standsFor: [...absent].map(([id, held]) => ({
      memberId: id,
      roles: held.map(({ role, organisation_id, area_path }) => ({
        role,
        organisationId: organisation_id,
        areaPath: area_path,
      })),
    })),
  }
}

/** What decides whose a task is. A member's is theirs only as long as they hold its role there. */
export type Place = Pick<TaskRow, 'role' | 'area_path' | 'organisation_id' | 'member_id'>
type Lying = Place & Pick<TaskRow, 'kind'>

/**
 * The desks a task lies on: those of its role at each of its places, of all who sit there or (`<member>:`) of one. A
 * panel's seat lies on a desk where nobody stands in (`seat:<member>:`), one that waits for its draw on none.
 */
export function desksOf(place: Lying): string[] {
  if (place.role === null) return place.member_id ? [desk(place.member_id)] : []
  const whose = place.member_id === null ? '' : `${place.kind === 'seat' ? 'seat:' : ''}${place.member_id}:`
  return placesOf(place).map(at => `${whose}${place.role}@${at}`)
}

/** Where no role is named: of old cases that came back to their opener. */
const desk = (member: string): string => `${member}:@*`

function placesOf({ organisation_id, area_path }: Place): string[] {
  if (organisation_id) return [organisation_id]
  if (area_path === null) return ['*']
  const steps = area_path.split('/')
  return steps.map((_, i) => steps.slice(0, i + 1).join('/'))
}

/** The desks somebody sits at: their own, and those of the absent. A panel's seat is nobody else's. */
export function desksOfActor({ memberId, roles, standsFor }: Actor): string[] {
  const seats = memberId ? roles.map(({ role }) => `seat:${memberId}:${role}@*`) : []
  const sitting = [{ memberId, roles }, ...standsFor].flatMap(one => [
    ...(one.memberId ? [desk(one.memberId)] : []),
    ...one.roles.flatMap(desksOfRole).flatMap(at => (one.memberId ? [at, `${one.memberId}:${at}`] : [at])),
  ])
  const desks = new Set([...sitting, ...seats])
  // what lies on a county's desk lies on its city's, too: with the wider one alone, no task is met twice
  return [...desks].filter(desk => !above(desk).some(wider => desks.has(wider)))
}

/** The desks of the areas above: 'role@45/4510/451003' lies under 'role@45/4510' and 'role@45'. */
function above(desk: string): string[] {
  const steps = desk.split('/')
  return steps.slice(1).map((_, i) => steps.slice(0, i + 1).join('/'))
}

const desksOfRole = (held: HeldRole): string[] => [
  `${held.role}@*`,
  ...organisationsOf(held).map(id => `${held.role}@${id}`),
  ...(held.areaPath ? [`${held.role}@${held.areaPath}`] : []),
]

/** Whether somebody may decide a task: `own`, or the absent member for whom they may. */
export function decidesAs(
  actor: Pick<Actor, 'memberId' | 'roles' | 'standsFor'>,
  place: Place & Pick<TaskRow, 'kind'>,
): 'own' | string | undefined {
  if (sitsAt(place, actor.memberId, actor.roles)) return 'own'
  if (place.kind === 'seat') return undefined
  return actor.standsFor.find(({ memberId, roles }) => sitsAt(place, memberId, roles))?.memberId
}

export function sitsAt(place: Place, memberId: string | null, roles: readonly HeldRole[]): boolean {
  if (place.member_id !== null && place.member_id !== memberId) return false
  if (place.role === null) return place.member_id !== null
  return roles.some(
    held =>
      held.role === place.role &&
      (place.organisation_id === null || organisationsOf(held).includes(place.organisation_id)) &&
      (place.area_path === null || (held.areaPath !== null && isWithin(place.area_path, held.areaPath))),
  )
}

const places: Readonly<Record<AreaLevel, number>> = {
  province: 2,
  prefecture: 4,
  county: 6,
  township: 9,
  village: 12,
}

/** A path down to a level: '45/4510/451003/451003901' at the county is '45/4510/451003'; undefined where it ends before. */
export function areaAt(path: string, level: AreaLevel): string | undefined {
  const steps = path.split('/')
  const at = steps.findIndex(step => step.length === places[level])
  return at < 0 ? undefined : steps.slice(0, at + 1).join('/')
}

/** Where a party's task of a case lies. The case was opened with an area deep enough for all of them. */
export function placeOf(
  party: Party,
  of: { organisation_id: string | null; area_path: string | null },
): Place {
  const place = { role: party.role, area_path: null, organisation_id: null, member_id: null }
  if (party.of === 'organisation') return { ...place, organisation_id: of.organisation_id }
  if (party.of === 'programme') return place
  return { ...place, area_path: (of.area_path && areaAt(of.area_path, party.level!)) || of.area_path }
}
