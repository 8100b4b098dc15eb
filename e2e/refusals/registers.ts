import { registers } from '@silian/chains/registers.ts'
import { type Role, roles } from '@silian/kernel/access/roles.ts'
import { isSealed } from '@silian/kernel/declared/columns.ts'
import { newId } from '@silian/kernel/ids/ids.ts'
import type { Deed, Register } from '@silian/kernel/register/define.ts'
import { isFindable } from '@silian/kernel/register/find.ts'
import { changeRow } from '@silian/kernel/register/service.ts'
import type { Whole } from '@silian/server/compose.ts'
import { makeRow, type Places, rowOfSide, sampleOf } from '../register-samples.ts'
import type { Asker } from './asker.ts'
import type { Expectation } from './expectations.ts'
import type { Shot } from './requests.ts'
import { everything, type Side } from './side.ts'
import type { Standing } from './stage.ts'

/** Of a declared register, what stands ready on a side. */
export interface StandingRows {
  readonly row: string
  readonly second: string
  /** Of a change that waits; empty where nobody decides. */
  readonly proposal: string
}

const placesOf = (side: Side): Places => ({
  ...side,
  rowOf: register => rowOfSide(register, { ...side, programme: side.world.programme, id: side.world.id }),
})

const fresh = async (kit: Whole, side: Side, register: Register): Promise<string> =>
  (await side.world.write(tx => makeRow(tx, kit, register, placesOf(side)))).id

/** Rows of every register on a side: the small world's own, and those that are asked about. */
export async function standingRows(kit: Whole, side: Side): Promise<Record<string, StandingRows>> {
  const all: Record<string, StandingRows> = {}
  for (const register of registers) {
    const row = placesOf(side).rowOf(register.name)
    all[register.name] = {
      row,
      second: register.permit.succeed ? await fresh(kit, side, register) : row,
      proposal: register.permit.decide ? await proposed(kit, side, register) : '',
    }
  }
  return all
}

/** A change of a new row that waits for its decision. */
async function proposed(kit: Whole, side: Side, register: Register): Promise<string> {
  const id = await fresh(kit, side, register)
  const { values } = sampleOf(register, placesOf(side))
  const waits = Object.entries(values).filter(([name]) => register.columns[name]!.proposed)
  const saved = await side.world.write(tx =>
    changeRow(tx, kit, register, everything(side.world.programme), { id, values: Object.fromEntries(waits) }),
  )
  return saved.proposal!
}

type Line = Omit<Expectation, 'route' | 'action'>

/** Who may do a deed, as the declaration says it: within their area or organisation, or everywhere. */
export function whoMay(register: Register, deed: Deed): Pick<Expectation, 'open' | 'own' | 'all'> {
  const granted = Object.entries(register.permit[deed] ?? {})
  if (granted.some(([role]) => role === 'public')) return { open: 'everyone but client' }
  const reaching = (isAll: boolean) =>
    granted
      .filter(([, reach]) => [reach].flat().includes('programme') === isAll)
      .map(([role]) => role as Role)
  return { own: reaching(false), all: reaching(true) }
}

const absent = '404 row.not_found'

/** What a caller is told who makes a row for another. */
function toldOfAnother({
  columns,
  parties,
}: Register): '404 area.not_found' | '404 row.not_found' | '404 organisation.not_found' {
  const party = parties.area ?? parties.organisations[0]
  // of those that are everybody's in the programme nobody makes a row for another
  if (party === undefined) return absent
  if (columns[party]!.kind === 'area') return '404 area.not_found'
  return columns[party]!.kind === 'row' ? absent : '404 organisation.not_found'
}

/** The first thing a row names that is of no other programme; areas belong to none. */
function toldOfAlien(register: Register): '404 row.not_found' | '404 organisation.not_found' | undefined {
  const named = Object.values(register.columns).find(({ kind }) => kind === 'row' || kind === 'organisation')
  return named && (named.kind === 'row' ? absent : '404 organisation.not_found')
}

function creation(register: Register): Line {
  const alien = toldOfAlien(register)
  const line = { ...whoMay(register, 'create'), another: toldOfAnother(register) }
  return alien ? { ...line, alien, about: 'organisation' } : { ...line, about: 'area' }
}

interface Operation {
  readonly path: string
  readonly deed: Deed
  readonly line: (register: Register) => Line
  /** Registers that have it; default all that permit the deed. */
  readonly of?: (register: Register) => boolean
  readonly shot: (register: Register, of: Standing, kit: Whole | undefined) => Shot | Promise<Shot>
}

