import { useQuery } from '@tanstack/react-query'
import { useDeferredValue, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call, send } from '../../api/call.ts'
import { useLocalName, useProgrammeId } from '../../session/programme.ts'
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

/** An organisation of the wanted types, narrowed by a part of its name. */
export function OrganisationInput(props: InputProps) {
  const programme = useProgrammeId()
  const name = useLocalName()
  const [typed, type] = useState('')
  const types = props.column.of.length > 0 ? props.column.of : [undefined]
  const found = useQuery({
    queryKey: ['organisations', programme, types],
    queryFn: async ({ signal }) => {
      const pages = await Promise.all(
        types.map(one =>
          send(platformRoutes.organisations, {
            params: { programme },
            query: { type: one, limit: 200 },
            signal,
          }),
        ),
      )
      return pages.flatMap(({ items }) => items)
    },
    staleTime: 300_000,
  })
  const options = (found.data ?? [])
    .map(organisation => ({ id: organisation.id, text: name(organisation) }))
    .filter(({ text }) => text.toLowerCase().includes(typed.trim().toLowerCase()))
  return <Picker {...props} options={options} typed={typed} type={type} busy={found.isPending} />
}

/** A row of another register, found by its words. */
export function RowInput(props: InputProps) {
  const programme = useProgrammeId()
  const register = props.column.of[0] ?? ''
  const [typed, type] = useState('')
  const q = useDeferredValue(typed.trim())
  const titleOf = useRowTitle(register)
  const found = useQuery({
    queryKey: ['register', programme, register, 'pick', q],
    queryFn: ({ signal }) =>
      send(registerRoutes.rows, { params: { programme, register }, query: { q, limit: 50 }, signal }),
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
  const found = useQuery({
    queryKey: ['products', programme, 'pick'],
    queryFn: ({ signal }) => call('products', { params: { programme }, query: { limit: 200 }, signal }),
    staleTime: 60_000,
  })
  const options = (found.data?.items ?? [])
    .map(product => ({ id: product.id, text: name(product) }))
    .filter(({ text }) => text.toLowerCase().includes(typed.trim().toLowerCase()))
  return <Picker {...props} options={options} typed={typed} type={type} busy={found.isPending} />
}
