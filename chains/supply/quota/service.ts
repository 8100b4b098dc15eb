import { countyOf } from '@silian/kernel/access/area.ts'
import { findArea } from '@silian/kernel/access/areas.ts'
import { findOrganisation } from '@silian/kernel/access/organisations.ts'
import { covers, type Reach } from '@silian/kernel/access/permit.ts'
import type { Reader, Writer } from '@silian/kernel/database/database.ts'
import { idFrom, newId } from '@silian/kernel/ids/ids.ts'
import { openAccounts } from '@silian/kernel/ledger/accounts.ts'
import { postAll } from '@silian/kernel/ledger/post.ts'
import { ok, type Result, refuse } from '@silian/kernel/result/result.ts'
import { dateOf } from '@silian/kernel/time/shanghai.ts'
import { sign } from '@silian/kernel/undertaking/undertaking.ts'
import type { z } from 'zod'
import type { Kit } from '../../kit.ts'
import { BUDGET_SOURCE, budget, quota, spent } from './accounts.ts'
import type { NewCanteen, NewDeclaration, newRule } from './contract.ts'
import { listRules } from './reads.ts'
import { checkDeclaration, type DeclarationRefusal, ruleFor } from './rules.ts'
import { quotaTarget } from './target.ts'

type NewRule = z.output<typeof newRule>
export type RuleRefusal = 'area.not_found' | 'quota_rule.exists'

/** Puts a rule of the reserved share on record. Rules are never changed: another year has another. */
export async function addRule(
  tx: Writer,
  kit: Kit,
  holder: string,
  input: NewRule,
): Promise<Result<{ id: string }, RuleRefusal>> {
  if (!(await findArea(tx, input.areaCode))) return refuse('area.not_found', { code: input.areaCode })
  const id = input.id ?? newId(tx.at.getTime())
  const rows = await tx.db
    .insertInto('quota_rule')
    .values({
      programme_id: tx.programme,
      id,
      year: input.year,
      area_code: input.areaCode,
      base: input.base,
      ratio_bp: input.ratioBp,
      product_areas: input.productAreas,
      channels: input.channels,
      recognised_only: input.recognisedOnly,
      not_below_last: input.notBelowLastYear ?? false,
      declare_by: input.declareBy ?? null,
      source: input.source,
      created_at: tx.at,
    })
    .onConflict(c => c.doNothing())
    .returning('id')
    .execute()
  if (rows.length === 0) return refuse('quota_rule.exists', { year: input.year, area: input.areaCode })
  const { id: _, notBelowLastYear, declareBy, ...pub } = input
  const options = { ...(notBelowLastYear && { notBelowLastYear }), ...(declareBy && { declareBy }) }
  await kit.recorder.record(tx, {
    ...{ type: 'quota.ruled', subject: id, holder },
    pub: { rule: id, ...pub, ...options },
  })
  return ok({ id })
}

export type CanteenRefusal = 'organisation.not_found' | 'area.not_found' | 'canteen.exists'

/** Registers a canteen with the units it serves; the first declares for all (P8). */
export async function registerCanteen(
  tx: Writer,
  reach: Reach,
  input: NewCanteen,
): Promise<Result<{ id: string }, CanteenRefusal>> {
  const area = await findArea(tx, input.areaCode)
  if (!area || !covers(reach, { areaPath: area.path }))
    return refuse('area.not_found', { code: input.areaCode })
  const foreign = await unitOutside(tx, reach, input)
  if (foreign !== undefined) return refuse('organisation.not_found', { id: foreign })
  const id = input.id ?? newId(tx.at.getTime())
  const rows = await tx.db
    .insertInto('canteen')
    .values({
      programme_id: tx.programme,
      id,
      name_zh: input.nameZh,
      name_en: input.nameEn,
      area_code: input.areaCode,
      contractor_id: input.contractorId ?? null,
      created_at: tx.at,
    })
    .onConflict(c => c.doNothing())
    .returning('id')
    .execute()
  if (rows.length === 0) return refuse('canteen.exists', { id })
  await tx.db
    .insertInto('canteen_unit')
    .values(
      input.unitIds.map((unit, i) => ({
        programme_id: tx.programme,
        canteen_id: id,
        unit_id: unit,
        representative: i === 0,
      })),
    )
    .execute()
  return ok({ id })
}

