import provinces from 'virtual:provinces'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { languageOf } from '../../i18n/i18n.ts'
import { areasOf } from '../queries.ts'
import { Go, useProgramme } from '../ui/go.tsx'

interface OriginMapProps {
  /** Codes of counties. */
  readonly counties: readonly string[]
}

/** The provinces that goods come from, drawn, a dot for each county; each leads to what comes from there. */
export function OriginMap({ counties }: OriginMapProps) {
  const groups = [...Map.groupBy(counties, code => `${code.slice(0, 2)}0000`)]
  return (
    <ul className="origin-map">
      {groups
        .toSorted(([, a], [, b]) => b.length - a.length)
        .map(([code, own]) => (
          <Province key={code} code={code} counties={own} />
        ))}
    </ul>
  )
}

function Province({ code, counties }: OriginMapProps & { readonly code: string }) {
  const { t } = useTranslation('front')
  const { data } = useQuery({
    queryKey: ['province', code],
    queryFn: async () => (await provinces[code]?.())?.default ?? null,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const english = useEnglishName(code)
  if (data === null) return null
  const dots = counties.flatMap(county =>
    data?.places[county] ? [[county, data.places[county]] as const] : [],
  )
  return (
    <li className="origin-province">
      {data ? (
        <svg viewBox={`-4 -4 108 ${data.height + 8}`} aria-hidden="true">
          <path d={data.path} />
          {dots.map(([county, [x, y]]) => (
            <circle key={county} cx={x} cy={y} r="4.5" />
          ))}
        </svg>
      ) : null}
      {data ? (
        <Go to="/find" search={{ q: data.name }}>
          {english ?? data.name}
          <span className="soft small">{t('counties.count', { count: counties.length })}</span>
        </Go>
      ) : null}
    </li>
  )
}

/** Asked for in English alone: at home a province is called as on its drawing. */
function useEnglishName(code: string): string | undefined {
  const { i18n } = useTranslation()
  const { data } = useQuery({
    ...areasOf(useProgramme(), ''),
    enabled: languageOf(i18n) === 'en',
  })
  return data?.find(area => area.code === code)?.nameEn
}
