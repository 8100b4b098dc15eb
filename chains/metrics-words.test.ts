import { languages } from '@silian/kernel/declared/words.ts'
import { countedOf, dimensionsOf } from '@silian/kernel/metric/define.ts'
import { digestOf } from '@silian/kernel/metric/generation.ts'
import { metricWord } from '@silian/kernel/metric/sheet.ts'
import { expect, it } from 'vitest'
import { metrics } from './declared.ts'
import { words } from './words.ts'

it.each(metrics.map(metric => [metric.name, metric] as const))('%s has all its words', (name, metric) => {
  for (const language of languages) {
    const said = words.of(language, name)
    const keys = [
      ...['title', 'definition'],
      ...dimensionsOf(metric).flatMap(dimension => [
        `dimension.${dimension.name}`,
        ...(dimension.unknown ? [`value.${dimension.name}.unknown`] : []),
      ]),
    ]
    expect(keys.filter(key => !said[key])).toEqual([])
    expect(metricWord(language, `unit.${metric.unit}`)).not.toBe(`unit.${metric.unit}`)
  }
})

it('names every metric once, and each by a definition of its own', () => {
  const names = metrics.map(metric => metric.name)
  expect(new Set(names).size).toBe(names.length)
  // a part of a ratio that is not listed has no page to open it on
  expect(countedOf(metrics).filter(metric => !names.includes(metric.name))).toEqual([])
  const digests = countedOf(metrics).map(digestOf)
  expect(new Set(digests).size).toBe(digests.length)
})