/** A canteen's first unit gives whoever runs it the permission to order for it, or takes it back (P8, P10). */
export async function contractCanteen(
  tx: Writer,
  kit: Kit,
  reach: Reach,
  id: string,
  contractorId: string | null,
): Promise<Result<{ id: string }, 'canteen.not_found' | 'organisation.not_found'>> {
  const [first] = await tx.query<{ unit_id: string }>(
    `select u.unit_id from canteen c join canteen_unit u on u.programme_id = c.programme_id and u.canteen_id = c.id
     where c.programme_id = $1 and c.id = $2 and u.representative for update of c`,
    [tx.programme, id],
  )
  if (!first || !covers(reach, { organisationIds: [first.unit_id] })) return refuse('canteen.not_found')
  if (contractorId && !(await findOrganisation(tx, contractorId)))
    return refuse('organisation.not_found', { id: contractorId })
  await tx.db
    .updateTable('canteen')
    .set({ contractor_id: contractorId })
    .where('programme_id', '=', tx.programme)
    .where('id', '=', id)
    .execute()
  await kit.recorder.record(tx, {
    ...{ type: 'canteen.contracted', subject: id, holder: first.unit_id },
    pub: { canteen: id, unit: first.unit_id, contractor: contractorId },
  })
  return ok({ id })
}

/** The first unit that is not there for whoever registers, being another district's; a contractor may be anybody's. */
async function unitOutside(
  tx: Reader,
  reach: Reach,
  { unitIds, contractorId }: NewCanteen,
): Promise<string | undefined> {
  for (const unit of unitIds) {
    const found = await findOrganisation(tx, unit)
    const area = found && (await findArea(tx, found.areaCode))
    if (!area || !covers(reach, { areaPath: area.path })) return unit
  }
  if (contractorId && !(await findOrganisation(tx, contractorId))) return contractorId
  return undefined
}

export type DeclareRefusal =
  | DeclarationRefusal
  | 'organisation.not_found'
  | 'declaration.exists'
  | 'declaration.unit_closed'

/** A unit declares its year: the base, and what it reserves of it under the rule of its year and area. */
export async function declare(
  tx: Writer,
  kit: Kit,
  reach: Reach,
  input: NewDeclaration,
): Promise<Result<{ id: string }, DeclareRefusal>> {
  // a unit that is being merged would leave what is declared now behind
  await tx.query('select 1 from organisation where programme_id = $1 and id = $2 for share', [
    tx.programme,
    input.unitId,
  ])
  const unit = await findOrganisation(tx, input.unitId)
  if (!unit || !covers(reach, { organisationIds: [unit.id] })) return refuse('organisation.not_found')
  if (unit.validTo && unit.validTo <= dateOf(tx.at))
    return refuse('declaration.unit_closed', { successor: unit.successorId ?? '' })
  const area = await findArea(tx, unit.areaCode)
  const rule = ruleFor(await listRules(tx), input.year, area?.path ?? '')
  const canteen = await canteenOf(tx, input)
  const checked = checkDeclaration(input, rule, canteen, await reservedLastYear(tx, input))
  if (!checked.ok) return checked
  const id = input.id ?? newId(tx.at.getTime())
  const rows = await tx.db
    .insertInto('declaration')
    .values({
      programme_id: tx.programme,
      id,
      unit_id: input.unitId,
      canteen_id: input.canteenId ?? null,
      year: input.year,
      rule_id: rule!.id,
      kind: input.kind,
      base_fen: input.baseFen,
      reserved_fen: input.reservedFen,
      state: 'declared',
      area_path: area!.path,
      declared_at: tx.at,
    })
    .onConflict(c => c.doNothing())
    .returning('id')
    .execute()
  if (rows.length === 0) return refuse('declaration.exists', { year: input.year })
  await kit.recorder.record(tx, {
    type: 'quota.declared',
    subject: id,
    holder: input.unitId,
    pub: {
      declaration: id,
      unit: input.unitId,
      year: input.year,
      rule: rule!.id,
      kind: input.kind,
      baseFen: String(input.baseFen),
      reservedFen: String(input.reservedFen),
    },
  })
  return ok({ id })
}

