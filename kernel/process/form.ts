import { everythingOf } from '../access/permit.ts'
import type { Reader, Writer } from '../database/database.ts'
import type { Columns, Values } from '../declared/columns.ts'
import { maskValue } from '../declared/masks.ts'
import { checkValues, type Fault, missing } from '../declared/values.ts'
import type { PublicPart } from '../fact/public-part.ts'
import { attachFiles } from '../files/uses.ts'
import type { Vault } from '../personal/vault.ts'
import type { Register } from '../register/define.ts'
import { resolveAll, unresolved } from '../register/resolve.ts'
import { ok, type Result, refuse } from '../result/result.ts'

const FORM = 'process.form'

/** A form's values in their stored form, and the paths of the areas they name. */
export interface Checked {
  readonly values: Values
  readonly areas: ReadonlyMap<string, string>
}

/**
 * What was filled in, right in itself and naming only areas, organisations and rows that there are. Refuses
 * `form.invalid` with its faults, their codes as a register's.
 */
export async function checkForm(
  tx: Reader,
  columns: Columns,
  given: Values,
  { required = true, refers = [] }: { required?: boolean; refers?: readonly Register[] | undefined } = {},
): Promise<Result<Checked, 'form.invalid'>> {
  const { values, faults } = checkValues(columns, given)
  const absent = required ? missing(columns, values) : []
  const short = absent.filter(({ column }) => !faults.some(found => found.column === column))
  const form = { columns, values, place: '' }
  const found = await resolveAll(tx, new Map(refers.map(register => [register.name, register])), [form])
  const all = [...faults, ...short, ...unresolved(form, found, everythingOf(tx.programme))]
  const areas = new Map([...found.areas].map(([code, { path }]) => [code, path]))
  return all.length > 0 ? invalid(all) : ok({ values, areas })
}

export const invalid = (faults: readonly Fault[]) => ({ ...refuse('form.invalid'), faults })

const named = (columns: Columns, values: Values, kind: string): string[] =>
  Object.entries(columns).flatMap(([name, column]) => {
    const value = values[name]
    if (column.kind !== kind) return []
    return typeof value === 'string' ? [value] : typeof value === 'object' && value !== null ? [...value] : []
  })

/** The files that a form names. */
export const filesIn = (columns: Columns, values: Values): string[] => named(columns, values, 'files')

/**
 * Attaches files to a case: those it has already stay, new ones must be the caller's own. Whoever reads the case reads
 * them. Refuses `file.not_found`.
 */
export async function attach(
  tx: Writer,
  caseId: string,
  files: readonly string[],
): Promise<Result<null, 'file.not_found'>> {
  if (files.length === 0) return ok(null)
  const rows = await tx.query<{ id: string }>(
    `select file_id as id from file_use where programme_id = $1 and subject_type = 'case' and subject_id = $2`,
    [tx.programme, caseId],
  )
  const there = new Set(rows.map(({ id }) => id))
  return attachFiles(
    tx,
    files.filter(id => !there.has(id)),
    { type: 'case', id: caseId },
  )
}

export const isSealed = ({ personal }: Columns[string]): boolean =>
  personal === 'sensitive' || personal === 'personal'

/** The values that may stand in the clear. */
export const plainOf = (columns: Columns, values: Values): Values =>
  Object.fromEntries(Object.entries(values).filter(([name]) => columns[name] && !isSealed(columns[name])))

/** What a fact tells of a form: its open columns to everyone, and all that is not personal as a commitment. */
export function toldOf(columns: Columns, plain: Values): { pub: PublicPart; hidden: { form: string } } {
  const open = Object.fromEntries(
    Object.entries(plain).filter(([name, value]) => columns[name]?.open && value !== null),
  )
  return {
    pub: Object.keys(open).length > 0 ? { form: open as PublicPart } : {},
    hidden: { form: JSON.stringify(plain) },
  }
}

/** Those that may not, sealed together under the subject's key; null where there are none. */
export async function sealForm(
  tx: Writer,
  vault: Vault,
  subject: string,
  columns: Columns,
  values: Values,
): Promise<Buffer | null> {
  const personal = Object.entries(values).filter(
    ([name, value]) => columns[name] && isSealed(columns[name]) && value !== null,
  )
  if (personal.length === 0) return null
  return vault.seal(tx, subject, FORM, JSON.stringify(Object.fromEntries(personal)))
}

/** A sealed part with the subject it was sealed under. */
export interface SealedForm {
  readonly subject: string
  readonly sealed: Buffer | null
}

/** What was sealed, in the clear; nothing for a subject that was erased. In the order given. */
export async function openForms(tx: Reader, vault: Vault, forms: readonly SealedForm[]): Promise<Values[]> {
  const texts = await vault.openMany(
    tx,
    forms.map(({ subject, sealed }) => ({ subject, field: FORM, sealed })),
  )
  return texts.map(text => (text === null ? {} : (JSON.parse(text) as Values)))
}

/** Personal values as they are shown to those who have not said why they look. */
export const masked = (columns: Columns, values: Values): Values =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      columns[name] && typeof value === 'string' ? maskValue(columns[name], value) : '***',
    ]),
  )
