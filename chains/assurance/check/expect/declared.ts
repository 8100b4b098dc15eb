import { type Columns, isSealed, snake } from '@silian/kernel/declared/columns.ts'
import type { Register } from '@silian/kernel/register/define.ts'
import { registers } from '../../../registers.ts'
import type { Areas } from '../areas.ts'
import type { Book, RowTrail } from '../book.ts'
import { AnyOf, type Expectation, type Row } from '../compare.ts'

/** Every declared register's table, and those of its parts, as its facts put them on record. */
export const declaredTables: readonly string[] = registers.flatMap(register => [
  register.name,
  ...Object.keys(register.parts).map(part => `${register.name}_${part}`),
])

/** The columns that a register's facts tell of. */
export const toldColumns = ({ columns }: Register): string[] =>
  Object.keys(columns).filter(name => !isSealed(columns[name]!))

export const declaredRows = (book: Book, areas: Areas): Expectation[] =>
  registers.flatMap(register => {
    const trails = book.rowsOf(register.name)
    return [
      rows(register, trails, areas),
      ...Object.keys(register.parts).map(part => parts(register, part, trails)),
    ]
  })

type Trails = ReadonlyMap<string, RowTrail>

const rows = (register: Register, trails: Trails, areas: Areas): Expectation => ({
  table: register.name,
  key: ['id'],
  rows: [...trails].map(([id, { last }]) => ({
    id,
    version: last.version,
    valid_from: last.validFrom,
    valid_to: last.validFrom === undefined ? undefined : (last.validTo ?? null),
    ...(register.parties.area === undefined ? {} : { area_path: pathOf(register, last.values, areas) }),
    ...Object.fromEntries(toldColumns(register).map(name => [snake(name), last.values[name]])),
  })),
})

/** Of a row whose area is another row's, the path is that row's, which is compared there. */
function pathOf(
  { columns, parties }: Register,
  values: RowTrail['last']['values'],
  areas: Areas,
): Row[string] {
  const name = parties.area!
  const code = values[name]
  if (columns[name]!.kind !== 'area' || typeof code !== 'string') return undefined
  return new AnyOf(...areas.pathsOf(code))
}

/** Who the parts are is nobody's business here; how many there are is. */
function parts(register: Register, part: string, trails: Trails): Expectation {
  const owner = `${register.name}_id`
  const known = [...trails].filter(([, { last }]) => last.parts !== undefined)
  const unknown = new Set([...trails.keys()].filter(id => trails.get(id)!.last.parts === undefined))
  return {
    table: `${register.name}_${part}`,
    key: [owner],
    columns: ['parts'],
    from: `select ${owner}, count(*)::int as parts from ${register.name}_${part} where programme_id = $1 group by ${owner}`,
    rows: known.flatMap(([id, { last }]) =>
      (last.parts![part] ?? 0) === 0 ? [] : [{ [owner]: id, parts: last.parts![part] }],
    ),
    mayStand: row => unknown.has(String(row[owner])),
  }
}

/** The codes that rows name as their areas. */
export const areaCodes = (book: Book): string[] =>
  registers.flatMap(({ name, columns, parties: { area } }) =>
    area === undefined || !isArea(columns, area)
      ? []
      : [...book.rowsOf(name).values()].flatMap(trail => [...trail.places]),
  )

const isArea = (columns: Columns, name: string): boolean => columns[name]!.kind === 'area'
