import type { RegisterShape } from '@silian/kernel/register/contract.ts'
import { useTranslation } from 'react-i18next'
import { isMasked } from '../columns/draft.ts'
import type { Words } from '../words.ts'

interface Searched {
  /** Columns that a part of a word, or its pinyin, finds. */
  readonly words: readonly string[]
  /** Personal values that have to be typed whole; `within` is the part they stand in. */
  readonly whole: readonly { readonly name: string; readonly within: string | undefined }[]
}

/** What the search box of a list looks at, as the server's `found` has it. */
export function searchedBy({
  key,
  columns,
  parts,
}: Pick<RegisterShape, 'key' | 'columns' | 'parts'>): Searched {
  const all = [
    { within: undefined, columns },
    ...parts.map(part => ({ within: part.name, columns: part.columns })),
  ]
  return {
    words: columns.filter(({ name, search }) => search || name === key).map(({ name }) => name),
    whole: all.flatMap(({ within, columns }) =>
      columns.filter(column => column.filter && isMasked(column)).map(({ name }) => ({ name, within })),
    ),
  }
}

/** The same as a line below the box. */
export function useSearchedText(shape: RegisterShape, words: Words): string {
  const { t } = useTranslation(['register', 'declared'])
  const { words: parts, whole } = searchedBy(shape)
  const list = (labels: readonly string[]) =>
    [...new Set(labels)].join(t('list.separator', { ns: 'declared' }))
  const byArea = shape.columns.some(({ kind, filter }) => kind === 'area' && filter)
  return [
    t('search.by', { columns: list(parts.map(name => words.column(name))) }),
    ...(whole.length === 0
      ? []
      : [t('search.whole', { columns: list(whole.map(({ name, within }) => words.column(name, within))) })]),
    ...(byArea ? [t('search.area')] : []),
  ].join(t('search.join'))
}
