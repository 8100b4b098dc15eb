import { ok, type Result, refuse } from '../result/result.ts'
import { isWithin } from './area.ts'
import { type HeldRole, organisationsOf, type Principal } from './principal.ts'
import type { Role } from './roles.ts'

/** How far an action reaches: all rows of the programme, of the area and below, of the organisation, or one's own. */
export type ReachName = 'programme' | 'area' | 'organisation' | 'own'

/** One line of the table of permissions. `public` is everybody, signed in or not. */
export interface Grant {
  /** `noun.verb`, e.g. `offer.publish`. */
  readonly action: string
  readonly roles: Readonly<Partial<Record<Role | 'public', ReachName | readonly ReachName[]>>>
}

/** The rows an action may touch for one principal: the union over its roles. Never empty. */
export interface Reach {
  readonly programme: string
  readonly everything: boolean
  readonly areaPaths: readonly string[]
  readonly organisationIds: readonly string[]
  /** Member id of a person, ids of a customer, or id of a device or client. */
  readonly personIds: readonly string[]
}

/** Of nobody: the reach of what the system does in a programme itself. */
export const everythingOf = (programme: string): Reach => ({
  ...{ programme, everything: true, areaPaths: [], organisationIds: [], personIds: [] },
})

export interface Permit {
  /**
   * `sign_in.required` for the public, `action.forbidden` for all others whose roles or scopes do not grant it.
   * Throws on an action nobody declared: that is our mistake, not the caller's.
   */
  (principal: Principal, action: string): Result<Reach, 'sign_in.required' | 'action.forbidden'>
  readonly actions: ReadonlySet<string>
}

/** Compiles the table that the chains declare. An action declared twice is an error. */
export function definePermissions(table: readonly Grant[]): Permit {
  const grants = new Map(table.map(grant => [grant.action, grant]))
  if (grants.size < table.length) {
    const actions = table.map(grant => grant.action)
    throw new Error(`action declared twice: ${actions.find((action, i) => actions.indexOf(action) < i)}`)
  }
  const permit = (principal: Principal, action: string) => {
    const grant = grants.get(action)
    if (!grant) throw new Error(`no such action: ${action}`)
    return reachOf(grant, principal)
  }
  return Object.assign(permit, { actions: new Set(grants.keys()) })
}

function reachOf(grant: Grant, principal: Principal): ReturnType<Permit> {
  if (inScope(principal, grant.action)) {
    const reach = union(grant, principal)
    if (!isEmpty(reach)) return ok(reach)
  }
  return principal.kind === 'public'
    ? refuse('sign_in.required')
    : refuse('action.forbidden', { action: grant.action })
}

const inScope = ({ scopes }: Principal, action: string): boolean =>
  scopes === undefined ||
  scopes.some(
    scope =>
      scope === '*' || scope === action || (scope.endsWith('.*') && action.startsWith(scope.slice(0, -1))),
  )

function union(grant: Grant, principal: Principal): Reach {
  const areaPaths = new Set<string>()
  const organisationIds = new Set<string>()
  const personIds = new Set<string>()
  let everything = grant.roles.public !== undefined
  for (const held of principal.roles)
    for (const name of namesFor(grant, held)) {
      if (name === 'programme') everything = true
      if (name === 'area' && held.areaPath !== null) areaPaths.add(held.areaPath)
      if (name === 'organisation') for (const id of organisationsOf(held)) organisationIds.add(id)
      if (name === 'own')
        for (const id of principal.ownIds ?? [principal.memberId ?? principal.id]) personIds.add(id)
    }
  return {
    programme: principal.programme,
    everything,
    areaPaths: [...areaPaths],
    organisationIds: [...organisationIds],
    personIds: [...personIds],
  }
}

function namesFor(grant: Grant, { role }: HeldRole): readonly ReachName[] {
  const names = grant.roles[role]
  if (names === undefined) return []
  return typeof names === 'string' ? [names] : names
}

const isEmpty = (reach: Reach): boolean =>
  !reach.everything && reach.areaPaths.length + reach.organisationIds.length + reach.personIds.length === 0

/** The parties of one row already in hand. */
export interface RowParties {
  readonly organisationIds?: readonly (string | null)[]
  readonly areaPath?: string | null
  readonly personIds?: readonly (string | null)[]
}

/** The same decision as `reachPredicate` makes in SQL, for a row of the reach's programme already read. */
export const covers = (reach: Reach, row: RowParties): boolean =>
  reach.everything ||
  overlap(reach.organisationIds, row.organisationIds) ||
  overlap(reach.personIds, row.personIds) ||
  reach.areaPaths.some(path => typeof row.areaPath === 'string' && isWithin(row.areaPath, path))

const overlap = (mine: readonly string[], theirs: readonly (string | null)[] = []): boolean =>
  theirs.some(id => id !== null && mine.includes(id))
