import { covers, type Reach } from '../access/permit.ts'
import type { HeldRole } from '../access/principal.ts'
import type { Writer } from '../database/database.ts'
import type { Value, Values } from '../declared/columns.ts'
import type { Recorded } from '../fact/record.ts'
import { newId } from '../ids/ids.ts'
import { ok, type Result, refuse } from '../result/result.ts'
import { dateOf } from '../time/shanghai.ts'
import { deepestLevel, type Process, type Subject } from './define.ts'
import { type Actor, areaAt } from './desk.ts'
import { attach, checkForm, filesIn, plainOf, sealForm, toldOf } from './form.ts'
import { arrive } from './move.ts'
import type { CaseKit } from './registry.ts'
import type { CaseRow } from './tables.ts'

export interface NewCase {
  /** Made by the caller for offline work. */
  readonly id?: string | undefined
  readonly about?: string | undefined
  readonly form: Values
}

export type OpenRefusal =
  | 'form.invalid'
  | 'subject.missing'
  | 'subject.not_found'
  | 'case.area_needed'
  | 'case.open_already'
  | 'case.exists'
  | 'file.not_found'

/**
 * Opens a case. Its organisation and area are those of the row it is about, else those its form names, else the
 * opener's; all of it must be within `reach`. Refuses `form.invalid` with its faults; `subject.missing` and
 * `subject.not_found`; `case.area_needed` {level} where a desk of that level could not be found; `case.open_already`
 * and `case.exists`; and what the declaration's own guard refuses.
 */
export async function openCase(
  tx: Writer,
  kit: CaseKit,
  actor: Actor,
  reach: Reach,
  name: string,
  input: NewCase,
): Promise<Result<{ id: string }>> {
  const process = kit.processes.of(name)
  if (namesAnother(process, reach, input)) return refuse('organisation.not_found')
  const form = await checkForm(tx, process.form, input.form, { refers: process.refers })
  if (!form.ok) return form
  const subject = await subjectOf(tx, process, input.about)
  if (!subject.ok) return subject
  const parties = await partiesFor(tx, process, actor, subject.value, form.value)
  const own = {
    organisationIds: [parties.organisation],
    areaPath: parties.path,
    personIds: [actor.memberId ?? actor.account],
  }
  if (!covers(reach, own)) return refuse(process.about ? 'subject.not_found' : 'organisation.not_found')
  const level = deepestLevel(process)
  if (level && !(parties.path && areaAt(parties.path, level))) return refuse('case.area_needed', { level })
  const about = { about: input.about ?? null, organisationId: parties.organisation, form: form.value.values }
  const may = await process.open.guard?.(tx, about)
  if (may && !may.ok) return may
  return insert(tx, kit, actor, process, {
    input,
    parties,
    values: form.value.values,
    subject: subject.value,
  })
}

/** Whoever acts for an organisation names no other: whether that exists is not told. */
function namesAnother({ parties }: Process, reach: Reach, { form }: NewCase): boolean {
  const named = parties?.organisation && form[parties.organisation]
  if (typeof named !== 'string' || reach.areaPaths.length + reach.personIds.length > 0) return false
  return !covers(reach, { organisationIds: [named] })
}

async function subjectOf(
  tx: Writer,
  { about }: Process,
  id: string | undefined,
): Promise<Result<Subject | undefined, OpenRefusal>> {
  if (!about) return ok(undefined)
  if (id === undefined) return refuse('subject.missing')
  // held until the transaction ends: a case about a row that is being erased waits, and finds it gone
  await tx.query(`select 1 from ${about.register} where programme_id = $1 and id = $2 for key share`, [
    tx.programme,
    id,
  ])
  const subject = await about.find(tx, id)
  return subject ? ok(subject) : refuse('subject.not_found')
}

interface Parties {
  readonly organisation: string | null
  readonly path: string | null
}

async function partiesFor(
  tx: Writer,
  process: Process,
  actor: Actor,
  subject: Subject | undefined,
  form: { values: Values; areas: ReadonlyMap<string, string> },
): Promise<Parties> {
  const { organisation: orgColumn, area: areaColumn } = process.parties ?? {}
  const named = orgColumn ? textOf(form.values[orgColumn]) : null
  const organisation = subject?.organisationId ?? named ?? openerOf(process, actor)?.organisationId ?? null
  const code = areaColumn ? textOf(form.values[areaColumn]) : null
  const path =
    (code && form.areas.get(code)) ?? subject?.areaPath ?? (await pathOfOrganisation(tx, organisation))
  return { organisation, path }
}

