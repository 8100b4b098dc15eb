import { useQuery } from '@tanstack/react-query'
import { useDeferredValue, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { send } from '../../api/send.ts'
import { searchRoutes } from '../../search/routes.ts'
import { useLocalName, useProgrammeId } from '../../session/programme.ts'
import { adminRoutes } from './routes.ts'

interface PickProps {
  readonly label: string
  readonly hint?: string
  readonly value: string
  readonly required?: boolean
  pick(value: string): void
}

/** An organisation by a part of its name, its pinyin or initials. */
export function PickOrganisation({ label, hint, value, required = false, pick }: PickProps) {
  const { t } = useTranslation('admin')
  const id = useId()
  const programme = useProgrammeId()
  const name = useLocalName()
  const [typed, type] = useState('')
  const q = useDeferredValue(typed.trim())
  const found = useQuery({
    queryKey: ['search', programme, q],
    queryFn: ({ signal }) => send(searchRoutes.search, { params: { programme }, query: { q }, signal }),
    enabled: q !== '',
    placeholderData: before => before,
  })
  const hits = found.data?.groups.find(({ kind }) => kind === 'organisation')?.hits ?? []
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        type="search"
        aria-label={t('pick.find', { what: label })}
        placeholder={t('pick.hint')}
        value={typed}
        onChange={event => type(event.target.value)}
      />
      <select
        id={id}
        value={value}
        required={required}
        aria-busy={found.isFetching || undefined}
        aria-describedby={hint ? `${id}-hint` : undefined}
        onChange={event => pick(event.target.value)}
      >
        <option value="">{t(q === '' ? 'pick.type' : 'pick.choose')}</option>
        {value !== '' && !hits.some(hit => hit.id === value) ? (
          <option value={value}>{t('pick.chosen')}</option>
        ) : null}
        {hits.map(hit => (
          <option key={hit.id} value={hit.id}>
            {name({ nameZh: hit.titleZh, nameEn: hit.titleEn })} · {hit.note}
          </option>
        ))}
      </select>
      {hint ? (
        <p id={`${id}-hint`} className="field-hint">
          {hint}
        </p>
      ) : null}
    </div>
  )
}

/** An area, one step down at a time; what is chosen last counts. */
export function PickArea({ label, hint, value, required = false, pick }: PickProps) {
  const [path, setPath] = useState<readonly string[]>([])
  const chosen = value === '' ? [] : path
  const put = (depth: number, code: string) => {
    const next = code === '' ? chosen.slice(0, depth) : [...chosen.slice(0, depth), code]
    setPath(next)
    pick(next.at(-1) ?? '')
  }
  return (
    <fieldset className="field area-steps">
      <legend>{label}</legend>
      {[...chosen, ''].slice(0, 5).map((code, depth) => (
        <AreaStep
          key={chosen[depth - 1] ?? 'top'}
          parent={chosen[depth - 1]}
          label={label}
          value={code}
          required={required && depth === 0}
          pick={next => put(depth, next)}
        />
      ))}
      {hint ? <p className="field-hint">{hint}</p> : null}
    </fieldset>
  )
}

interface StepProps extends PickProps {
  readonly parent: string | undefined
}

function AreaStep({ parent, label, value, required = false, pick }: StepProps) {
  const { t } = useTranslation('admin')
  const programme = useProgrammeId()
  const name = useLocalName()
  const areas = useQuery({
    queryKey: ['areas', programme, parent],
    queryFn: ({ signal }) => send(adminRoutes.areas, { params: { programme }, query: { parent }, signal }),
    staleTime: 600_000,
  })
  if (areas.data?.length === 0) return null
  return (
    <select
      aria-label={t(parent === undefined ? 'area.first' : 'area.below', { what: label })}
      value={value}
      required={required}
      onChange={event => pick(event.target.value)}
    >
      <option value="">{t(parent === undefined ? 'area.any' : 'area.whole')}</option>
      {areas.data?.map(area => (
        <option key={area.code} value={area.code}>
          {name(area)}
        </option>
      ))}
    </select>
  )
}
