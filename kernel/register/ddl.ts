import { type Column, isRequired, referenceOf } from '../declared/columns.ts'
import type { Register } from './define.ts'
import { type Field, partTable, type Table, tableOf } from './table.ts'

const types: Readonly<Record<Column['kind'], string>> = {
  ...{ text: 'text', number: 'bigint', year: 'int', yes: 'boolean', date: 'date', choice: 'text' },
  ...{ choices: 'text[]', files: 'uuid[]', area: 'text', organisation: 'uuid', row: 'uuid' },
}

/** The type a declared column has in its table. */
export const sqlType = ({ sealed, spec }: Field): string => (sealed ? 'bytea' : types[spec.kind])

/** The migration of a new register, to be put into a file and read over: its tables, their grants and indexes. */
export function migrationOf(register: Register): string {
  const table = tableOf(register)
  const { area } = register.parties
  const lines = [
    ...['programme_id text not null', 'id uuid not null', 'version int not null', 'valid_from date not null'],
    ...['valid_to date', 'recorded_at timestamptz not null', 'recorded_by text not null'],
    ...(area === undefined ? [] : ['area_path text collate "C" not null']),
    ...ownLines(table, register.key, staysOf(register)),
    'primary key (programme_id, id)',
    `unique (programme_id, ${columnOf(table, register.key)})`,
    ...uniqueLines(table, register.key),
    ...references(table),
  ]
  return [
    statement(table.name, lines),
    `select scoped('${table.name}', 'select, insert, update', 'select');`,
    ...(register.tellsOf === undefined ? [] : [`grant update on ${table.name} to silian_batch;`]),
    ...indexes(register),
    ...Object.keys(register.parts).flatMap(part => partSql(register, part)),
    '',
  ]
    .join('\n')
    .replace(/"([a-z0-9_]+)"/g, (quoted, name: string) => (reserved.has(name) ? quoted : name))
}

/** Words of SQL that no column may be called without quotes. */
const reserved = new Set(
  [
    'all analyse analyze and any array as asc both case cast check collate column constraint create default desc',
  ]
    .concat(
      'distinct do else end except false fetch for foreign from grant group having in into lateral leading',
    )
    .concat(
      'limit not null offset on only or order placing primary references returning select some table then to',
    )
    .concat('trailing true union unique user using when where window with')
    .flatMap(words => words.split(' ')),
)

const statement = (name: string, lines: readonly string[]): string =>
  `create table ${name} (\n${lines.map(line => `  ${line}`).join(',\n')}\n);`

const columnOf = (table: Table, name: string): string => table.field.get(name)!.column

/** Of a row that may be erased only these are never empty; undefined where none is. */
const staysOf = ({ tellsOf, parties }: Register): readonly string[] | undefined =>
  tellsOf === undefined ? undefined : [tellsOf, parties.area ?? '', ...parties.organisations]

function ownLines(table: Table, key?: string, stays?: readonly string[]): string[] {
  return table.fields.flatMap(field => {
    const mayBeEmpty = stays !== undefined && !stays.includes(field.name)
    const isNeeded = field.name === key || (isRequired(field.spec) && !field.spec.computed && !mayBeEmpty)
    const named = field.spec.kind === 'area' ? { table: 'area', key: 'code' } : referenceOf(field.spec)
    const reference = named ? ` references ${named.table} (${named.key})` : ''
    const own = `${field.column} ${sqlType(field)}${isNeeded ? ' not null' : ''}${reference}`
    return field.index ? [own, `${field.index} bytea`] : [own]
  })
}

const references = (table: Table): string[] =>
  table.fields.flatMap(({ spec, column }) => {
    const to = spec.kind === 'organisation' ? 'organisation' : spec.kind === 'row' ? spec.of : undefined
    return to ? [`foreign key (programme_id, ${column}) references ${to} (programme_id, id)`] : []
  })

const uniqueLines = (table: Table, key?: string): string[] =>
  table.fields
    .filter(field => field.spec.unique && field.name !== key)
    .map(field => `unique (programme_id, ${field.index ?? field.column})`)

/** The order of the list by itself, and below every filter; what had begun on a day; every sort with the id; hashes by themselves. */
function indexes(register: Register): string[] {
  const table = tableOf(register)
  const order = [
    ...(register.parties.area === undefined ? [] : ['area_path']),
    columnOf(table, register.key),
  ].join(', ')
  const on = (columns: string, where = '') =>
    `create index on ${table.name} (programme_id, ${columns})${where};`
  return [
    on(order),
    on('valid_from'),
    ...register.parties.organisations.map(name => on(`${columnOf(table, name)}, ${order}`)),
    ...table.fields.flatMap(field => {
      const { spec, column, index, name } = field
      const isOrdered = ['number', 'year', 'date'].includes(spec.kind)
      if (
        (register.parties.area === name && spec.kind === 'area') ||
        register.parties.organisations.includes(name)
      )
        return []
      if (index) return spec.unique ? [] : [on(index)]
      const hasOrder = (spec.sort || (spec.filter && isOrdered)) && name !== register.key
      const sorted = hasOrder ? [on(`${column}, id`)] : []
      if (!spec.filter || spec.unique) return sorted
      if (spec.kind === 'choices' || spec.kind === 'files')
        return [on(order, ` where ${column} <> '{}'`), ...sorted]
      return [on(`${column}, ${order}`), ...sorted]
    }),
  ]
}

function partSql(register: Register, part: string): string[] {
  const table = partTable(register, part)
  const owner = `${register.name}_id`
  const unique = table.fields.filter(({ spec }) => spec.unique)
  const lines = [
    ...['programme_id text not null', 'id uuid not null', `${owner} uuid not null`, 'no int not null'],
    ...ownLines(table),
    ...(unique.length > 0 ? ['ended boolean not null default false'] : []),
    'primary key (programme_id, id)',
    `unique (programme_id, ${owner}, no)`,
    `foreign key (programme_id, ${owner}) references ${register.name} (programme_id, id)`,
    ...references(table),
  ]
  const hashed = table.fields.filter(field => field.index && !field.spec.unique)
  return [
    statement(table.name, lines),
    `select scoped('${table.name}', 'select, insert,${unique.length > 0 ? ' update (ended),' : ''} delete', 'select');`,
    // those of a row that ended give theirs up
    ...unique.map(
      ({ index, column }) =>
        `create unique index on ${table.name} (programme_id, ${index ?? column}) where not ended;`,
    ),
    ...(register.tellsOf === undefined ? [] : [`grant delete on ${table.name} to silian_batch;`]),
    ...hashed.map(field => `create index on ${table.name} (programme_id, ${field.index});`),
  ]
}
