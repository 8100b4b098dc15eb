import { queryOptions, useQueries } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { send } from '../../api/call.ts'
import { useLocalName, useProgrammeId } from '../../session/programme.ts'
import { platformRoutes } from '../routes.ts'
import { areaSteps } from './area.ts'

interface AreaInputProps {
  readonly column: { readonly level: string | null }
  readonly value: unknown
  readonly id: string
  readonly describedBy?: string | undefined
  readonly invalid?: boolean
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

/** An area by its levels, each a list of what lies below the one before. */
export function AreaInput({ column, value, id, describedBy, invalid, disabled, change }: AreaInputProps) {
  const { t } = useTranslation('declared')
  const programme = useProgrammeId()
  const name = useLocalName()
  const steps = areaSteps(typeof value === 'string' ? value : '', column.level)
  const lists = useQueries({ queries: steps.map(({ parent }) => areasQuery(programme, parent)) })
  return (
    <div className="area-input">
      {steps.map(({ level, parent, chosen }, at) => {
        const areas = lists[at]?.data ?? []
        if (at > 0 && lists[at]?.data?.length === 0) return null
        return (
          <select
            key={level}
            id={at === 0 ? id : undefined}
            aria-label={t(`level.${level}`)}
            aria-describedby={describedBy}
            aria-invalid={invalid || undefined}
            aria-busy={lists[at]?.isPending || undefined}
            disabled={disabled}
            value={chosen}
            onChange={event => change(event.target.value || parent || null)}
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
