import { join } from 'node:path'
import { keysOf, languages, loadWords } from '@silian/kernel/declared/words.ts'
import { migrationOf, sqlType } from '@silian/kernel/register/ddl.ts'
import { partTable, type Table, tableOf } from '@silian/kernel/register/table.ts'
import { type TestDatabase, testDatabase } from '@silian/kernel/testing/test-database.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { registers } from './registers.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db?.close())

const words = loadWords(join(import.meta.dirname, 'messages'))

/** Of the release before declarations: narrower whole numbers hold the same. */
const same = (type: string): string => (type === 'integer' || type === 'bigint' ? 'number' : type)

const names: Readonly<Record<string, string>> = { int: 'integer', 'text[]': 'text[]', 'uuid[]': 'uuid[]' }

describe.each(registers)('the register $name', register => {
  const tables = [tableOf(register), ...Object.keys(register.parts).map(part => partTable(register, part))]

  it('has its columns in the database, of their types', async () => {
    for (const table of tables) expect([table.name, await missingIn(table)]).toEqual([table.name, []])
  })

  it('has the indexes that its list is read by', async () => {
    const wanted = [...migrationOf(register).matchAll(/^create index on (\w+) \((.*?)\)(?: where (.*))?;$/gm)]
    expect(wanted.length).toBeGreaterThan(0)
    const rows = await db.owner<{ indexdef: string }>(
      `select replace(indexdef, '"', '') as indexdef from pg_indexes where schemaname = 'public' and tablename = any($1)`,
      [tables.map(table => table.name)],
    )
    for (const [, table, columns, where] of wanted) {
      const found = rows.some(
        ({ indexdef }) =>
          indexdef.includes(` ON public.${table} `) &&
          indexdef.includes(`(${columns!.replaceAll('"', '')})`) &&
          indexdef.includes(' WHERE ') === (where !== undefined),
      )
      expect([`${table} (${columns})`, found]).toEqual([`${table} (${columns})`, true])
    }
  })

  it.each(languages)('has all its words in %s, and no other', language => {
    const parts = Object.entries(register.parts)
    const needed = [
      'title',
      ...keysOf(register.columns),
      ...parts.flatMap(([part, { columns }]) => [`part.${part}`, ...keysOf(columns, `${part}.`)]),
    ]
    const said = words.of(language, register.name)
    expect(needed.filter(key => !said[key])).toEqual([])
    const free = /^(synonyms|error)\./
    expect(Object.keys(said).filter(key => !needed.includes(key) && !free.test(key))).toEqual([])
  })
})

async function missingIn(table: Table): Promise<string[]> {
  const rows = await db.owner<{ column: string; type: string }>(
    `select attname as column, format_type(atttypid, null) as type from pg_attribute
      where attrelid = $1::regclass and attnum > 0 and not attisdropped`,
    [table.name],
  )
  const types = new Map(rows.map(row => [row.column, same(row.type)]))
  const wanted = table.fields.flatMap(field => [
    [field.column.replaceAll('"', ''), names[sqlType(field)] ?? sqlType(field)] as const,
    ...(field.index ? [[field.index, 'bytea'] as const] : []),
  ])
  return wanted.flatMap(([column, type]) =>
    types.get(column) === same(type) ? [] : [`${column} ${type}, not ${types.get(column)}`],
  )
}
