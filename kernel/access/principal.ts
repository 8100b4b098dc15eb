import type { Scope } from '../database/database.ts'
import type { Role } from './roles.ts'

/** A role with where it is held. The area is the membership's own, or else its organisation's. */
export interface HeldRole {
  readonly role: Role
  readonly organisationId: string | null
  /** Those that were merged into it: what was theirs is found and managed by whoever answers for it. */
  readonly mergedIds?: readonly string[]
  /** Chain of area codes, see area.ts. */
  readonly areaPath: string | null
}

/** The organisations that a role is held in: its own and those merged into it. */
export const organisationsOf = ({ organisationId, mergedIds = [] }: HeldRole): string[] =>
  organisationId === null ? [] : [organisationId, ...mergedIds]

/** Who asks, within one programme. */
export interface Principal {
  readonly kind: 'person' | 'device' | 'client' | 'customer' | 'public'
  /** Of the account, device, client or customer; `public` for nobody signed in. */
  readonly id: string
  /** The account's member row in the programme; columns that name a person hold this. */
  readonly memberId?: string
  /** All that are this one's own, where it has come under more than one id: a phone that bought as a guest before. */
  readonly ownIds?: readonly string[]
  /** Of a customer who could prove a phone and has not: a number that all guests of that phone share. */
  readonly guestOf?: string
  readonly programme: string
  readonly roles: readonly HeldRole[]
  /** Actions a key may be used for at most: `offer.list`, `offer.*` or `*`. Persons have none: all their roles allow. */
  readonly scopes?: readonly string[]
}

export const publicPrincipal = (programme: string): Principal => ({
  kind: 'public',
  id: 'public',
  programme,
  roles: [],
})

export const scopeOf = ({ programme, id }: Principal, at?: Date): Scope => ({
  programme,
  actor: id,
  ...(at ? { at } : {}),
})
