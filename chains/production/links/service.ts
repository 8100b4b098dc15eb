import { findOrganisation } from '@silian/kernel/access/organisations.ts'
import { covers, type Reach } from '@silian/kernel/access/permit.ts'
import type { Writer } from '@silian/kernel/database/database.ts'
import { attachFiles } from '@silian/kernel/files/uses.ts'
import { newId } from '@silian/kernel/ids/ids.ts'
import { ok, type Result, refuse } from '@silian/kernel/result/result.ts'
import { defineUndertaking } from '@silian/kernel/undertaking/kind.ts'
import { sign } from '@silian/kernel/undertaking/undertaking.ts'
import type { Selectable } from 'kysely'
import type { Kit } from '../../kit.ts'
import {
  type Consent,
  linkFormula,
  type NewLink,
  type NewProposal,
  orderPurchase,
  shareDividend,
} from './contract.ts'
import { sharesOf } from './rules.ts'
import type { LinkProposalTable } from './tables.ts'

/** What a co-operative owes a household, fen credited to it (利益联结, S3-23). */
const kinds = {
  order_purchase: defineUndertaking({
    kind: 'link.order_purchase',
    unit: 'fen',
    bound: 'floor',
    formula: orderPurchase,
  }),
  share_dividend: defineUndertaking({
    kind: 'link.share_dividend',
    unit: 'fen',
    bound: 'floor',
    formula: shareDividend,
  }),
}

export type LinkRefusal = 'organisation.not_found' | 'household.not_found' | 'link.period' | 'link.no_shares'

interface Linkable {
  readonly id: string
  readonly county: string
  readonly areaPath: string
}

/**
 * Signs a benefit link whose household has consented already: what was agreed on paper before, and what a consent
 * completes. Open-ended in amount: the formula and sales decide.
 */
export async function signLink(
  tx: Writer,
  kit: Kit,
  reach: Reach,
  input: NewLink,
  refs: readonly Buffer[] = [],
): Promise<Result<{ id: string }, LinkRefusal>> {
  const household = await linkable(tx, reach, input)
  if (!household.ok) return household
  const { formula } = input
  const id = input.id ?? newId(tx.at.getTime())
  const promise = {
    id,
    promisor: input.cooperativeId,
    promisee: input.householdId,
    startsOn: input.startsOn,
    endsOn: input.endsOn,
    schedule: [],
  }
  if (formula.mechanism === 'order_purchase') await sign(tx, kinds.order_purchase, { ...promise, formula })
  else await sign(tx, kinds.share_dividend, { ...promise, formula })
  await kit.recorder.record(tx, { ...told('link.signed', id, input, household.value), refs })
  return ok({ id })
}

/** What a link's facts say: whom it is for and on what terms is hidden. */
const told = (type: string, id: string, link: NewLink, { county }: Linkable) => ({
  ...{ type, subject: id, holder: link.cooperativeId },
  pub: {
    link: id,
    cooperative: link.cooperativeId,
    county,
    mechanism: link.formula.mechanism,
    startsOn: link.startsOn,
    endsOn: link.endsOn,
  },
  hidden: { household: link.householdId, formula: JSON.stringify(link.formula) },
})

/**
 * The household, if this co-operative may promise it something: one of the county of its seat, or
 * of the wider area that its seat is. Others it does not find (purpose and minimum of 2.20).
 */
async function linkable(tx: Writer, reach: Reach, input: NewLink): Promise<Result<Linkable, LinkRefusal>> {
  if (!covers(reach, { organisationIds: [input.cooperativeId] })) return refuse('organisation.not_found')
  if (input.endsOn < input.startsOn) return refuse('link.period')
  const { formula } = input
  if (formula.mechanism === 'share_dividend' && sharesOf(formula) === 0) return refuse('link.no_shares')
  const [household] = await tx.query<Linkable>(
    `select h.id, left(h.village_code, 6) as county, h.area_path as "areaPath" from household h
     join organisation o on o.programme_id = h.programme_id and o.id = $3
     join area a on a.code = o.area_code
     where h.programme_id = $1 and h.id = $2 and h.valid_to is null
       and (left(o.area_code, 6) = left(h.village_code, 6) or starts_with(h.area_path, a.path || '/'))
     for share of h`,
    [tx.programme, input.householdId, input.cooperativeId],
    'link-household',
  )
  return household ? ok(household) : refuse('household.not_found')
}

