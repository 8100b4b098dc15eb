import { everythingOf } from '@silian/kernel/access/permit.ts'
import type { Reader } from '@silian/kernel/database/database.ts'
import type { Effect, Subject } from '@silian/kernel/process/define.ts'
import { saveRows } from '@silian/kernel/register/save.ts'
import { ok, refuse } from '@silian/kernel/result/result.ts'
import { dateOf } from '@silian/kernel/time/shanghai.ts'
import { base } from './base.register.ts'

interface Row {
  readonly name: string
  readonly operator_id: string
  readonly area_path: string
  readonly gaps: readonly string[] | null
}

const rowOf = async (tx: Reader, id: string): Promise<Row | undefined> => {
  const [row] = await tx.query<Row>(
    'select name, operator_id, area_path, gaps from base where programme_id = $1 and id = $2 and valid_to is null',
    [tx.programme, id],
  )
  return row
}

/** The base that a recognition is about: its operator applies. */
export async function findBase(tx: Reader, id: string): Promise<Subject | undefined> {
  const row = await rowOf(tx, id)
  return row && { organisationId: row.operator_id, areaPath: row.area_path, title: row.name }
}

/** What the register finds lacking of the must-haves (P51). */
export const gapsOfBase = async (tx: Reader, id: string | null): Promise<readonly string[]> =>
  (id && (await rowOf(tx, id))?.gaps) || []

/** Writes into the register since when a base is recognised, or that it is no more. */
export const keepRecognition: Effect = async (tx, kit, { about, validFrom, state }) => {
  const today = dateOf(tx.at)
  const values =
    state === 'recognised'
      ? { recognisedOn: validFrom ?? today, recognisedUntil: null }
      : { recognisedUntil: today }
  const [outcome] = await saveRows(tx, kit, base, everythingOf(tx.programme), [{ id: about ?? '', values }], {
    ...{ mode: 'change', byProcess: true },
  })
  return outcome!.kind === 'refused'
    ? refuse('base_recognition.not_kept', { codes: outcome!.faults.map(({ code }) => code) })
    : ok(null)
}
