import type { Role } from '@silian/kernel/access/roles.ts'
import { queryOptions, useQueries } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { send } from '../../api/send.ts'
import { useMember } from '../../session/me.ts'
import { useLocalName, useProgrammeId } from '../../session/programme.ts'
import { platformRoutes } from '../routes.ts'
import { areaSteps, fixedSteps, wayTo } from './area.ts'

interface AreaInputProps {
  readonly column: { readonly level: string | null }
  readonly value: unknown
  readonly id: string
  readonly describedBy?: string | undefined
  readonly invalid?: boolean
  /** Each step that there is must be chosen. */
  readonly required?: boolean
  readonly disabled?: boolean | undefined
  change(value: string | null): void
}

/** The areas directly below one; the provinces below none. */
export const areasQuery = (programme: string, parent: string) =>
  queryOptions({
    queryKey: ['areas', programme, parent],
    queryFn: ({ signal }) =>
      send(platformRoutes.areas, { params: { programme }, query: { parent: parent || undefined }, signal }),
    staleTime: 3_600_000,
  })

/** Those who work in one place of the producing counties. */
const local: readonly Role[] = [
  'village_cadre',
  'township_officer',
  'county_officer',
  'agriculture_officer',
  'coop_clerk',
]

/** The area that the member's work is in; empty for whoever works in none, or in several. */
function useOwnArea(): string {
  const roles = useMember()?.roles ?? []
  const codes = new Set(roles.flatMap(({ role, areaCode }) => (local.includes(role) ? (areaCode ?? []) : [])))
  return codes.size === 1 ? [...codes][0]! : ''
}

/** An area by its levels, each a list of what lies below the one before. */
export function AreaInput(props: AreaInputProps) {
  const { column, value, id, describedBy, invalid, disabled, required = false, change } = props
  const { t } = useTranslation('declared')
  const programme = useProgrammeId()
  const name = useLocalName()
  const own = useOwnArea()
  const [isWide, widen] = useState(false)
  const code = typeof value === 'string' ? value : ''
  const fixed = isWide ? 0 : fixedSteps(own, code, column.level)
  const above = wayTo(own)[fixed - 1] ?? ''
  const steps = areaSteps(code || above, column.level)
  const lists = useQueries({ queries: steps.map(({ parent }) => areasQuery(programme, parent)) })
  const way = steps.slice(0, fixed).flatMap(({ chosen }, at) => {
    const area = lists[at]?.data?.find(one => one.code === chosen)
    return area ? [name(area)] : []
  })
  return (
    <div className="area-input">
      {fixed > 0 ? (
        <p className="area-own">
          {t('area.own', { way: way.join(' ') })}
          <button type="button" className="link-button" disabled={disabled} onClick={() => widen(true)}>
            {t('area.wider')}
          </button>
        </p>
      ) : null}
      {steps.map(({ level, parent, chosen }, at) => {
        if (at < fixed) return null
        const areas = lists[at]?.data ?? []
        if (at > 0 && lists[at]?.data?.length === 0) return null
        return (
          <select
            key={level}
            id={at === fixed ? id : undefined}
            aria-label={t(`level.${level}`)}
            aria-describedby={describedBy}
            aria-invalid={invalid || undefined}
            aria-busy={lists[at]?.isPending || undefined}
            disabled={disabled}
            required={required}
            value={chosen}
            onChange={event => change(event.target.value || (at > fixed && parent) || null)}
          >
            <option value="">{t(`level.${level}`)}</option>
            {chosen !== '' && !areas.some(({ code }) => code === chosen) ? (
              <option value={chosen}>{chosen}</option>
            ) : null}
            {areas.map(area => (
              <option key={area.code} value={area.code}>
                {name(area)}
              </option>
            ))}
          </select>
        )
      })}
    </div>
  )
}
