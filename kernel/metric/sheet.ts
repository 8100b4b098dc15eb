import { join } from 'node:path'
import { type Language, loadWords, type Words } from '../declared/words.ts'
import type { FileAnswer } from '../http/file-answer.ts'
import { sheetAnswer } from '../sheets/answer.ts'
import type { OutValue, Table, TableColumn, TableFormat } from '../sheets/table.ts'
import type { MetricShares, MetricValues } from './contract.ts'
import { dimensionsOf, type Metric } from './define.ts'
import { ALL } from './fold.ts'

const own = loadWords(join(import.meta.dirname, 'messages'))

/** A word of metrics themselves: headings, units, 其他. */
export const metricWord = (language: Language, key: string): string => own.say(language, 'metrics', key)

/** A dimension's value as people know it. */
export function sayValue(
  words: Words,
  language: Language,
  { metric, by, names }: Pick<MetricValues, 'metric' | 'by' | 'names'>,
  dims: readonly string[],
  i: number,
): string {
  const value = dims[i]!
  if (value === ALL) return metricWord(language, 'other')
  const own = words.of(language, metric)[`value.${by[i]}.${value}`]
  return own ?? names[value]?.[language] ?? codeWord(words, language, by[i]!, value) ?? value
}

/** Codes that several declarations use are named in `codes.json`, a path of them by its last step. */
const codeWord = (words: Words, language: Language, dimension: string, code: string): string | undefined =>
  words.of(language, 'codes')[`value.${dimension}.${code.slice(code.lastIndexOf('/') + 1)}`]

/** The format of a metric's values in a sheet. */
export const formatOf = ({ unit }: Pick<Metric, 'unit'>): TableFormat =>
  unit === 'fen' || unit === 'gram' || unit === 'percent' ? unit : unit === 'times' ? 'number' : 'whole'

export interface SheetOptions {
  readonly as: 'xlsx' | 'csv'
  readonly language: Language
  readonly words: Words
}

/** On whose word a figure may rest, the strongest first, and what rests on nobody's but its recorder's. */
export const wordsRestedOn = ['bank', 'device', 'countersigned', 'declared'] as const

/** On whose word all the rows together rest. */
function sharesSheet(metric: Metric, shares: MetricShares, language: Language): Table {
  const word = (key: string): string => metricWord(language, key)
  const inUnits = shares.by === 'value'
  const format = inUnits ? formatOf(metric) : 'whole'
  const shown = (amount: number): number => (inUnits && metric.unit === 'times' ? amount / 100 : amount)
  return {
    name: word('shares'),
    columns: [
      { label: word('shares.word'), format: 'text', help: word('shares.lead') },
      {
        label: word(inUnits ? 'value' : 'count'),
        ...{ format, unit: inUnits ? word(`unit.${metric.unit}`) : '' },
      },
      { label: word('shares.percent'), format: 'percent' },
    ],
    rows: (['whole', ...wordsRestedOn] as const).map(name => [
      word(`share.${name}`),
      shown(shares[name]),
      shares.whole === 0 ? null : Math.round((10_000 * shares[name]) / shares.whole),
    ]),
  }
}

/** Values as a file: a row a period and cell, with names, units and the definition in its legend. */
export function metricSheet(
  metric: Metric,
  values: MetricValues,
  { as, language, words }: SheetOptions,
): FileAnswer {
  const said = words.of(language, metric.name)
  const columns = columnsOf(metric, values, language, said)
  const beside = values.shares ? [sharesSheet(metric, values.shares, language)] : []
  return sheetAnswer({ as, language, name: said.title ?? metric.name, columns, rows: rowsOf(), beside })

  function* rowsOf(): Generator<OutValue[]> {
    for (const row of values.rows)
      yield [
        row.period,
        ...row.dims.map((_, i) => sayValue(words, language, values, row.dims, i)),
        metric.unit === 'times' && row.value !== null ? row.value / 100 : row.value,
        ...(row.percentiles ? [row.percentiles[0]!, row.percentiles[2]!] : []),
        ...(row.parts ?? []),
        row.count,
        row.factId ?? '',
      ]
  }
}

function columnsOf(
  metric: Metric,
  { by, view, tellsOtherwise }: MetricValues,
  language: Language,
  said: Readonly<Record<string, string>>,
): TableColumn[] {
  const word = (key: string): string => metricWord(language, key)
  const format = formatOf(metric)
  const known = new Map(dimensionsOf(metric).map(dimension => [dimension.name, dimension.kind]))
  // which areas and organisations are told, where it makes a difference
  const telling = (name: string): string =>
    tellsOtherwise && (known.get(name) === 'area' || known.get(name) === 'organisation') ? word(view) : ''
  const more: TableColumn[] =
    metric.kind === 'spread'
      ? [
          { label: word('p10'), format },
          { label: word('p90'), format },
        ]
      : metric.kind === 'ratio'
        ? [
            { label: word('over'), format: formatOf(metric.over.metric) },
            { label: word('under'), format: formatOf(metric.under.metric) },
          ]
        : []
  return [
    { label: word('period'), format: 'text' },
    ...by
      .filter(name => known.has(name))
      .map(name => ({
        label: `${said[`dimension.${name}`] ?? name}${telling(name)}`,
        format: 'text' as const,
      })),
    {
      label: metric.kind === 'spread' ? word('p50') : (said.title ?? word('value')),
      ...{ format, unit: word(`unit.${metric.unit}`), help: said.definition ?? '' },
    },
    ...more,
    { label: word('count'), format: 'whole' },
    { label: word('closed'), format: 'text', width: 38 },
  ]
}