const textOf = (value: Value | undefined): string | null => (typeof value === 'string' ? value : null)

async function pathOfOrganisation(tx: Writer, id: string | null): Promise<string | null> {
  if (id === null) return null
  const [row] = await tx.query<{ path: string }>(
    'select a.path from organisation o join area a on a.code = o.area_code where o.programme_id = $1 and o.id = $2',
    [tx.programme, id],
  )
  return row?.path ?? null
}

interface Opening {
  readonly input: NewCase
  readonly parties: Parties
  readonly values: Values
  readonly subject: Subject | undefined
}

async function insert(
  tx: Writer,
  kit: CaseKit,
  actor: Actor,
  process: Process,
  opening: Opening,
): Promise<Result<{ id: string }, OpenRefusal>> {
  const row = await rowOf(tx, kit, actor, process, opening)
  const made = await tx.db
    .insertInto('process_case')
    .values({ ...row, form: JSON.stringify(row.form) as never, scores: '{}' as never })
    .onConflict(c => c.doNothing())
    .returning('id')
    .execute()
  if (made.length === 0) return refuse(await clash(tx, row))
  const attached = await attach(tx, row.id, filesIn(process.form, opening.values))
  if (!attached.ok) return attached
  const cause = { actor, outcome: 'opened' }
  await arrive(tx, kit, row, { from: null, fact: row.opened_fact, cause })
  return ok({ id: row.id })
}

/** The case as it begins; its fact is recorded. */
async function rowOf(
  tx: Writer,
  kit: CaseKit,
  actor: Actor,
  process: Process,
  { input, parties, values, subject }: Opening,
): Promise<CaseRow> {
  const id = input.id ?? newId(tx.at.getTime())
  const plain = plainOf(process.form, values)
  const { id: factId, leafHash } = await tellOpened(tx, kit, actor, process, id, { input, parties, plain })
  return {
    ...{ programme_id: tx.programme, id, process: process.name, version: process.version },
    ...{ title: process.title(plain, subject), state: process.start, about: input.about ?? null },
    ...{ organisation_id: parties.organisation, area_path: parties.path },
    ...{ opened_at: tx.at, opened_by: actor.account, opened_member: actor.memberId },
    opener_role: openerOf(process, actor)?.role ?? Object.keys(process.open.permit)[0] ?? null,
    ...{ opened_fact: factId, opened_leaf: leafHash },
    form: plain,
    sealed: await sealForm(tx, kit.vault, id, process.form, values),
    ...{ scores: {}, move_no: 0, entered_on: dateOf(tx.at), due_on: null, valid_from: null, valid_to: null },
    once: process.open.once ? (input.about ?? parties.organisation) : null,
    ended_at: null,
  }
}

/** The role by which somebody opens a case, and where they hold it. */
const openerOf = ({ open }: Process, { roles }: Actor): HeldRole | undefined =>
  roles.find(({ role }) => open.permit[role] !== undefined)

async function clash(tx: Writer, row: CaseRow): Promise<OpenRefusal> {
  const same = await tx.query('select 1 from process_case where programme_id = $1 and id = $2', [
    tx.programme,
    row.id,
  ])
  return same.length > 0 ? 'case.exists' : 'case.open_already'
}

function tellOpened(
  tx: Writer,
  kit: CaseKit,
  actor: Actor,
  process: Process,
  id: string,
  { input, parties, plain }: Pick<Opening, 'input' | 'parties'> & { plain: Values },
): Promise<Recorded> {
  const told = toldOf(process.form, plain)
  return kit.recorder.record(tx, {
    type: `${process.name}.opened`,
    subject: id,
    holder: actor.holder,
    pub: {
      case: id,
      version: process.version,
      ...(input.about ? { about: input.about } : {}),
      ...(parties.organisation ? { organisation: parties.organisation } : {}),
      ...(parties.path ? { county: countyOf(parties.path) } : {}),
      ...told.pub,
    },
    hidden: told.hidden,
  })
}

/** As far as everyone may know where it is. */
const countyOf = (path: string): string => (areaAt(path, 'county') ?? path).split('/').at(-1)!
