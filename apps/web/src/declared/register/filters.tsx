import type { ColumnShape } from '@silian/kernel/declared/contract.ts'
import type { RegisterShape } from '@silian/kernel/register/contract.ts'
import { type FormEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isMasked } from '../columns/draft.ts'
import { ColumnInput } from '../columns/input.tsx'
import { fromShown, toShown } from '../columns/units.ts'
import { type Names, useValueText } from '../columns/value-text.ts'
import type { Words } from '../words.ts'
import { ColumnsChoice } from './columns-choice.tsx'
import { filtersOf, isRanged, type ListSearch } from './list-query.ts'
import { useSearchedText } from './searched.ts'

interface FiltersProps {
  readonly shape: RegisterShape
  readonly words: Words
  readonly names: Names
  readonly search: ListSearch
  readonly chosen: readonly ColumnShape[]
  setSearch(change: Record<string, string | undefined>): void
  setChosen(names: readonly string[] | undefined): void
}

/** The search box, the filters made from the columns, the day the list is of, and the columns shown. */
export function Filters({ shape, words, names, search, setSearch, chosen, setChosen }: FiltersProps) {
  const { t } = useTranslation('register')
  const filters = shape.columns.filter(({ filter }) => filter)
  const set = filtersOf(shape.columns, search)
  const [open, setOpen] = useState(false)
  const panel = useId()
  const hint = useId()
  const searched = useSearchedText(shape, words)
  const isSearched = shape.columns.some(({ search: found }) => found)
  return (
    <search className="list-filters" aria-label={t('filters')}>
      <div className="list-filters-row">
        {isSearched ? (
          <SearchBox key={search.q ?? ''} search={search} setSearch={setSearch} describedBy={hint} />
        ) : null}
        {filters.length > 0 || shape.dated ? (
          <button
            type="button"
            className="button button-small"
            aria-expanded={open}
            aria-controls={panel}
            onClick={() => setOpen(!open)}
          >
            {t('filters')}
            {set.length > 0 ? <span className="count">{set.length}</span> : null}
          </button>
        ) : null}
        <ColumnsChoice columns={shape.columns} chosen={chosen} words={words} setChosen={setChosen} />
      </div>
      {isSearched ? (
        <p id={hint} className="field-hint search-hint">
          {searched}
        </p>
      ) : null}
      <Chips columns={set} words={words} names={names} search={search} setSearch={setSearch} />
      <div id={panel} className="filter-panel" hidden={!open}>
        {filters.map(column => (
          <Filter key={column.name} column={column} {...{ words, names, search, setSearch }} />
        ))}
        {shape.dated ? <AtFilter search={search} setSearch={setSearch} /> : null}
        <label className="menu-choice">
          <input
            type="checkbox"
            checked={search.closed === 'true'}
            onChange={event => setSearch({ closed: event.target.checked ? 'true' : '' })}
          />
          {t('closed.too')}
        </label>
      </div>
    </search>
  )
}

type Setting = Pick<FiltersProps, 'search' | 'setSearch'>

function SearchBox({ search, setSearch, describedBy }: Setting & { readonly describedBy: string }) {
  const { t } = useTranslation('register')
  const [typed, setTyped] = useState(search.q ?? '')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setSearch({ q: typed.trim() })
  }
  return (
    <form className="search-box" onSubmit={submit}>
      <input
        type="search"
        name="q"
        aria-label={t('search')}
        aria-describedby={describedBy}
        placeholder={t('search')}
        value={typed}
        maxLength={100}
        onChange={event => {
          setTyped(event.target.value)
          if (event.target.value === '') setSearch({ q: '' })
        }}
      />
      <button type="submit" className="button button-small">
        {t('search.go')}
      </button>
    </form>
  )
}

function AtFilter({ search, setSearch }: Setting) {
  const { t } = useTranslation('register')
  const id = useId()
  return (
    <div className="field" data-filter="at">
      <label htmlFor={id}>{t('at')}</label>
      <input
        id={id}
        type="date"
        value={search.at ?? ''}
        onChange={event => setSearch({ at: event.target.value })}
      />
    </div>
  )
}

interface FilterProps extends Setting {
  readonly column: ColumnShape
  readonly words: Words
  readonly names: Names
}