const onRow = (deed: Deed) => (register: Register) => ({
  ...whoMay(register, deed),
  another: absent as '404 row.not_found',
  about: 'organisation' as const,
})

const rowOf = (register: Register, of: Standing, kit: Whole | undefined) =>
  kit ? fresh(kit, of, register) : of.registers[register.name]!.row

const operations: readonly Operation[] = [
  {
    ...{ path: 'GET ', deed: 'read' },
    line: register => ({ ...whoMay(register, 'read'), about: 'organisation' }),
    shot: (register, of) => ({
      path: `?limit=200${inArea(register, of)}`,
      shows: of.registers[register.name]!.row,
    }),
  },
  {
    ...{ path: 'POST /find', deed: 'read', of: isFindable },
    line: register => ({ ...whoMay(register, 'read'), about: 'organisation' }),
    shot: (register, of) => {
      const [name, code] = inArea(register, of).slice(1).split('=')
      const area = name && code ? { [name]: code } : {}
      return { path: '/find', body: { limit: 200, ...area }, shows: of.registers[register.name]!.row }
    },
  },
  {
    ...{ path: 'GET /{row}', deed: 'read', line: onRow('read') },
    shot: (register, of) => {
      const { row } = of.registers[register.name]!
      return { path: `/${row}`, shows: row }
    },
  },
  {
    ...{ path: 'GET /{row}/history', deed: 'read', line: onRow('read') },
    shot: (register, of) => ({ path: `/${of.registers[register.name]!.row}/history` }),
  },
  {
    ...{ path: 'POST ', deed: 'create', line: creation },
    shot: (register, of) => ({ path: '', body: sampleOf(register, placesOf(of)) }),
  },
  {
    ...{ path: 'POST /{row}/change', deed: 'change', line: onRow('change') },
    shot: async (register, of, kit) => {
      const row = await rowOf(register, of, kit)
      return { path: `/${row}/change`, body: { version: 1, values: looseValues(register, of) }, shows: row }
    },
  },
  {
    ...{ path: 'POST /{row}/close', deed: 'close', line: onRow('close') },
    shot: async (register, of, kit) => {
      const row = await rowOf(register, of, kit)
      return { path: `/${row}/close`, body: { version: 1, reason: '示例' }, shows: row }
    },
  },
  {
    ...{ path: 'POST /{row}/reveal', deed: 'reveal', line: onRow('reveal') },
    shot: (register, of) => {
      const { row } = of.registers[register.name]!
      return { path: `/${row}/reveal`, body: { purpose: 'a stated purpose' }, shows: row }
    },
  },
  {
    ...{ path: 'POST /proposals/{proposal}/decision', deed: 'decide' },
    line: register => ({
      ...whoMay(register, 'decide'),
      another: '404 proposal.not_found',
      about: 'organisation',
    }),
    shot: async (register, of, kit) => {
      const proposal = kit ? await proposed(kit, of, register) : of.registers[register.name]!.proposal
      return { path: `/proposals/${proposal}/decision`, body: { accept: true } }
    },
  },
  {
    ...{ path: 'GET /proposals', deed: 'decide' },
    line: register => ({ ...whoMay(register, 'decide'), about: 'organisation' }),
    shot: (register, of) => ({ path: '/proposals', shows: of.registers[register.name]!.proposal }),
  },
  {
    ...{ path: 'POST /succession/preview', deed: 'succeed', line: onRow('succeed') },
    shot: (register, of) => {
      const { row, second } = of.registers[register.name]!
      return { path: '/succession/preview', body: { from: [second], to: [row], reason: '示例' } }
    },
  },
  {
    ...{ path: 'POST /succession', deed: 'succeed', line: onRow('succeed') },
    shot: async (register, of, kit) => {
      const { second } = of.registers[register.name]!
      return {
        path: '/succession',
        body: { from: [await rowOf(register, of, kit)], to: [second], reason: '示例' },
      }
    },
  },
]

/** Where its sample row lies: in the county for those of the field, in the district for those of the city. */
function inArea(register: Register, of: Standing): string {
  const { columns, parties } = register
  if (!parties.area || columns[parties.area]!.kind !== 'area' || !columns[parties.area]!.filter) return ''
  return `&${parties.area}=${sampleOf(register, placesOf(of)).values[parties.area]}`
}

