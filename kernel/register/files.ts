import type { Permit } from '../access/permit.ts'
import { uuidArray } from '../database/array.ts'
import type { Writer } from '../database/database.ts'
import { fault } from '../declared/values.ts'
import { attachFiles, type FileReaders } from '../files/uses.ts'
import { must } from '../result/result.ts'
import { pick, type Register } from './define.ts'
import type { Draft } from './draft.ts'
import type { RegisterKit } from './kit.ts'
import { findRow } from './reads.ts'

const fileColumns = (register: Register): string[] => pick(register.columns, ({ kind }) => kind === 'files')

/** Files that a row names and did not name before, each with its column. */
const namedAnew = (register: Register, { next, existing }: Draft): { name: string; file: string }[] =>
  fileColumns(register).flatMap(name => {
    const had = new Set((existing?.values[name] ?? []) as readonly string[])
    const has = (next.values[name] ?? []) as readonly string[]
    return has.filter(file => !had.has(file)).map(file => ({ name, file }))
  })

/** Only who sent a file may put it into a row, so that nobody opens another's by naming it: `file.not_found`. */
export async function markForeignFiles(
  tx: Writer,
  register: Register,
  drafts: readonly Draft[],
): Promise<void> {
  const wanted = drafts.flatMap(draft => namedAnew(register, draft).map(each => ({ ...each, draft })))
  if (wanted.length === 0) return
  const rows = await tx.query<{ id: string }>(
    'select id from file where programme_id = $1 and id = any($2::uuid[]) and uploaded_by = $3',
    [tx.programme, uuidArray(wanted.map(({ file }) => file)), tx.actor],
  )
  const own = new Set(rows.map(({ id }) => id))
  for (const { draft, name, file } of wanted)
    if (!own.has(file)) draft.faults.push(fault(name, 'file.not_found'))
}

/** They are kept as long as the row names them, and read by who reads the row. */
export async function attachNamed(tx: Writer, register: Register, drafts: readonly Draft[]): Promise<void> {
  for (const draft of drafts) {
    const files = namedAnew(register, draft).map(({ file }) => file)
    if (files.length > 0) must(await attachFiles(tx, files, { type: register.name, id: draft.id }))
  }
}

/** Who may read the files of a register's row: whoever may read the row. */
export const registerFileReaders = (
  registers: readonly Register[],
  kit: RegisterKit,
  permit: Permit,
): FileReaders =>
  Object.fromEntries(
    registers
      .filter(register => fileColumns(register).length > 0)
      .map(register => [
        register.name,
        async (tx, principal, id) => {
          const reach = permit(principal, `${register.name}.read`)
          return reach.ok && (await findRow(tx, kit, register, reach.value, id)) !== undefined
        },
      ]),
  )
