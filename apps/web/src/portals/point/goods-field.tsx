import type { ShopItem } from '@silian/chains/supply/search/contract.ts'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, useDeferredValue, useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { formatFen } from '../../i18n/format.ts'
import { useProgrammeId } from '../../session/programme.ts'
import { useGoodsNames } from '../shop/use-names.ts'

/** What was chosen: the version that was seen is the one that is ordered. */
export interface Chosen {
  readonly id: string
  readonly version: number
  readonly called: string
}

interface GoodsFieldProps {
  readonly chosen: Chosen | null
  choose(goods: Chosen | null): void
}

/** Hits at a time: whoever does not see it types more. */
const SHOWN = 8

/** Goods by the shop's own search, with its pinyin and mended errors; arrows go through what is found, Enter takes one. */
export function GoodsField({ chosen, choose }: GoodsFieldProps) {
  const { t } = useTranslation('proxy')
  const id = useId()
  const field = useRef<HTMLInputElement>(null)
  const [text, setText] = useState(chosen?.called ?? '')
  const [open, setOpen] = useState(false)
  const [at, setAt] = useState(0)
  const { items, isNone } = useFound(open ? text : '')
  useEffect(() => field.current?.setCustomValidity(chosen ? '' : t('goods.unchosen')), [chosen, t])
  const take = (goods: Chosen) => {
    setText(goods.called)
    setOpen(false)
    choose(goods)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (!open || items.length === 0) return
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step === undefined && event.key !== 'Enter' && event.key !== 'Escape') return
    event.preventDefault()
    if (step !== undefined) setAt((at + step + items.length) % items.length)
    else if (event.key === 'Enter') take(items[at] ?? items[0]!)
    else setOpen(false)
  }
  const shown = open && items.length > 0
  return (
    <div className="field found">
      <label htmlFor={id}>{t('goods')}</label>
      <input
        ref={field}
        id={id}
        role="combobox"
        aria-expanded={shown}
        aria-controls={`${id}-list`}
        aria-activedescendant={shown ? `${id}-${at}` : undefined}
        aria-autocomplete="list"
        aria-describedby={`${id}-hint`}
        autoComplete="off"
        required
        maxLength={60}
        value={text}
        onChange={event => {
          setText(event.target.value)
          setOpen(true)
          setAt(0)
          choose(null)
        }}
        onBlur={() => setOpen(false)}
        onKeyDown={onKeyDown}
      />
      <div id={`${id}-list`} role="listbox" aria-label={t('goods')} className="found-list" hidden={!shown}>
        {items.map((goods, n) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field above has the keys
          // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus
          <div
            key={goods.id}
            id={`${id}-${n}`}
            role="option"
            aria-selected={n === at}
            // the field would lose the focus and close the list before the click
            onPointerDown={event => event.preventDefault()}
            onClick={() => take(goods)}
          >
            <span>{goods.called}</span>
            <span className="muted">{goods.seller}</span>
          </div>
        ))}
      </div>
      <p id={`${id}-hint`} className="field-hint" role="status">
        {t(isNone ? 'goods.none' : 'goods.hint')}
      </p>
    </div>
  )
}

interface Found extends Chosen {
  readonly seller: string
}

function useFound(text: string): { readonly items: readonly Found[]; readonly isNone: boolean } {
  const programme = useProgrammeId()
  const { nameOf, besideOf } = useGoodsNames()
  const q = useDeferredValue(text.trim())
  const { data } = useQuery({
    queryKey: ['found', programme, q],
    queryFn: ({ signal }) => call('found', { params: { programme }, query: { q, limit: SHOWN }, signal }),
    enabled: q !== '',
    placeholderData: keepPreviousData,
    retry: false,
  })
  if (q === '' || !data) return { items: [], isNone: false }
  const called = (offer: ShopItem) =>
    [nameOf(offer), besideOf(offer), formatFen(offer.priceFen)].filter(Boolean).join(' ')
  return {
    items: data.items.map(offer => ({
      ...{ id: offer.id, version: offer.version, called: called(offer), seller: offer.sellerName },
    })),
    isNone: data.items.length === 0,
  }
}
