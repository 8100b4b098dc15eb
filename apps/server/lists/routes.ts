import type { Kit } from '@silian/chains/kit.ts'
import { words } from '@silian/chains/words.ts'
import type { Scope } from '@silian/kernel/database/database.ts'
import { type Language, languages } from '@silian/kernel/declared/words.ts'
import { fileAnswer } from '@silian/kernel/http/file-answer.ts'
import { type Call, type Route, route } from '@silian/kernel/http/route.ts'
import { ok } from '@silian/kernel/result/result.ts'
import { sheetAnswer } from '@silian/kernel/sheets/answer.ts'
import type { OutValue, TableColumn, TableFormat } from '@silian/kernel/sheets/table.ts'
import { z } from 'zod'
import type { AnyList, ListFormat } from './define.ts'
import { lists } from './lists.ts'

const asked = z.object({
  as: z.enum(['xlsx', 'csv']).default('xlsx'),
  language: z.enum(languages).default('zh'),
})
type Asked = z.output<typeof asked>

/** `GET /lists/<name>/export`: a list of the desks whole, by its own filters, as a workbook or as csv. */
export const listRoutes = (kit: Kit): Route[] => lists.map(list => exportRoute(kit, list))

function exportRoute(kit: Kit, list: AnyList): Route {
  const query = list.query.omit({ after: true, limit: true }).extend(asked.shape)
  return route({
    method: 'GET',
    path: `/lists/${list.name}/export`,
    action: list.action,
    summary: `${say('zh', `${list.name}.title`)} ${say('en', `${list.name}.title`)}: xlsx, csv`,
    query,
    stream: true,
    answer: fileAnswer,
    handle: async (call: Call<undefined, typeof query, undefined>) => {
      const { as, language, ...filters } = call.query as Asked & Record<string, unknown>
      return ok(
        sheetAnswer({
          as,
          language,
          name: say(language, `${list.name}.title`),
          columns: columnsOf(list, language),
          rows: rowsOf(kit, list, call.scope, call.reach, filters, language),
        }),
      )
    },
  })
}

const say = (language: Language, key: string): string => words.say(language, 'lists', key)

const formats: Readonly<Partial<Record<ListFormat, TableFormat>>> = {
  word: 'text',
  yes: 'text',
  buyer: 'text',
}

const columnsOf = (list: AnyList, language: Language): TableColumn[] =>
  Object.entries(list.columns).map(([name, { format }]) => ({
    label: say(language, `column.${name}`),
    format: formats[format] ?? (format as TableFormat),
  }))

/** A page at a time, each in a transaction of its own: a long list holds nothing while it is sent. */
async function* rowsOf(
  kit: Kit,
  list: AnyList,
  scope: Scope,
  reach: Call<undefined, undefined, undefined>['reach'],
  filters: Record<string, unknown>,
  language: Language,
): AsyncGenerator<OutValue[]> {
  const columns = Object.values(list.columns)
  const told = (format: ListFormat, value: OutValue): OutValue => {
    if (format === 'yes') return say(language, value ? 'yes' : 'no')
    if (format === 'buyer') return value || say(language, 'citizen')
    return format === 'word' && value !== null ? say(language, `value.${value}`) : value
  }
  for (let after: string | undefined, first = true; first || after; first = false) {
    const query = { ...filters, limit: 200, ...(after ? { after } : {}) }
    const page = await kit.app.read(scope, tx => list.read({ tx, kit, reach, query }))
    for (const row of page.items) yield columns.map(({ format, of }) => told(format, of(row)))
    after = page.next ?? undefined
  }
}
