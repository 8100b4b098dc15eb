import type { Reader } from '../database/database.ts'
import type { Columns, Values } from '../declared/columns.ts'

/** Values as an answer carries them. */
export const wireOf = (values: Values): Record<string, string | number | boolean | string[] | null> =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'object' && value !== null ? [...value] : value,
    ]),
  )

type Names = Record<string, { zh: string; en: string }>

/** What the codes and ids in some values are called: areas and organisations. Two statements at most. */
export async function namesOf(
  tx: Reader,
  forms: readonly { readonly columns: Columns; readonly values: Values }[],
): Promise<Names> {
  const of = (kind: string) => [
    ...new Set(
      forms.flatMap(({ columns, values }) =>
        Object.entries(columns).flatMap(([name, column]) => {
          const value = values[name]
          return column.kind === kind && typeof value === 'string' ? [value] : []
        }),
      ),
    ),
  ]
  const [areas, organisations] = [of('area'), of('organisation')]
  const rows = [
    ...(areas.length > 0
      ? await tx.query<Named>('select code as key, name_zh, name_en from area where code = any($1)', [areas])
      : []),
    ...(organisations.length > 0
      ? await tx.query<Named>(
          'select id::text as key, name_zh, name_en from organisation where programme_id = $1 and id = any($2::uuid[])',
          [tx.programme, organisations],
        )
      : []),
  ]
  return Object.fromEntries(rows.map(({ key, name_zh, name_en }) => [key, { zh: name_zh, en: name_en }]))
}

interface Named {
  readonly key: string
  readonly name_zh: string
  readonly name_en: string
}
