import type { Suggestion } from '@silian/chains/supply/search/contract.ts'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, useEffect, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { shopCall } from '../api.ts'
import { useProgramme } from '../ui/go.tsx'
import { Cross, Glass } from '../ui/icons.tsx'
import { type Asked, withPart } from './asked.ts'
import { useHint } from './use-hint.ts'

interface SearchBoxProps {
  readonly asked: Asked
  put(asked: Asked): void
}

/** The field to search in, with suggestions while one types: arrows go through them, Enter takes one. */
export function SearchBox({ asked, put }: SearchBoxProps) {
  const { t } = useTranslation('find')
  const id = useId()
  const hint = useHint()
  const [text, setText] = useState(asked.q ?? '')
  const [open, setOpen] = useState(false)
  const [at, setAt] = useState(-1)
  const items = useSuggestions(open ? text : '')
  const search = (next: Asked) => {
    setOpen(false)
    put(next)
  }
  const take = (item: Suggestion) => {
    if (item.kind === 'product') setText(item.text)
    search(askedFor(asked, item))
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') setOpen(false)
    if (items.length === 0 || (event.key !== 'ArrowDown' && event.key !== 'ArrowUp')) return
    event.preventDefault()
    const step = event.key === 'ArrowDown' ? 1 : -1
    setAt(before => (before + step + items.length + 1) % (items.length + 1))
  }
  const chosen = items[at]
  const shown = open && items.length > 0
  return (
    <search className="find-box">
      <form
        className="hero-ask"
        onSubmit={event => {
          event.preventDefault()
          if (chosen) take(chosen)
          else search(withPart(asked, 'q', text.trim()))
        }}
      >
        <input
          type="search"
          role="combobox"
          aria-label={t('label')}
          aria-expanded={shown}
          aria-controls={`${id}-list`}
          aria-activedescendant={chosen ? `${id}-${at}` : undefined}
          aria-autocomplete="list"
          autoComplete="off"
          maxLength={60}
          placeholder={hint}
          value={text}
          onChange={event => {
            setText(event.target.value)
            setOpen(true)
            setAt(-1)
          }}
          onFocus={() => setOpen(text !== '')}
          onBlur={() => setOpen(false)}
          onKeyDown={onKeyDown}
        />
        {text ? (
          <button
            type="button"
            className="round-button"
            aria-label={t('clear')}
            onClick={() => {
              setText('')
              search(withPart(asked, 'q', ''))
            }}
          >
            <Cross />
          </button>
        ) : null}
        <button type="submit" className="button" aria-label={t('go')}>
          <Glass />
        </button>
      </form>
      <div
        id={`${id}-list`}
        role="listbox"
        aria-label={t('suggestions')}
        className={shown ? 'suggest' : 'unseen'}
      >
        {shown
          ? items.map((item, n) => (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the field above has the keys
              // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus
              <div
                key={`${item.kind}${item.text}`}
                id={`${id}-${n}`}
                role="option"
                aria-selected={n === at}
                // the field would lose the focus and close the list before the click
                onPointerDown={event => event.preventDefault()}
                onClick={() => take(item)}
              >
                <span>{item.text}</span>
                <span className="small soft">{t(`suggest.${item.kind}`, { count: item.count })}</span>
              </div>
            ))
          : null}
      </div>
    </search>
  )
}

/** A county or class narrows the list; a product's name is searched. */
function askedFor(asked: Asked, { kind, text, key }: Suggestion): Asked {
  if (kind === 'product' || key === null) return withPart(asked, 'q', text)
  return withPart(withPart(asked, 'q', ''), kind, key)
}

const PAUSE = 150

function useSuggestions(text: string): readonly Suggestion[] {
  const programme = useProgramme()
  const [q, setQ] = useState('')
  useEffect(() => {
    const timer = setTimeout(() => setQ(text.trim()), PAUSE)
    return () => clearTimeout(timer)
  }, [text])
  const { data } = useQuery({
    queryKey: ['suggest', programme, q],
    queryFn: ({ signal }) => shopCall('suggest', { params: { programme }, query: { q }, signal }),
    enabled: q !== '' && q.length <= 40,
    placeholderData: keepPreviousData,
    retry: false,
  })
  return text.trim() === '' ? [] : (data?.items ?? [])
}
