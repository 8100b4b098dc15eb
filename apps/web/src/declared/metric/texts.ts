import type { MetricShape } from '@silian/kernel/metric/contract.ts'
import { useTranslation } from 'react-i18next'
import { languageOf } from '../../i18n/i18n.ts'
import { type Names, numberText } from '../columns/value-text.ts'
import { useWords } from '../words.ts'
import { ALL, unitIn } from './query.ts'

export interface MetricTexts {
  /** A value of the metric with its unit. */
  value(value: number | null): string
  /** A dimension's value by its name. */
  dim(dimension: string, code: string, names: Names): string
  /** A combination of them. */
  dims(by: readonly string[], dims: readonly string[], names: Names): string
}

/** What telling a metric's values needs to know of it. */
export type Telling = Pick<MetricShape, 'name' | 'kind' | 'unit' | 'whole' | 'guarded'>

export function useMetricTexts(shape: Telling): MetricTexts {
  const { t, i18n } = useTranslation('metric')
  const { t: tDeclared } = useTranslation('declared')
  const words = useWords(shape.name)
  const codes = useWords('codes')
  const language = languageOf(i18n)
  const unit = unitIn(shape)
  const dim = (dimension: string, code: string, names: Names): string => {
    if (code === ALL) return t('other')
    const name = names[code]
    if (name) return name[language] || name.zh
    if (code === 'unknown' || code === '') return t('unknown.value')
    // a path of codes goes by its last step
    const step = code.slice(code.lastIndexOf('/') + 1)
    return words.find(`value.${dimension}.${code}`) ?? codes.text(`value.${dimension}.${step}`, code)
  }
  return {
    value: value =>
      value === null
        ? // of nothing there is no ratio and no median
          t(shape.guarded ? 'hidden' : 'none')
        : numberText({ kind: 'number', unit }, value, tDeclared),
    dim,
    dims: (by, dims, names) => dims.map((code, at) => dim(by[at] ?? '', code, names)).join(' · ') || t('all'),
  }
}
