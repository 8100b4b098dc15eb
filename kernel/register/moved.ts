import { textArray, uuidArray } from '../database/array.ts'
import type { Writer } from '../database/database.ts'
import type { Register } from './define.ts'
import type { Draft } from './draft.ts'
import { tableOf } from './table.ts'

/**
 * What lies where a row of the register lies goes along when the row moves to another area: rows of any table that name
 * it and stand under its former path. Whoever answers for the new area finds them, and who did before no more.
 */
export async function takeAlong(tx: Writer, register: Register, drafts: readonly Draft[]): Promise<void> {
  const moved = drafts.filter(
    ({ existing, parties }) =>
      existing?.areaPath && parties.areaPath && existing.areaPath !== parties.areaPath,
  )
  if (moved.length === 0) return
  for (const { name, column } of await naming(tx, tableOf(register).name))
    await tx.query(
      `with moved as (
         update "${name}" t set area_path = u.path from unnest($2::uuid[], $3::text[], $4::text[]) u (id, was, path)
          where t.programme_id = $1 and t."${column}" = u.id and t.area_path = u.was returning t.id, u.path)
       update register_search s set area_path = m.path from moved m
        where s.programme_id = $1 and s.register = $5 and s.row_id = m.id`,
      [
        tx.programme,
        uuidArray(moved.map(({ id }) => id)),
        textArray(moved.map(({ existing }) => existing!.areaPath)),
        textArray(moved.map(({ parties }) => parties.areaPath!)),
        name,
      ],
    )
}

/** Tables with an area whose rows name rows of another, and by which column. */
const naming = (tx: Writer, table: string): Promise<{ name: string; column: string }[]> =>
  tx.query(
    `select c.relname as name, a.attname as "column" from pg_constraint k
       join pg_class c on c.oid = k.conrelid
       join pg_attribute a on a.attrelid = c.oid and a.attnum = k.conkey[array_length(k.conkey, 1)]
      where k.contype = 'f' and k.confrelid = to_regclass($1) and has_table_privilege(c.oid, 'update')
        and exists (select 1 from pg_attribute p where p.attrelid = c.oid and p.attname = 'area_path')
        and exists (select 1 from pg_attribute p where p.attrelid = c.oid and p.attname = 'id') order by 1, 2`,
    [table],
    'register-naming',
  )
