import type { RegisterShape } from '@silian/kernel/register/contract.ts'
import { useTranslation } from 'react-i18next'
import { Empty } from '../../ui/states.tsx'
import type { Words } from '../words.ts'
import { filtersOf } from './list-query.ts'
import type { Asked } from './private-search.ts'
import { useSearchedText } from './searched.ts'
import { may } from './shapes.ts'

interface RowsEmptyProps {
  readonly shape: RegisterShape
  readonly words: Words
  readonly asked: Asked
}

/** A list without rows: what it was asked for, and the ways on from there. */
export function RowsEmpty({ shape, words, asked }: RowsEmptyProps) {
  const { t } = useTranslation('register')
  const { search, setSearch } = asked
  const searched = useSearchedText(shape, words)
  const filters = filtersOf(shape.columns, search)
  if (filters.length === 0 && search.q === undefined)
    return <Empty title={t('empty')}>{t(may(shape, 'create') ? 'empty.hint' : 'empty.hint.read')}</Empty>
  const nothing = Object.fromEntries(
    filters.flatMap(({ name }) => [name, `${name}From`, `${name}To`].map(key => [key, ''])),
  )
  return (
    <Empty title={search.q === undefined ? t('empty.filtered') : t('empty.searched', { words: search.q })}>
      <p>{search.q === undefined ? t('empty.filtered.hint') : searched}</p>
      <p className="empty-ways">
        {filters.length > 0 ? (
          <button type="button" className="button button-small" onClick={() => setSearch(nothing)}>
            {t('empty.unfilter')}
          </button>
        ) : null}
        {search.q === undefined ? null : (
          <button type="button" className="button button-small" onClick={() => setSearch({ q: '' })}>
            {t('empty.unsearch')}
          </button>
        )}
        {search.closed === 'true' ? null : (
          <button type="button" className="button button-small" onClick={() => setSearch({ closed: 'true' })}>
            {t('closed.too')}
          </button>
        )}
      </p>
    </Empty>
  )
}
