import type { ColumnShape } from '@silian/kernel/declared/contract.ts'
import type { RegisterRow, RegisterShape } from '@silian/kernel/register/contract.ts'
import { useTranslation } from 'react-i18next'
import { ScrollArea } from '../../ui/scroll-area.tsx'
import { isAmount, Shown } from '../columns/value.tsx'
import { type Names, useValueText } from '../columns/value-text.ts'
import type { Words } from '../words.ts'
import { type ListSearch, nextSort } from './list-query.ts'
import { titleColumns } from './title.ts'

interface RowListProps {
  readonly shape: RegisterShape
  readonly words: Words
  readonly names: Names
  readonly rows: readonly RegisterRow[]
  readonly columns: readonly ColumnShape[]
  readonly search: ListSearch
  readonly marked: ReadonlySet<string>
  setSearch(change: Record<string, string | undefined>): void
  setMarked(marked: ReadonlySet<string>): void
}

/** Rows as a table at a desk and as cards on a phone. */
export function RowList(props: RowListProps) {
  return (
    <>
      <RowTable {...props} />
      <RowCards {...props} />
    </>
  )
}

const toggled = (marked: ReadonlySet<string>, id: string): Set<string> => {
  const next = new Set(marked)
  if (!next.delete(id)) next.add(id)
  return next
}

function RowTable(props: RowListProps) {
  const { words, rows, columns, search, marked, setSearch, setMarked } = props
  const { t } = useTranslation('register')
  const all = rows.length > 0 && rows.every(({ id }) => marked.has(id))
  return (
    <ScrollArea className="desk-only list-table" label={words.title}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col" className="mark">
              <input
                type="checkbox"
                aria-label={t('mark.all')}
                checked={all}
                onChange={() => setMarked(all ? new Set() : new Set(rows.map(({ id }) => id)))}
              />
            </th>
            {columns.map(column => (
              <Head
                key={column.name}
                column={column}
                label={words.column(column.name)}
                sort={search.sort ?? ''}
                order={sort => setSearch({ sort })}
              />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(row => (
            <Line
              key={row.id}
              {...{ row, words, columns, setSearch, names: props.names }}
              marked={marked.has(row.id)}
              mark={() => setMarked(toggled(marked, row.id))}
            />
          ))}
        </tbody>
      </table>
    </ScrollArea>
  )
}

interface HeadProps {
  readonly column: ColumnShape
  readonly label: string
  readonly sort: string
  order(sort: string | undefined): void
}

function Head({ column, label, sort, order }: HeadProps) {
  const up = sort === column.name || sort === `+${column.name}`
  const down = sort === `-${column.name}`
  const className = isAmount(column) ? 'right' : undefined
  if (!column.sort)
    return (
      <th scope="col" className={className}>
        {label}
      </th>
    )
  return (
    <th scope="col" className={className} aria-sort={up ? 'ascending' : down ? 'descending' : 'none'}>
      <button
        type="button"
        className="sort"
        onClick={() => order(nextSort(up ? column.name : down ? sort : undefined, column.name))}
      >
        {label}
        <span aria-hidden="true">{up ? ' ↑' : down ? ' ↓' : ' ↕'}</span>
      </button>
    </th>
  )
}

interface LineProps extends Pick<RowListProps, 'words' | 'names' | 'columns' | 'setSearch'> {
  readonly row: RegisterRow
  readonly marked: boolean
  mark(): void
}

function Line({ row, mark, marked, words, names, columns, setSearch }: LineProps) {
  const { t } = useTranslation('register')
  const textOf = useValueText()
  const context = { words, names }
  const [first, ...rest] = columns
  const title = first ? textOf(first, row.values[first.name], context) : row.id
  return (
    <tr className={row.validTo ? 'row-closed' : undefined}>
      <td className="mark">
        <input type="checkbox" aria-label={t('mark', { row: title })} checked={marked} onChange={mark} />
      </td>
      <th scope="row">
        <button type="button" className="row-open" onClick={() => setSearch({ row: row.id })}>
          {title}
        </button>
        {row.validTo ? <span className="badge badge-plain">{t('closed')}</span> : null}
      </th>
      {rest.map(column => (
        <td key={column.name} className={isAmount(column) ? 'right' : undefined}>
          <Shown column={column} value={row.values[column.name]} context={context} />
        </td>
      ))}
    </tr>
  )
}

function RowCards({ words, names, rows, columns, setSearch }: RowListProps) {
  const { t } = useTranslation('register')
  const textOf = useValueText()
  const context = { words, names }
  const titles = titleColumns(columns)
  const others = columns.filter(column => !titles.includes(column)).slice(0, 5)
  return (
    <ul className="phone-only row-cards" aria-label={words.title}>
      {rows.map(row => (
        <li key={row.id} className="card row-card">
          <button type="button" className="row-open" onClick={() => setSearch({ row: row.id })}>
            {titles.map(column => textOf(column, row.values[column.name], context)).join(' · ')}
          </button>
          {row.validTo ? <span className="badge badge-plain">{t('closed')}</span> : null}
          <dl>
            {others.map(column => (
              <div key={column.name}>
                <dt>{words.column(column.name)}</dt>
                <dd>{textOf(column, row.values[column.name], context)}</dd>
              </div>
            ))}
          </dl>
        </li>
      ))}
    </ul>
  )
}
