import type { MetricShape, MetricValues } from '@silian/kernel/metric/contract.ts'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { toShown, unitOf } from '../columns/units.ts'
import { useWords } from '../words.ts'
import { Chart } from './chart.tsx'
import { plotOf, unitIn, type View } from './query.ts'
import { useMetricTexts } from './texts.ts'

interface PlotProps {
  readonly shape: MetricShape
  readonly values: MetricValues
  readonly view: Exclude<View, 'map'>
}

const colours = ['#1d4d36', '#c56a45', '#b98a1c', '#4b7fa3', '#7a5c8e', '#5f8f4e', '#a33f5b', '#4f5d73']

/** Bars or lines over the periods; a single period stands as bars of its combinations. */
export function Plot({ shape, values, view }: PlotProps) {
  const { t, i18n } = useTranslation('metric')
  const { t: tDeclared } = useTranslation('declared')
  const words = useWords(shape.name)
  const texts = useMetricTexts(shape)
  // biome-ignore lint/correctness/useExhaustiveDependencies: texts follow the language and the shape
  const option = useMemo(() => {
    const { periods, series } = plotOf(values.rows, colours.length)
    const number = (value: number | null) => (value === null ? null : Number(toShown(value, unitIn(shape))))
    const label = (dims: readonly string[]) => texts.dims(values.by, dims, values.names)
    const unit = unitOf(unitIn(shape)).label
    const single = periods.length === 1 && series.length > 1
    const drawn = single
      ? [{ name: periods[0] ?? '', data: series.map(one => number(one.values[0] ?? null)) }]
      : series.map(one => ({ name: label(one.dims), data: one.values.map(number) }))
    return {
      color: colours,
      animation: false,
      grid: { left: 8, right: 16, top: drawn.length > 1 ? 72 : 36, bottom: 8, containLabel: true },
      tooltip: { trigger: 'axis', confine: true },
      legend: { show: drawn.length > 1, type: 'scroll', top: 0, left: 0 },
      xAxis: { type: 'category', data: single ? series.map(one => label(one.dims)) : [...periods] },
      yAxis: {
        type: 'value',
        name: tDeclared(`unit.${unit}`, { defaultValue: unit }),
        nameTextStyle: { align: 'left' },
        axisLabel: { hideOverlap: true },
      },
      series: drawn.map(one => ({ ...one, type: view, connectNulls: false, barMaxWidth: 44 })),
    }
  }, [values, view, shape, i18n.language])
  return <Chart option={option} label={t('chart', { metric: words.title })} height={340} />
}
