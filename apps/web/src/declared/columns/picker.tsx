import { useQuery } from '@tanstack/react-query'
import { useDeferredValue, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { send } from '../../api/send.ts'
import { searchRoutes } from '../../search/routes.ts'
import { useLocalName, useProgrammeId } from '../../session/programme.ts'
import { isFindable } from '../register/private-search.ts'
import { useRegisters } from '../register/shapes.ts'
import { useRowTitle } from '../register/title.ts'
import { platformRoutes, registerRoutes } from '../routes.ts'
import type { InputProps } from './input.tsx'

interface Option {
  readonly id: string
  readonly text: string
}

interface PickerProps extends InputProps {
  readonly options: readonly Option[]
  readonly typed: string
  readonly busy: boolean
  type(text: string): void
}

/** A list this short needs no search. */
const FEW = 8
/** Hits at a time: whoever does not see it types more. */
const SHOWN = 20

/** A search box with the list of what it finds; both are plain controls, so that keys and readers know them. */
function Picker({ value, context, id, describedBy, invalid, disabled, change, ...own }: PickerProps) {
  const { options, typed, busy, type } = own
  const { t, i18n } = useTranslation('declared')
  const chosen = typeof value === 'string' ? value : ''
  const named = context.names[chosen]?.[i18n.language === 'en' ? 'en' : 'zh'] ?? chosen
  const known = options.some(option => option.id === chosen)
  return (
    <div className="picker">
      {options.length > FEW || typed !== '' ? (
        <input
          type="search"
          aria-label={t('picker.find')}
          placeholder={t('picker.find')}
          value={typed}
          disabled={disabled}
          onChange={event => type(event.target.value)}
        />
      ) : null}
      <select
        id={id}
        aria-describedby={describedBy}
        aria-invalid={invalid || undefined}
        aria-busy={busy || undefined}
        disabled={disabled}
        value={chosen}
        onChange={event => change(event.target.value || null)}
      >
        <option value="">{t('choose')}</option>
        {chosen !== '' && !known ? <option value={chosen}>{named}</option> : null}
        {options.map(option => (
          <option key={option.id} value={option.id}>
            {option.text}
          </option>
        ))}
      </select>
    </div>
  )
}

/** An organisation of the wanted types, by a part of its name, its pinyin or initials. */
export function OrganisationInput(props: InputProps) {
  const programme = useProgrammeId()
  const name = useLocalName()
  const [typed, type] = useState('')
  const q = useDeferredValue(typed.trim())
  const types = props.column.of
  const found = useQuery({
    queryKey: ['organisations', programme, types, q],
    queryFn: ({ signal }) =>
      send(platformRoutes.organisations, {
        params: { programme },
        query: { type: types.length > 0 ? types : undefined, q, limit: SHOWN },
        signal,
      }),
    placeholderData: before => before,
    staleTime: 300_000,
  })
  const options = (found.data?.items ?? []).map(organisation => ({
    id: organisation.id,
    text: name(organisation),
  }))
  return <Picker {...props} options={options} typed={typed} type={type} busy={found.isPending} />
}

/** A row of another register, found by its words. */
export function RowInput(props: InputProps) {
  const programme = useProgrammeId()
  const register = props.column.of[0] ?? ''
  const [typed, type] = useState('')
  const q = useDeferredValue(typed.trim())
  const titleOf = useRowTitle(register)
  const shape = useRegisters().data?.find(({ name }) => name === register)
  const found = useQuery({
    queryKey: ['register', programme, register, 'pick', q],
    queryFn: ({ signal }) => {
      const params = { programme, register }
      // what is typed may be somebody's name
      return shape && isFindable(shape) && q !== ''
        ? send(registerRoutes.find, { params, body: { q, limit: SHOWN }, signal })
        : send(registerRoutes.rows, { params, query: { q, limit: SHOWN }, signal })
    },
    enabled: register !== '',
    placeholderData: before => before,
  })
  const options = (found.data?.items ?? []).map(row => ({
    id: row.id,
    text: titleOf(row.values, found.data?.names ?? {}) || row.id,
  }))
  return <Picker {...props} options={options} typed={typed} type={type} busy={found.isPending} />
}

/** A product: it has pages of its own and no register, yet cases are about it. */
export function ProductInput(props: InputProps) {
  const programme = useProgrammeId()
  const name = useLocalName()
  const [typed, type] = useState('')
  const q = useDeferredValue(typed.trim())
  const found = useQuery({
    queryKey: ['products', programme, 'pick', q],
    queryFn: ({ signal }) => productsOf(programme, q, signal),
    placeholderData: before => before,
    staleTime: 60_000,
  })
  const options = (found.data ?? []).map(product => ({ id: product.id, text: name(product) }))
  return <Picker {...props} options={options} typed={typed} type={type} busy={found.isPending} />
}

/** The first few, or those that the search box would find. */
async function productsOf(programme: string, q: string, signal: AbortSignal) {
  const params = { programme }
  if (q === '') return (await call('products', { params, query: { limit: SHOWN }, signal })).items
  const { groups } = await send(searchRoutes.search, { params, query: { q }, signal })
  const hits = groups.find(({ kind }) => kind === 'product')?.hits ?? []
  return hits.map(({ id, titleZh, titleEn }) => ({ id, nameZh: titleZh, nameEn: titleEn }))
}
