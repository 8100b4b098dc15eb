import type { z } from 'zod'
import type { Reader } from '../database/database.ts'
import type { Columns } from '../declared/columns.ts'
import { columnShapes } from '../declared/shape.ts'
import { FIRST_ID } from '../http/paging.ts'
import type { Page } from '../http/shapes.ts'
import { dateOf } from '../time/shanghai.ts'
import { CASE } from './case.ts'
import type { publicityRow } from './contract.ts'
import type { Actor } from './desk.ts'
import { namesOf, wireOf } from './names.ts'
import { isObjectable } from './objection.ts'
import { type CaseKit, rulesOf } from './registry.ts'
import type { CaseRow } from './tables.ts'

type Row = z.infer<typeof publicityRow>

/**
 * What hangs out today, the first to end first; only the columns that its declaration shows, none of them personal, and
 * whether the reader is offered to object, or has an objection that waits. `after` is `2026-01-05|<case>`.
 */
export async function listPublicity(
  tx: Reader,
  kit: CaseKit,
  actor: Actor,
  query: { readonly after?: string | undefined; readonly limit: number },
): Promise<Page<Row>> {
  const states = kit.processes.all.flatMap(process =>
    [process, ...(process.before ?? [])].flatMap(version =>
      Object.entries(version.states).flatMap(([name, { kind }]) =>
        kind === 'publicity' ? [{ process: process.name, name }] : [],
      ),
    ),
  )
  const [day, id] = query.after?.split('|') ?? ['0001-01-01', FIRST_ID]
  const rows = await tx.query<Hanging>(
    `select ${CASE}, exists (select 1 from process_objection o where o.programme_id = $1 and o.case_id = c.id
       and o.by = $8 and o.answered_at is null) as pending from process_case c
       join (select distinct process, state from unnest($2::text[], $3::text[]) u (process, state)) s
         on s.process = c.process and s.state = c.state
      where c.programme_id = $1 and c.due_on >= $4 and (c.due_on, c.id) > ($5, $6::uuid)
      order by c.due_on, c.id limit $7`,
    [
      tx.programme,
      states.map(s => s.process),
      states.map(s => s.name),
      dateOf(tx.at),
      day,
      id,
      query.limit + 1,
      actor.account,
    ],
    'process-publicity',
  )
  const shown = rows.slice(0, query.limit)
  const names = await namesOf(
    tx,
    shown.map(row => ({ columns: rulesOf(kit, row).form, values: shownOf(kit, row) })),
  )
  const last = shown.at(-1)
  return {
    items: shown.map(row => rowOf(kit, row, names, isObjectable(kit, row, actor, dateOf(tx.at)))),
    next: rows.length > query.limit && last ? `${last.due_on}|${last.id}` : null,
  }
}

type Hanging = CaseRow & { readonly pending: boolean }

const shownOf = (kit: CaseKit, row: CaseRow) =>
  Object.fromEntries((kit.processes.of(row.process).shown ?? []).map(name => [name, row.form[name] ?? null]))

const columnsShown = (kit: CaseKit, row: CaseRow): Columns =>
  Object.fromEntries(
    (kit.processes.of(row.process).shown ?? []).flatMap(name => {
      const column = rulesOf(kit, row).form[name]
      return column ? [[name, column]] : []
    }),
  )

function rowOf(kit: CaseKit, row: Hanging, names: Row['names'], mayObject: boolean): Row {
  const values = shownOf(kit, row)
  const own = Object.values(values).flatMap(value =>
    typeof value === 'string' && names[value] ? [value] : [],
  )
  return {
    case: row.id,
    process: row.process,
    title: row.title,
    from: row.entered_on,
    to: row.due_on!,
    mayObject,
    pending: row.pending,
    columns: columnShapes(columnsShown(kit, row)),
    values: wireOf(values),
    names: Object.fromEntries(own.map(key => [key, names[key]!])),
  }
}