function Filter(props: FilterProps) {
  const { column, words, names, search, setSearch } = props
  const id = useId()
  if (isRanged(column)) return <RangeFilter {...props} />
  if (column.kind === 'text' && column.of.length === 0) return <TextFilter {...props} />
  const many = column.kind === 'choice' || column.kind === 'choices'
  const given = search[column.name]
  const grouped = many || column.kind === 'area'
  const value = many ? (given?.split(',') ?? []) : column.kind === 'yes' ? yesOf(given) : (given ?? '')
  const asked: ColumnShape = { ...column, required: false, kind: many ? 'choices' : column.kind }
  const input = (
    <ColumnInput
      column={asked}
      value={value}
      context={{ words, names }}
      id={id}
      describedBy={undefined}
      invalid={false}
      change={next => setSearch({ [column.name]: Array.isArray(next) ? next.join(',') : String(next ?? '') })}
    />
  )
  if (grouped)
    return (
      <fieldset className="field field-wide" data-filter={column.name}>
        <legend>{words.column(column.name)}</legend>
        {input}
      </fieldset>
    )
  return (
    <div className="field" data-filter={column.name}>
      <label htmlFor={id}>{words.column(column.name)}</label>
      {input}
    </div>
  )
}

const yesOf = (text: string | undefined): boolean | null => (text === undefined ? null : text === 'true')

function RangeFilter({ column, words, search, setSearch }: FilterProps) {
  const { t } = useTranslation('register')
  const ends = [
    [`${column.name}From`, t('from')],
    [`${column.name}To`, t('to')],
  ] as const
  return (
    <fieldset className="field field-range" data-filter={column.name}>
      <legend>{words.column(column.name)}</legend>
      <div className="range">
        {ends.map(([name, label]) => (
          <RangeEnd
            key={`${name} ${search[name] ?? ''}`}
            column={column}
            label={label}
            value={search[name] ?? ''}
            change={text => setSearch({ [name]: text })}
          />
        ))}
      </div>
    </fieldset>
  )
}

/** A text counts when its field is left: it is asked for as a whole. */
function TextFilter({ column, words, search, setSearch }: FilterProps) {
  const { t } = useTranslation('register')
  const label = words.column(column.name)
  return (
    <div className="field" data-filter={column.name}>
      <span aria-hidden="true">{label}</span>
      <RangeEnd
        key={search[column.name] ?? ''}
        column={column}
        label={label}
        value={search[column.name] ?? ''}
        change={text => setSearch({ [column.name]: text })}
      />
      {isMasked(column) ? <p className="field-hint">{t('filter.whole')}</p> : null}
    </div>
  )
}

interface RangeEndProps {
  readonly column: ColumnShape
  readonly label: string
  readonly value: string
  change(text: string): void
}

/** One end of a range; what is typed counts when the field is left, a date as soon as it is whole. */
function RangeEnd({ column, label, value, change }: RangeEndProps) {
  const isNumber = column.kind === 'number'
  const [typed, setTyped] = useState(isNumber && value !== '' ? toShown(Number(value), column.unit) : value)
  const settle = () => {
    if (typed === '') return change('')
    if (column.kind === 'date' || column.kind === 'text') return change(typed.trim())
    const read = fromShown(typed, isNumber ? column.unit : null)
    if ('value' in read) change(String(read.value))
  }
  return (
    <input
      type={column.kind === 'date' ? 'date' : 'text'}
      inputMode={isNumber || column.kind === 'year' ? 'decimal' : undefined}
      aria-label={label}
      placeholder={label}
      value={typed}
      onChange={event => setTyped(event.target.value)}
      onBlur={settle}
      onKeyDown={event => {
        if (event.key === 'Enter') settle()
      }}
    />
  )
}

interface ChipsProps extends Setting {
  readonly columns: readonly ColumnShape[]
  readonly words: Words
  readonly names: Names
}

/** What narrows the list, each with the way to let it go. */
function Chips({ columns, words, names, search, setSearch }: ChipsProps) {
  const { t } = useTranslation(['register', 'declared'])
  const textOf = useValueText()
  if (columns.length === 0) return null
  const textFor = (column: ColumnShape): string => {
    const one = (text: string) =>
      textOf(column, column.kind === 'yes' ? text === 'true' : readNumber(column, text), { words, names })
    const given = search[column.name]
    if (given !== undefined)
      return given
        .split(',')
        .map(one)
        .join(t('list.separator', { ns: 'declared' }))
    const [from, to] = [search[`${column.name}From`], search[`${column.name}To`]]
    return t('range', { from: from ? one(from) : '', to: to ? one(to) : '' })
  }
  return (
    <ul className="chips" aria-label={t('filters.set')}>
      {columns.map(column => (
        <li key={column.name}>
          <button
            type="button"
            className="chip-set"
            onClick={() =>
              setSearch({ [column.name]: '', [`${column.name}From`]: '', [`${column.name}To`]: '' })
            }
          >
            {t('filter.set', { column: words.column(column.name), value: textFor(column) })}
            <span aria-hidden="true"> ×</span>
            <span className="visually-hidden">{t('filter.clear')}</span>
          </button>
        </li>
      ))}
    </ul>
  )
}

const readNumber = ({ kind }: ColumnShape, text: string): string | number =>
  kind === 'number' || kind === 'year' ? Number(text) : text
