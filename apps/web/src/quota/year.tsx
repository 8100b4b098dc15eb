import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { call } from '../api/call.ts'
import { formatCount, formatRatio } from '../i18n/format.ts'
import { useProgrammeId } from '../session/programme.ts'
import { Loaded } from '../ui/states.tsx'
import { Money } from '../ui/values.tsx'

/** How the declarations of a year stand, over all units within one's reach. */
export function useYear(year: number) {
  const programme = useProgrammeId()
  return useQuery({
    queryKey: ['declaration-year', programme, year],
    queryFn: ({ signal }) => call('declarationYear', { params: { programme }, query: { year }, signal }),
  })
}

export function YearSums({ year }: { year: number }) {
  const { t } = useTranslation('quota')
  return (
    <Loaded query={useYear(year)} lines={2}>
      {sums => (
        <dl className="sums card">
          {(['units', 'declared', 'confirmed', 'zero', 'missing'] as const).map(name => (
            <div key={name}>
              <dt>{t(`year.${name}`)}</dt>
              <dd>{formatCount(sums[name])}</dd>
            </div>
          ))}
          <div>
            <dt>{t('year.reserved')}</dt>
            <dd>
              <Money fen={sums.reservedFen} />
              <span className="line-spec">{formatRatio(sums.reservedFen, sums.baseFen)}</span>
            </dd>
          </div>
          <div>
            <dt>{t('completed')}</dt>
            <dd>
              <Money fen={sums.completedFen} />
              <span className="line-spec">{formatRatio(sums.completedFen, sums.reservedFen)}</span>
            </dd>
          </div>
        </dl>
      )}
    </Loaded>
  )
}
