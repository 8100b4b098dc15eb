import type { Writer } from '../database/database.ts'
import type { Values } from '../declared/columns.ts'
import { fault, sameValue } from '../declared/values.ts'
import { ok, type Result } from '../result/result.ts'
import { invalid, isSealed, masked, openForms, plainOf, sealForm } from './form.ts'
import { type CaseKit, rulesOf } from './registry.ts'
import type { CaseRow } from './tables.ts'

/**
 * A form as its applicant sends it again. Personal values that come back masked, or not at all, stay as they were; the
 * parties stay, too, for the case lies on their desks. Refuses `form.invalid` with `value.frozen`.
 */
export async function corrected(
  tx: Writer,
  kit: CaseKit,
  row: CaseRow,
  given: Values,
): Promise<Result<Values, 'form.invalid'>> {
  const { form, parties = {} } = rulesOf(kit, row)
  const [before = {}] = await openForms(tx, kit.vault, [{ subject: row.id, sealed: row.sealed }])
  const shown = masked(form, before)
  const kept = Object.keys(before).filter(
    name => given[name] === undefined || sameValue(given[name], shown[name]),
  )
  const moved = [parties.organisation, parties.area].filter(
    name => name !== undefined && !sameValue(given[name], row.form[name]),
  )
  if (moved.length > 0) return invalid(moved.map(column => fault(String(column), 'value.frozen')))
  return ok({ ...given, ...Object.fromEntries(kept.map(name => [name, before[name]!])) })
}

/** Puts the corrected form in the place of the old one; both are told of in facts. */
export async function correct(tx: Writer, kit: CaseKit, row: CaseRow, values: Values): Promise<void> {
  const process = kit.processes.of(row.process)
  const { form, title } = process.at(row.version)
  const plain = plainOf(form, values)
  const subject = row.about ? await process.about?.find(tx, row.about) : undefined
  const hasPersonal = Object.values(form).some(isSealed)
  await tx.query(
    'update process_case set form = $3, sealed = $4, title = $5 where programme_id = $1 and id = $2',
    [
      tx.programme,
      row.id,
      JSON.stringify(plain),
      hasPersonal ? await sealForm(tx, kit.vault, row.id, form, values) : null,
      title(plain, subject),
    ],
  )
}
