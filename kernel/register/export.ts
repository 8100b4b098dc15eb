import { recordAccess } from '../access/audit.ts'
import type { Reach } from '../access/permit.ts'
import type { Scope, Writer } from '../database/database.ts'
import { type Columns, isSealed } from '../declared/columns.ts'
import type { Language, Words } from '../declared/words.ts'
import { XLSX } from '../files/content-type.ts'
import type { FileAnswer } from '../http/file-answer.ts'
import { must, ok, type Result } from '../result/result.ts'
import { sheetAnswer } from '../sheets/answer.ts'
import { legendSheet } from '../sheets/legend.ts'
import { type OutValue, type Table, tableSheet } from '../sheets/table.ts'
import { sheetWord } from '../sheets/words.ts'
import { writeWorkbook } from '../sheets/write.ts'
import { momentOf } from '../time/shanghai.ts'
import type { RegisterRow } from './contract.ts'
import type { Register } from './define.ts'
import { type Naming, outValue, type SheetColumn, sheetColumns } from './export-columns.ts'
import type { RegisterRouteKit } from './kit.ts'
import { actorNames, type Names, namesFor } from './names.ts'
import type { ListQuery } from './query.ts'
import { listRows, partsOf } from './reads.ts'

/** Rows of a list that are read, sent and forgotten at a time. */
const PAGE = 1000

export interface ExportCall {
  readonly scope: Scope
  readonly reach: Reach
  readonly query: ListQuery
  readonly language: Language
  readonly as: 'xlsx' | 'csv'
  readonly requestId: string
}

/**
 * A list as a file, whole, with the filters, order and reach it was asked with: read page by page while it is sent.
 * Personal values are masked; that such columns went out is on record, and stands above the list with who and when.
 */
export async function exportList(
  kit: RegisterRouteKit,
  register: Register,
  words: Words,
  call: ExportCall,
): Promise<Result<FileAnswer>> {
  const { scope, language, as } = call
  const mark = isPersonal(register, as)
    ? must(await kit.app.write(scope, async tx => ok(await onRecord(tx, kit, register, call))))
    : undefined
  const naming = { words, language, register: register.name, prefix: '' }
  const said = words.of(language, register.name)
  const columns = sheetColumns(register.columns, naming)
  const main: Table = {
    ...{ name: said.title ?? register.name, columns, mark },
    rows: mainRows(kit, register, call, columns),
  }
  if (as === 'csv') return ok(sheetAnswer({ ...main, as, language }))
  const parts = Object.keys(register.parts).map(part =>
    partTable(kit, register, call, part, naming, columns, mark),
  )
  const tables = [main, ...parts]
  const content = writeWorkbook([...tables.map(tableSheet), legendSheet(language, tables)])
  return ok({ type: XLSX, name: `${main.name}.xlsx`, content })
}

const sealedOf = (columns: Columns): string[] =>
  Object.entries(columns).flatMap(([name, column]) => (isSealed(column) ? [name] : []))

const isPersonal = ({ columns, parts }: Register, as: 'xlsx' | 'csv'): boolean =>
  sealedOf(columns).length > 0 ||
  (as === 'xlsx' && Object.values(parts).some(part => sealedOf(part.columns).length > 0))

/** The line that stands above the list. */
async function onRecord(
  tx: Writer,
  kit: RegisterRouteKit,
  register: Register,
  { language, as, requestId }: ExportCall,
): Promise<string> {
  const inParts = Object.entries(register.parts).flatMap(([part, { columns }]) =>
    sealedOf(columns).map(name => `${part}.${name}`),
  )
  await recordAccess(tx, {
    action: `${register.name}.export`,
    subjectType: 'register',
    subjectIds: [register.name],
    fields: [...sealedOf(register.columns), ...(as === 'xlsx' ? inParts : [])],
    purpose: 'export',
    requestId,
  })
  const who = (await actorNames(tx, kit.vault, [tx.actor])).get(tx.actor) || tx.actor
  const purpose = sheetWord(language, 'purpose')
  return sheetWord(language, 'watermark', { who, when: momentOf(tx.at), purpose })
}

interface Page {
  readonly items: readonly RegisterRow[]
  readonly names: Names
}

async function* pages(kit: RegisterRouteKit, register: Register, call: ExportCall): AsyncGenerator<Page> {
  let after: string | undefined
  do {
    const query = { ...call.query, after, limit: PAGE }
    const page = await kit.app.read(call.scope, tx => listRows(tx, kit, register, call.reach, query))
    yield page
    after = page.next ?? undefined
  } while (after !== undefined)
}

async function* mainRows(
  kit: RegisterRouteKit,
  register: Register,
  call: ExportCall,
  columns: readonly SheetColumn[],
): AsyncGenerator<OutValue[]> {
  for await (const { items, names } of pages(kit, register, call))
    for (const { values } of items)
      yield columns.map(column => outValue(column, values[column.name], names, call.language))
}

function partTable(
  kit: RegisterRouteKit,
  register: Register,
  call: ExportCall,
  part: string,
  naming: Naming,
  main: readonly SheetColumn[],
  mark: string | undefined,
): Table {
  const key = main.filter(({ name }) => name === register.key)
  const columns = sheetColumns(register.parts[part]!.columns, { ...naming, prefix: `${part}.` })
  const name = naming.words.of(naming.language, register.name)[`part.${part}`] ?? part
  return { name, columns: [...key, ...columns], mark, rows: partRows(kit, register, call, part, columns) }
}

async function* partRows(
  kit: RegisterRouteKit,
  register: Register,
  call: ExportCall,
  part: string,
  columns: readonly SheetColumn[],
): AsyncGenerator<OutValue[]> {
  for await (const { items } of pages(kit, register, call)) {
    const { all, names } = await kit.app.read(call.scope, async tx => {
      const all = await partsOf(
        tx,
        kit,
        register,
        items.map(({ id }) => id),
        { masked: true },
      )
      const rows = [...all.values()].flatMap(parts => parts[part] ?? [])
      return {
        all,
        names: await namesFor(tx, register.refers, [{ columns: register.parts[part]!.columns, rows }]),
      }
    })
    for (const { id, values } of items)
      for (const row of all.get(id)?.[part] ?? [])
        yield [
          String(values[register.key] ?? ''),
          ...columns.map(column => outValue(column, row[column.name], names, call.language)),
        ]
  }
}
