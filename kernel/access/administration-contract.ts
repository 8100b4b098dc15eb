import { z } from 'zod'
import { areaCode, date, id, instant, pageOf, pageQuery, publicText, text } from '../http/shapes.ts'
import { organisationType, role } from './contract.ts'

const named = { nameZh: z.string(), nameEn: z.string() }

/** `GET /organisation-tree`: the parts of one, or those that stand under none; as it is now, or as it was on a day. */
export const treeQuery = pageQuery.extend({
  /** An organisation's id; `none`: the roots; left out: all, whatever they stand under. */
  parent: z.union([id, z.literal('none')]).optional(),
  /** In this area and below. */
  area: areaCode.optional(),
  type: organisationType.optional(),
  /** As it was on this day; left out: as it is now. */
  at: date.optional(),
  /** Those that have ended instead, whatever they stood under. */
  ended: z.enum(['true', 'false']).optional(),
})

export const treeRow = z.object({
  id,
  key: z.string(),
  ...named,
  type: organisationType,
  areaCode: z.string(),
  areaName: z.object(named),
  parent: z.object({ id, ...named }).nullable(),
  validFrom: date,
  validTo: date.nullable(),
  successor: z.object({ id, ...named }).nullable(),
  invented: z.boolean(),
  /** How many stand under it, in the same view. */
  parts: z.number().int(),
  /** Only in a view of the past, and only where it differs: what it is called now. */
  now: z.object({ ...named, parentId: id.nullable(), areaCode: z.string() }).nullable(),
})
export type TreeRow = z.infer<typeof treeRow>
/** `view` says which it is: as it was on `at`, or as it is now. */
export const treePage = pageOf(treeRow).extend({ view: z.enum(['was', 'now']), at: date })
export type TreePage = z.infer<typeof treePage>

/** `GET /organisations/{organisation}`: what it is, and each state it was in before, the latest first. */
export const organisationDetail = treeRow.extend({
  past: z.array(
    z.object({ ...named, parent: z.object(named).nullable(), areaCode: z.string(), from: date, to: date }),
  ),
  /** Those that were merged into it. */
  predecessors: z.array(z.object({ id, ...named, on: date })),
})
export type OrganisationDetail = z.infer<typeof organisationDetail>

const from = { date: date.optional() }
/** `POST /organisations/{organisation}/succession`: what becomes of it, from a day on that is not later than today. */
export const successionBody = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('rename'), nameZh: publicText(80), nameEn: publicText(120), ...from }),
  z.object({ kind: z.literal('parent'), parentId: id.nullable(), areaCode: areaCode.optional(), ...from }),
  z.object({ kind: z.literal('merge'), into: id, ...from }),
  z.object({ kind: z.literal('close'), ...from }),
])
export type SuccessionBody = z.infer<typeof successionBody>

export const newOrganisation = z.object({
  id: id.optional(),
  key: publicText(80).regex(/^[a-z0-9][a-z0-9._-]*$/),
  nameZh: publicText(80),
  nameEn: publicText(120),
  type: organisationType,
  areaCode,
  parentId: id.optional(),
})

export const heldRole = z.object({
  id,
  role,
  organisation: z.object({ id, ...named }).nullable(),
  areaCode: z.string().nullable(),
  from: instant,
  /** The first instant no longer held. */
  to: instant.nullable(),
})
export type Held = z.infer<typeof heldRole>

export const personState = z.enum(['active', 'invited', 'locked', 'closed'])
/** `GET /people`: members of the programme by user name. Names are masked. */
export const peopleQuery = pageQuery.extend({
  /** The beginning of a user name. */
  q: z.string().max(64).optional(),
  role: role.optional(),
  organisation: id.optional(),
  state: personState.optional(),
})
export const person = z.object({
  id,
  username: z.string(),
  /** Masked; null where erased. */
  name: z.string().nullable(),
  /** `invited`: has a password that was given and has not set its own. */
  state: personState,
  createdAt: instant,
  /** Held at this moment. */
  roles: z.array(heldRole),
})
export type Person = z.infer<typeof person>
export const peoplePage = pageOf(person)
/** `GET /people/{person}` */
export const personDetail = person.extend({
  /** Ended, or not yet begun; the latest first. */
  otherRoles: z.array(heldRole),
  /** It is the caller's own: nobody changes his own. */
  self: z.boolean(),
  /** Other programmes have it too: only its roles here can be changed here. */
  shared: z.boolean(),
  /** One of the three administrators, now or once: no password is given to it here. */
  administrator: z.boolean(),
})
export type PersonDetail = z.infer<typeof personDetail>

export const newPerson = z.object({ username: z.string().trim().min(2).max(64), name: text(40) })
/** The password opens the account once, to set another; it is shown to no one again. */
export const personMade = z.object({ id, username: z.string(), password: z.string() })
export const passwordGiven = z.object({ id, password: z.string() })
export const revealBody = z.object({ purpose: text(200) })
export const revealed = z.object({ id, name: z.string().nullable() })
export const newRole = z.object({
  role,
  organisationId: id.optional(),
  /** Where it is held, if not in the organisation's own area. */
  areaCode: areaCode.optional(),
  /** Days; from today and without end, if left out. */
  from: date.optional(),
  to: date.optional(),
})
export const changed = z.object({ id })

export const clientScope = z.string().regex(/^(\*|[a-z_]+\.(\*|[a-z_]+))$/, 'an action, `noun.*` or `*`')
export const newClient = z.object({
  name: publicText(80),
  kind: z.enum(['client', 'device']),
  organisationId: id,
  role,
  scopes: z.array(clientScope).min(1).max(50),
})
/** The key is shown this once. */
export const clientMade = z.object({ id, secret: z.string() })
export const client = z.object({
  id,
  name: z.string(),
  kind: z.enum(['client', 'device']),
  organisation: z.object({ id, ...named }),
  role,
  scopes: z.array(z.string()),
  createdAt: instant,
  revokedAt: instant.nullable(),
})
export type Client = z.infer<typeof client>
export const clientPage = pageOf(client)

/** `GET /access-records`: who looked at or did what to whom; the newest first. */
export const auditQuery = z.object({
  after: id.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  /** Of an account, device or client: its id, or a user name. */
  actor: z.string().max(64).optional(),
  action: z.string().max(64).optional(),
  subjectType: z.string().max(64).optional(),
  subject: z.string().max(64).optional(),
  /** Days, both included. */
  from: date.optional(),
  to: date.optional(),
})
export const accessRecord = z.object({
  id,
  at: instant,
  actorId: z.string(),
  /** A user name, or what a machine is called; null for the system and for those of elsewhere. */
  actor: z.string().nullable(),
  action: z.string(),
  subjectType: z.string(),
  subjectId: z.string(),
  fields: z.array(z.string()),
  purpose: z.string(),
})
export type AccessRecord = z.infer<typeof accessRecord>
export const accessPage = z.object({ items: z.array(accessRecord), next: z.string().nullable() })
