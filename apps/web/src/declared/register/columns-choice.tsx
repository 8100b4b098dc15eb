import type { ColumnShape } from '@silian/kernel/declared/contract.ts'
import type { RegisterShape } from '@silian/kernel/register/contract.ts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Words } from '../words.ts'

const place = (register: string) => `silian.columns.${register}`

function keptColumns(register: string): string[] | undefined {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(place(register)) ?? 'null')
    return Array.isArray(kept) ? kept.filter(one => typeof one === 'string') : undefined
  } catch {
    return undefined
  }
}

/** The columns of the list as this reader wants them, in the order of the declaration; kept on this device. */
export function useChosenColumns({
  name,
  columns,
}: RegisterShape): [ColumnShape[], (names: readonly string[] | undefined) => void] {
  const [names, setNames] = useState(() => keptColumns(name))
  const chosen = columns.filter(column => (names ? names.includes(column.name) : column.listed))
  const set = (wanted: readonly string[] | undefined) => {
    setNames(wanted ? [...wanted] : undefined)
    try {
      if (wanted) localStorage.setItem(place(name), JSON.stringify(wanted))
      else localStorage.removeItem(place(name))
    } catch {
      // a browser that forbids the store forgets the choice
    }
  }
  return [chosen.length > 0 ? chosen : columns.filter(({ listed }) => listed), set]
}

interface ColumnsChoiceProps {
  readonly columns: readonly ColumnShape[]
  readonly chosen: readonly ColumnShape[]
  readonly words: Words
  setChosen(names: readonly string[] | undefined): void
}

export function ColumnsChoice({ columns, chosen, words, setChosen }: ColumnsChoiceProps) {
  const { t } = useTranslation('register')
  const names = chosen.map(({ name }) => name)
  const toggle = (name: string) =>
    setChosen(names.includes(name) ? names.filter(one => one !== name) : [...names, name])
  return (
    <details className="menu" name="menu">
      <summary className="button button-small">{t('columns')}</summary>
      <fieldset className="menu-body">
        <legend className="visually-hidden">{t('columns')}</legend>
        {columns.map(({ name }) => (
          <label key={name} className="menu-choice">
            <input type="checkbox" checked={names.includes(name)} onChange={() => toggle(name)} />
            {words.column(name)}
          </label>
        ))}
        <button type="button" className="button button-small" onClick={() => setChosen(undefined)}>
          {t('columns.usual')}
        </button>
      </fieldset>
    </details>
  )
}
