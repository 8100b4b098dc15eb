import maps from 'virtual:maps'
import type { MetricShape } from '@silian/kernel/metric/contract.ts'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Loading, ProblemNotice } from '../../ui/states.tsx'
import { toShown } from '../columns/units.ts'
import type { Names } from '../columns/value-text.ts'
import { Chart, getMap, registerMap } from './chart.tsx'
import { unitIn } from './query.ts'
import { useMetricTexts } from './texts.ts'

export const COUNTRY = '100000'
const registered = (code: string): string => (code === COUNTRY ? 'china' : `china-${code}`)

/** The map of the country or of a province, fetched when it is first shown. */
function useMap(code: string) {
  return useQuery({
    queryKey: ['map', code],
    queryFn: async () => {
      const load = maps[code]
      if (load && !getMap(registered(code))) registerMap(registered(code), (await load()).default as never)
      return load !== undefined
    },
    staleTime: Number.POSITIVE_INFINITY,
  })
}

interface AreaMapProps {
  readonly shape: MetricShape
  /** The whole country, or the code of a province. */
  readonly place: string
  readonly values: ReadonlyMap<string, number | null>
  readonly names: Names
  readonly label: string
  pick(code: string): void
}

/** Areas in shades of what was counted there: provinces, or the counties of one. */
export function AreaMap({ shape, place, values, names, label, pick }: AreaMapProps) {
  const { t, i18n } = useTranslation('metric')
  const texts = useMetricTexts(shape)
  const map = useMap(place)
  // biome-ignore lint/correctness/useExhaustiveDependencies: texts follow the language and the shape
  const option = useMemo(() => {
    const unit = unitIn(shape)
    const data = [...values].map(([code, value]) => ({
      name: code,
      value: value === null ? undefined : Number(toShown(value, unit)),
    }))
    const highest = Math.max(0, ...[...values.values()].map(value => value ?? 0))
    const most = Math.max(1, ...data.map(({ value }) => value ?? 0))
    return {
      animation: false,
      tooltip: {
        confine: true,
        formatter: ({ name, value }: { name: string; value: unknown }) =>
          Number.isNaN(value)
            ? nameOf(place, name)
            : `${nameOf(place, name)}<br>${texts.value(values.get(name) ?? null)}`,
      },
      visualMap: {
        ...{ min: 0, max: most, left: 0, bottom: 0, calculable: false, inRange: { color: shades } },
        text: [texts.value(highest), texts.value(0)],
        textStyle: { color: '#4b564e' },
      },
      series: [
        {
          type: 'map',
          map: registered(place),
          nameProperty: 'adcode',
          data,
          roam: false,
          selectedMode: false,
          ...{ left: 0, right: 0, top: 8, bottom: 8, preserveAspect: 'contain' },
          label: { show: false },
          itemStyle: { areaColor: '#f1efe7', borderColor: '#9aa39b', borderWidth: 0.6 },
          emphasis: { label: { show: false }, itemStyle: { areaColor: '#e9d9b0' } },
        },
      ],
    }
  }, [values, names, shape, place, i18n.language, map.data])
  if (map.isError) return <ProblemNotice error={map.error} retry={map.refetch} />
  if (!map.data) return <Loading lines={6} />
  return (
    <figure className="area-map">
      <Chart option={option} label={label} height={460} pick={pick} />
      <figcaption className="muted">{t('map.note')}</figcaption>
    </figure>
  )
}

const shades = ['#e6efe8', '#8fb59c', '#3f7d5a', '#143727']

interface Drawn {
  readonly features: readonly { readonly properties: { readonly name: string; readonly adcode: string } }[]
}

/** What the map calls an area: it knows those too that the metric says nothing of. */
function nameOf(place: string, code: string): string {
  const drawn = getMap(registered(place))?.geoJSON as unknown as Drawn | undefined
  return drawn?.features.find(({ properties }) => properties.adcode === code)?.properties.name ?? code
}
