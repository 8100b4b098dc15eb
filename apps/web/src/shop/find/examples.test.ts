import { expect, it } from 'vitest'
import { examplesOf } from './examples.ts'

const sold = (path: string, count: number) => ({ path, count, nameZh: path, nameEn: path })

it('names what is in season, then what there is most of, and no group of goods', () => {
  const classes = [
    ...[sold('fruit', 9), sold('fruit/tropical', 5), sold('fruit/tropical/mango', 5)],
    ...[sold('fruit/citrus/orange', 1), sold('tea/green/maojian', 3)],
  ]
  const paths = (inSeason: readonly string[]) =>
    examplesOf(classes, new Set(inSeason)).map(({ path }) => path)
  expect(paths(['fruit/citrus/orange'])).toEqual(['fruit/citrus/orange', 'fruit/tropical/mango'])
  expect(paths(['fruit/stone/plum'])).toEqual(['fruit/tropical/mango', 'tea/green/maojian'])
})
