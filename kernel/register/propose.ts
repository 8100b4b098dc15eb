import type { Reader, Writer } from '../database/database.ts'
import type { Value, Values } from '../declared/columns.ts'
import { newId } from '../ids/ids.ts'
import type { Clear, Sealed } from '../personal/vault.ts'
import type { Register } from './define.ts'
import type { Draft } from './draft.ts'
import type { RegisterKit } from './kit.ts'
import { tableOf } from './table.ts'

export interface Proposal {
  readonly id: string
  readonly rowId: string
  readonly at: Date
  readonly by: string
  /** In clear. */
  readonly values: Values
}

interface Stored {
  readonly id: string
  readonly row_id: string
  readonly plain: Values
  readonly sealed: Readonly<Record<string, string>>
  readonly proposed_at: Date
  readonly proposed_by: string
}

/** Proposals of these rows that nobody has decided, the oldest first. */
export async function openProposals(
  tx: Reader,
  kit: RegisterKit,
  register: Register,
  rowIds: readonly string[],
): Promise<Proposal[]> {
  const rows = await tx.query<Stored>(
    `select id, row_id, plain, sealed, proposed_at, proposed_by from register_proposal
      where programme_id = $1 and register = $2 and row_id = any($3::uuid[]) and state = 'open' order by id`,
    [tx.programme, register.name, rowIds],
    'register-proposals',
  )
  const fields = tableOf(register).field
  const sealed: (Sealed & { readonly row: number; readonly name: string })[] = rows.flatMap((row, i) =>
    Object.entries(row.sealed).map(([name, bytes]) => ({
      ...{ row: i, name, subject: row.row_id, field: fields.get(name)!.place },
      sealed: Buffer.from(bytes, 'base64'),
    })),
  )
  const opened = await kit.vault.openMany(tx, sealed)
  return rows.map((row, i) => ({
    ...{ id: row.id, rowId: row.row_id, at: row.proposed_at, by: row.proposed_by },
    values: {
      ...row.plain,
      ...Object.fromEntries(sealed.flatMap((each, n) => (each.row === i ? [[each.name, opened[n]!]] : []))),
    },
  }))
}

/** Keeps what was held back of each row as a proposal; one that waits with the same values is the same one. */
export async function propose(
  tx: Writer,
  kit: RegisterKit,
  register: Register,
  drafts: readonly Draft[],
): Promise<Map<Draft, string>> {
  if (drafts.length === 0) return new Map()
  const waiting = await openProposals(
    tx,
    kit,
    register,
    drafts.map(draft => draft.id),
  )
  const made = drafts.map(draft => ({
    draft,
    known: waiting.find(({ rowId, values }) => rowId === draft.id && same(values, draft.proposed))?.id,
    id: newId(),
  }))
  await keep(
    tx,
    kit,
    register,
    made.filter(each => each.known === undefined),
  )
  return new Map(made.map(({ draft, known, id }) => [draft, known ?? id]))
}

const same = (a: Values, b: Values): boolean => text(a) === text(b)
const text = (values: Values): string =>
  JSON.stringify(Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1)))

async function keep(
  tx: Writer,
  kit: RegisterKit,
  register: Register,
  made: readonly { readonly draft: Draft; readonly id: string }[],
): Promise<void> {
  if (made.length === 0) return
  const fields = tableOf(register).field
  const isClear = (name: string, value: Value): boolean => !fields.get(name)!.sealed || value === null
  const clear: (Clear & { readonly id: string; readonly name: string })[] = made.flatMap(({ draft, id }) =>
    Object.entries(draft.proposed).flatMap(([name, value]) =>
      isClear(name, value)
        ? []
        : [{ id, name, subject: draft.id, field: fields.get(name)!.place, text: String(value) }],
    ),
  )
  const sealed = await kit.vault.sealMany(tx, clear)
  const rows = made.map(({ draft, id }) => ({
    id,
    row_id: draft.id,
    plain: Object.fromEntries(Object.entries(draft.proposed).filter(([name, value]) => isClear(name, value))),
    sealed: Object.fromEntries(
      clear.flatMap((each, i) => (each.id === id ? [[each.name, sealed[i]!.toString('base64')]] : [])),
    ),
  }))
  await tx.query(
    `insert into register_proposal (programme_id, id, register, row_id, plain, sealed, proposed_at, proposed_by, state)
     select $1, r.id, $2, r.row_id, r.plain, r.sealed, $3, $4, 'open'
       from jsonb_to_recordset($5::jsonb) as r (id uuid, row_id uuid, plain jsonb, sealed jsonb)`,
    [tx.programme, register.name, tx.at, tx.actor, JSON.stringify(rows)],
  )
}