/** A co-operative offers a household a link; it binds nobody until the household has consented. */
export async function proposeLink(
  tx: Writer,
  kit: Kit,
  reach: Reach,
  input: NewProposal,
): Promise<Result<{ id: string }, LinkRefusal | 'link.exists'>> {
  const householdId = input.householdId ?? (await idOfCode(tx, input.householdCode!))
  const link = { ...input, householdId }
  const household = await linkable(tx, reach, link)
  if (!household.ok) return household
  // one that was merged keeps its promises and makes no new ones
  const cooperative = await findOrganisation(tx, input.cooperativeId)
  if (cooperative?.validTo !== null) return refuse('organisation.not_found')
  const id = input.id ?? newId(tx.at.getTime())
  const taken = await tx.query('select 1 from undertaking where programme_id = $1 and id = $2', [
    tx.programme,
    id,
  ])
  if (taken.length > 0) return refuse('link.exists', { id })
  const { leafHash } = await kit.recorder.record(tx, told('link.proposed', id, link, household.value))
  const written = await tx.db
    .insertInto('link_proposal')
    .values({
      programme_id: tx.programme,
      id,
      cooperative_id: input.cooperativeId,
      household_id: householdId,
      area_path: household.value.areaPath,
      formula: JSON.stringify(input.formula),
      starts_on: input.startsOn,
      ends_on: input.endsOn,
      state: 'waiting',
      proposed_at: tx.at,
      leaf: leafHash,
    })
    .onConflict(c => c.doNothing())
    .returning('id')
    .execute()
  return written.length === 0 ? refuse('link.exists', { id }) : ok({ id })
}

const NOBODY = '00000000-0000-0000-0000-000000000000'

async function idOfCode(tx: Writer, code: string): Promise<string> {
  const [row] = await tx.query<{ id: string }>(
    'select id from household where programme_id = $1 and code = $2 and valid_to is null',
    [tx.programme, code],
  )
  return row?.id ?? NOBODY
}

export type ConsentRefusal =
  | LinkRefusal
  | 'link.not_found'
  | 'link.answered'
  | 'link.photo_required'
  | 'file.not_found'

/**
 * Records what a household said to an offered link: its village's word, apart from the co-operative's that gains by it.
 * With consent the link is signed at once and is in force from its first day.
 */
export async function answerProposal(
  tx: Writer,
  kit: Kit,
  reach: Reach,
  holder: string,
  id: string,
  { given, way, photoId }: Consent,
): Promise<Result<{ id: string }, ConsentRefusal>> {
  const row = await tx.db
    .selectFrom('link_proposal')
    .selectAll()
    .where('programme_id', '=', tx.programme)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!row || !covers(reach, { areaPath: row.area_path })) return refuse('link.not_found')
  if (row.state !== 'waiting') return refuse('link.answered', { state: row.state })
  if (given && !photoId) return refuse('link.photo_required')
  const photos = photoId ? [photoId] : []
  const attached = await attachFiles(tx, photos, { type: 'link', id })
  if (!attached.ok) return attached
  const digest = photoId && (await digestOf(tx, photoId))
  const { leafHash } = await kit.recorder.record(tx, {
    ...{ type: given ? 'link.consented' : 'link.declined', subject: id, holder, refs: [row.leaf] },
    pub: { link: id, ...(given ? { way } : {}) },
    hidden: { household: row.household_id, ...(digest ? { photo: digest } : {}) },
  })
  await tx.db
    .updateTable('link_proposal')
    .set({
      state: given ? 'consented' : 'declined',
      way: given ? way : null,
      photo_id: photoId ?? null,
      answered_at: tx.at,
      answered_by: tx.actor,
    })
    .where('programme_id', '=', tx.programme)
    .where('id', '=', id)
    .execute()
  return given ? signLink(tx, kit, theirs(tx, row), linkOf(row), [row.leaf, leafHash]) : ok({ id })
}

/** The co-operative signed when it offered: what was asked of it then holds now. */
const theirs = (tx: Writer, row: { cooperative_id: string }): Reach => ({
  ...{ programme: tx.programme, everything: false, areaPaths: [], personIds: [] },
  organisationIds: [row.cooperative_id],
})

const linkOf = (row: Selectable<LinkProposalTable>): NewLink => ({
  id: row.id,
  cooperativeId: row.cooperative_id,
  householdId: row.household_id,
  startsOn: row.starts_on,
  endsOn: row.ends_on,
  formula: linkFormula.parse(row.formula),
})

async function digestOf(tx: Writer, file: string): Promise<string> {
  const row = await tx.db
    .selectFrom('file')
    .select('sha256')
    .where('programme_id', '=', tx.programme)
    .where('id', '=', file)
    .executeTakeFirstOrThrow()
  return row.sha256.toString('hex')
}