/** Of the unit, and of those that were merged into it. */
async function reservedLastYear(
  tx: Writer,
  { unitId, year }: Pick<NewDeclaration, 'unitId' | 'year'>,
): Promise<number> {
  const [row] = await tx.query<{ fen: number }>(
    `select coalesce(sum(d.reserved_fen), 0)::bigint as fen from declaration d
     join organisation o on o.programme_id = d.programme_id and o.id = d.unit_id
     where d.programme_id = $1 and d.year = $2 and d.state = 'confirmed' and (o.id = $3 or o.successor_id = $3)`,
    [tx.programme, year - 1, unitId],
    'declaration-last-year',
  )
  return row!.fen
}

async function canteenOf(
  tx: Writer,
  { canteenId, unitId }: NewDeclaration,
): Promise<{ representative: boolean } | undefined> {
  if (!canteenId) return undefined
  const [row] = await tx.query<{ representative: boolean }>(
    'select representative from canteen_unit where programme_id = $1 and canteen_id = $2 and unit_id = $3',
    [tx.programme, canteenId, unitId],
  )
  return row
}

export type DecideRefusal = 'declaration.not_found' | 'declaration.decided' | 'declaration.reason_required'

/** The office confirms a declaration, which opens its budget and makes the reserved share an undertaking, or returns it. */
export async function decideDeclaration(
  tx: Writer,
  kit: Kit,
  reach: Reach,
  holder: string,
  id: string,
  { approve, note }: { approve: boolean; note: string },
): Promise<Result<{ id: string }, DecideRefusal>> {
  const row = await tx.db
    .selectFrom('declaration')
    .selectAll()
    .where('programme_id', '=', tx.programme)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!row || !covers(reach, { areaPath: row.area_path })) return refuse('declaration.not_found')
  if (row.state !== 'declared') return refuse('declaration.decided', { state: row.state })
  if (!approve && note.trim() === '') return refuse('declaration.reason_required')
  const target = approve
    ? await openYear(tx, {
        id,
        unitId: row.unit_id,
        year: row.year,
        baseFen: row.base_fen,
        reservedFen: row.reserved_fen,
      })
    : null
  await tx.db
    .updateTable('declaration')
    .set({
      state: approve ? 'confirmed' : 'returned',
      decided_at: tx.at,
      decision_note: note,
      target_id: target,
    })
    .where('programme_id', '=', tx.programme)
    .where('id', '=', id)
    .execute()
  await kit.recorder.record(tx, {
    type: approve ? 'quota.confirmed' : 'quota.returned',
    subject: id,
    holder,
    pub: {
      declaration: id,
      unit: row.unit_id,
      year: String(row.year),
      district: countyOf(row.area_path),
      reservedFen: String(row.reserved_fen),
    },
  })
  return ok({ id })
}

interface Year {
  readonly id: string
  readonly unitId: string
  readonly year: number
  readonly baseFen: number
  readonly reservedFen: number
}

async function openYear(tx: Writer, { id, unitId, year, baseFen, reservedFen }: Year): Promise<string> {
  await openAccounts(tx, [
    { account: budget(id), unit: 'fen', kind: 'ceiling' },
    { account: spent(id), unit: 'fen', kind: 'free' },
    { account: quota(id), unit: 'fen', kind: 'floor' },
  ])
  if (baseFen > 0)
    await postAll(tx, [
      {
        id: idFrom('entry', 'budget', id),
        kind: 'budget.opened',
        subject: id,
        postings: [
          { account: BUDGET_SOURCE, amount: -baseFen },
          { account: budget(id), amount: baseFen },
        ],
      },
    ])
  const target = idFrom('target', id)
  await sign(tx, quotaTarget, {
    id: target,
    promisor: unitId,
    promisee: `programme:${tx.programme}`,
    formula: { declaration: id, reservedFen },
    startsOn: `${year}-01-01`,
    endsOn: `${year}-12-31`,
    schedule: reservedFen > 0 ? [{ dueOn: `${year}-12-31`, amount: reservedFen }] : [],
  })
  return target
}