/** New values of what anybody may change by himself. */
function looseValues(register: Register, of: Standing): object {
  const { values } = sampleOf(register, placesOf(of))
  const parties = [register.key, register.parties.area, ...register.parties.organisations]
  return Object.fromEntries(
    Object.entries(values).filter(
      ([name]) =>
        !parties.includes(name) && !register.columns[name]!.frozen && !register.columns[name]!.unique,
    ),
  )
}

const each = <T>(make: (register: Register, operation: Operation, route: string) => T): T[] =>
  registers.flatMap(register =>
    operations.flatMap(operation => {
      const [method, path] = operation.path.split(' ')
      const route = `${method} /registers/${register.name}${path}`
      const has = operation.of?.(register) ?? true
      return has && register.permit[operation.deed] ? [make(register, operation, route)] : []
    }),
  )

/** What each declared register's routes are expected to tell: derived, so that a new one has its lines. */
export const registerExpectations: readonly Expectation[] = [
  { route: 'GET /registers', action: 'register.list', open: 'everyone but client', about: 'nothing' },
  { route: 'GET /proposals', action: 'register.list', open: 'everyone but client', about: 'nothing' },
  ...['GET /views', 'POST /views', 'POST /views/{view}/removal'].map(route => ({
    ...{ route, action: 'view.keep', all: roles, about: 'nothing' as const },
  })),
  ...each((register, operation, route) => ({
    ...{ route, action: `${register.name}.${operation.deed}` },
    ...operation.line(register),
  })),
]

/** How each is asked. */
export const registerRequests: Readonly<
  Record<string, (of: Standing, kit: Whole | undefined) => Shot | Promise<Shot>>
> = {
  'GET /registers': () => ({ path: '/registers' }),
  'GET /proposals': () => ({ path: '/proposals' }),
  'GET /views': () => ({ path: '/views' }),
  'POST /views': () => ({
    path: '/views',
    body: { register: 'household', name: '示例视图', query: 'class=unstable', columns: ['code'] },
  }),
  'POST /views/{view}/removal': () => ({ path: `/views/${newId()}/removal`, body: {} }),
  ...Object.fromEntries(
    each((register, operation, route) => [
      route,
      async (of: Standing, kit: Whole | undefined) => {
        const shot = await operation.shot(register, of, kit)
        return { ...shot, path: `/registers/${register.name}${shot.path}` }
      },
    ]),
  ),
}

/** A list's parameters, with one who may ask. */
export const registerQueries: readonly (readonly [string, Asker, readonly string[]])[] = registers.flatMap(
  ({ name, columns, permit }) => {
    const filters = Object.entries(columns).flatMap(([column, { filter, sort, kind }]) => [
      ...(filter ? [column] : []),
      ...((filter || sort) && ['number', 'year', 'date'].includes(kind)
        ? [`${column}From`, `${column}To`]
        : []),
    ])
    const asker = Object.keys(permit.read)[0] as Asker
    const decider = Object.keys(permit.decide ?? {})[0] as Asker | undefined
    return [
      [`/registers/${name}`, asker, ['after', 'limit', 'sort', 'q', 'at', 'known', 'closed', ...filters]],
      ...(decider ? [[`/registers/${name}/proposals`, decider, ['after', 'limit']] as const] : []),
    ]
  },
)

/** Operations that need no idempotency key. */
export const registerKeyless = registers.flatMap(register => {
  const at = (path: string) => `POST /registers/${register.name}/${path}`
  return [
    ...(register.permit.reveal ? [at('{row}/reveal')] : []),
    ...(register.permit.succeed ? [at('succession/preview')] : []),
    ...(isFindable(register) ? [at('find'), at('export.xlsx'), at('export.csv')] : []),
  ]
})

/** Where a caller may make the id: another's row that has it. */
export const registerMade = registers
  .filter(register => register.permit.create)
  .map(
    ({ name }) =>
      [`POST /registers/${name}`, (other: Standing): string => other.registers[name]!.row] as const,
  )

/** Columns that a declaration says to be in clear, in the tables that it fills. */
export const declaredClear: ReadonlySet<string> = new Set(
  registers.flatMap(register => [
    ...clearIn(register.name, register.columns),
    ...Object.entries(register.parts).flatMap(([part, { columns }]) =>
      clearIn(`${register.name}_${part}`, columns),
    ),
  ]),
)

function clearIn(table: string, columns: Register['columns']): string[] {
  return Object.entries(columns)
    .filter(([, column]) => !isSealed(column))
    .map(([name]) => `${table}.${name.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`)}`)
}
