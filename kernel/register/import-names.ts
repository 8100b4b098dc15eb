import { isWithin } from '../access/area.ts'
import type { Reach } from '../access/permit.ts'
import type { Reader } from '../database/database.ts'
import { type Column, type Reference, referenceOf, snake } from '../declared/columns.ts'
import type { RefusalParams } from '../result/result.ts'
import type { Register } from './define.ts'
import { tableOf } from './table.ts'

export type Named = { readonly value: string } | { readonly code: string; readonly params: RefusalParams }

/** More names than one import of ours ever had; beyond, they are looked up anew. */
const MOST_KEPT = 50_000

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const AREA_CODE = /^\d{6}(\d{3}){0,2}$/

/**
 * What people write for areas, organisations, rows and references, as codes and ids; each name is asked for once in an import.
 * Whether a code exists, and is the caller's, is for the writing of the row to say.
 */
export class Names {
  readonly #register: Register
  readonly #reach: Reach
  readonly #known = new Map<string, Named>()

  constructor(register: Register, reach: Reach) {
    this.#register = register
    this.#reach = reach
  }

  /** One statement for areas, one for organisations, one for each other register and reference table that is named. */
  async learn(
    tx: Reader,
    wanted: readonly { readonly column: Column; readonly name: string }[],
  ): Promise<void> {
    if (this.#known.size > MOST_KEPT) this.#known.clear()
    const unknown = Map.groupBy(
      wanted.filter(({ column, name }) => !isCode(column, name) && !this.#known.has(keyOf(column, name))),
      ({ column }) => sortOf(column),
    )
    for (const [, asked] of unknown) {
      const { column } = asked[0]!
      const names = [...new Set(asked.map(({ name }) => name))]
      const found = await this.#look(tx, column, names)
      for (const { column, name } of asked) this.#known.set(keyOf(column, name), found(name, column))
    }
  }

  of(column: Column, name: string): Named {
    if (isCode(column, name)) return { value: name.toLowerCase() }
    return this.#known.get(keyOf(column, name)) ?? absent(column, name)
  }

  #look(tx: Reader, column: Column, names: readonly string[]): Promise<Finder> {
    if (column.kind === 'area') return areas(tx, this.#reach, names)
    if (column.kind === 'organisation') return organisations(tx, names)
    const reference = referenceOf(column)
    if (reference) return references(tx, reference, names)
    return rows(tx, column.kind === 'row' ? this.#register.refers.get(column.of) : undefined, names)
  }
}

type Finder = (name: string, column: Column) => Named

const isCode = ({ kind }: Column, name: string): boolean =>
  kind === 'area' ? AREA_CODE.test(name) : kind !== 'text' && UUID.test(name)

/** What is looked up in one statement. */
const sortOf = (column: Column): string => {
  if (column.kind === 'row') return `row ${column.of}`
  return column.kind === 'text' ? `reference ${column.reference?.table}` : column.kind
}

const keyOf = (column: Column, name: string): string =>
  `${column.kind === 'area' ? `area ${column.level}` : sortOf(column)}\n${name}`

const absent = ({ kind }: Column, name: string): Named => {
  const given = name.slice(0, 80)
  if (kind === 'text') return { code: 'value.unlisted', params: {} }
  if (kind === 'area') return { code: 'area.not_found', params: { code: given } }
  return { code: kind === 'row' ? 'row.not_found' : 'organisation.not_found', params: { id: given } }
}

/** 那坡村 451003901001, as an export writes it: the code is meant, and the name must be its own. */
const withCode = (name: string): { name: string; code: string } | undefined => {
  const [, said, code] = /^(.*\S)\s+(\d{6}(?:\d{3}){0,2})$/.exec(name) ?? []
  return said === undefined || code === undefined ? undefined : { name: said, code }
}

interface AreaRow {
  readonly code: string
  readonly name_zh: string
  readonly name_en: string
  readonly path: string
  readonly level: string
  readonly above: string
  readonly stands: boolean
}

/** 西林县/那劳镇/那劳村: the last one is meant, those before it must stand above it. */
const stepsOf = (name: string): string[] => name.split(/[/／>、,，\s]+/).filter(step => step !== '')

async function areas(tx: Reader, reach: Reach, names: readonly string[]): Promise<Finder> {
  const last = names.map(name => stepsOf(name).at(-1) ?? name)
  const found = await tx.query<AreaRow>(
    `select a.code, a.name_zh, a.name_en, a.path, a.level, a.valid_to is null as stands,
       coalesce((select string_agg(b.name_zh || '/' || b.name_en, '/') from area b
         where b.path = any(array(
           select array_to_string((string_to_array(a.path, '/'))[1:n], '/')
           from generate_series(1, array_length(string_to_array(a.path, '/'), 1) - 1) n))), '') as above
     from area a where ((a.name_zh = any($1::text[]) or a.name_en = any($1::text[])) and a.valid_to is null)
       or a.code = any($2::text[])`,
    [[...new Set([...last, ...names])], names.flatMap(name => withCode(name)?.code ?? [])],
    'import-areas',
  )
  const coded = new Map(found.map(area => [area.code, area]))
  const standing = found.filter(area => area.stands)
  const mine = standing.filter(
    ({ path }) => reach.everything || reach.areaPaths.some(area => isWithin(path, area)),
  )
  const byName = Map.groupBy(
    (reach.areaPaths.length > 0 ? mine : standing).flatMap(area => [
      { name: area.name_zh, area },
      { name: area.name_en, area },
    ]),
    ({ name }) => name,
  )
  return (name, column) => {
    const given = byName.has(name) ? undefined : withCode(name)
    if (given) return asWritten(given, coded.get(given.code)) ?? absent(column, name)
    const steps = byName.has(name) ? [name] : stepsOf(name)
    const level = column.kind === 'area' ? column.level : undefined
    const fits = (byName.get(steps.at(-1) ?? '') ?? [])
      .map(({ area }) => area)
      .filter(area => level === undefined || area.level === (level === 'city' ? 'prefecture' : level))
      .filter(area => steps.slice(0, -1).every(step => `/${area.above}/`.includes(`/${step}/`)))
    return (
      only(
        fits.map(area => area.code),
        'area.ambiguous',
        name,
      ) ?? absent(column, name)
    )
  }
}

function asWritten(
  { name, code }: { name: string; code: string },
  area: AreaRow | undefined,
): Named | undefined {
  if (!area) return undefined
  const isIts = [area.name_zh, area.name_en].includes(name)
  return isIts ? { value: code } : { code: 'area.name_differs', params: { name: name.slice(0, 80), code } }
}

function only(found: readonly string[], code: string, name: string): Named | undefined {
  const distinct = [...new Set(found)]
  if (distinct.length > 1) return { code, params: { name: name.slice(0, 80) } }
  return distinct.length === 1 ? { value: distinct[0]! } : undefined
}

async function organisations(tx: Reader, names: readonly string[]): Promise<Finder> {
  const found = await tx.query<{ id: string; key: string; zh: string; en: string }>(
    `select id, key, name_zh as zh, name_en as en from organisation
      where programme_id = $1 and valid_to is null
        and (name_zh = any($2::text[]) or name_en = any($2::text[]) or key = any($2::text[]))`,
    [tx.programme, names],
    'import-organisations',
  )
  return (name, column) =>
    only(
      found.filter(({ key, zh, en }) => key === name || zh === name || en === name).map(({ id }) => id),
      'organisation.ambiguous',
      name,
    ) ?? absent(column, name)
}

async function rows(tx: Reader, register: Register | undefined, names: readonly string[]): Promise<Finder> {
  if (!register) return (name, column) => absent(column, name)
  const key = snake(register.key)
  const found = await tx.query<{ id: string; key: string }>(
    `select id, "${key}" as key from ${tableOf(register).name}
      where programme_id = $1 and "${key}" = any($2::text[]) and valid_to is null`,
    [tx.programme, names],
  )
  const ids = new Map(found.map(({ id, key }) => [key, id]))
  return (name, column) => {
    const id = ids.get(name)
    return id === undefined ? absent(column, name) : { value: id }
  }
}

/** 芒果, Mango, fruit/tropical/mango, or 芒果 fruit/tropical/mango as an export writes it. */
async function references(tx: Reader, { table, key }: Reference, names: readonly string[]): Promise<Finder> {
  const coded = new Map(names.map(name => [name, name.split(/\s+/).at(-1)!]))
  const found = await tx.query<{ key: string; zh: string; en: string }>(
    `select ${key} as key, name_zh as zh, name_en as en from ${table}
      where ${key} = any($1::text[]) or name_zh = any($1::text[]) or name_en = any($1::text[]) order by 1`,
    [[...new Set([...names, ...coded.values()])]],
    `import-references-${table}`,
  )
  const keyed = new Map(found.map(row => [row.key, row]))
  return (name, column) => {
    if (keyed.has(name)) return { value: name }
    const fits = found.filter(({ zh, en }) => zh === name || en === name).map(row => row.key)
    if (fits.length > 1) return { code: 'value.ambiguous', params: { name: name.slice(0, 80), of: fits } }
    if (fits.length === 1) return { value: fits[0]! }
    const row = keyed.get(coded.get(name) ?? '')
    const isIts = row && [row.zh, row.en].some(said => name.startsWith(`${said} `))
    return isIts ? { value: row.key } : absent(column, name)
  }
}
