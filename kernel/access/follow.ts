import type { Writer } from '../database/database.ts'

/** The code an area's path ends in: 45/4510/451028 → 451028, 45 → 450000. */
const codeOf = (table: string): string =>
  `rpad(reverse(split_part(reverse(${table}.area_path), '/', 1)), greatest(6, length(split_part(reverse(${table}.area_path), '/', 1))), '0')`

/**
 * Rows follow an area that was replaced by another or put under another: their paths become what the area's path is
 * now, so that whoever answers for the successor finds them. Codes stay as they were recorded. Returns rows moved, over
 * every table that has an `area_path`.
 */
export async function followAreas(tx: Writer): Promise<number> {
  const tables = await tx.query<{ name: string }>(
    `select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid
     where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace and a.attname = 'area_path'
       and has_table_privilege(c.oid, 'update') order by 1`,
  )
  let moved = 0
  for (const { name } of tables) moved += await follow(tx, `"${name}"`)
  return moved
}

async function follow(tx: Writer, table: string): Promise<number> {
  const [row] = await tx.query<{ n: number }>(
    `with moved as (
       select s.area_path, a.path from (select distinct area_path from ${table} where programme_id = $1) s
       join area a on a.code = ${codeOf('s')} where a.path <> s.area_path),
     followed as (
       update ${table} t set area_path = m.path from moved m
        where t.programme_id = $1 and t.area_path = m.area_path returning 1)
     select count(*) as n from followed`,
    [tx.programme],
  )
  return row!.n
}
