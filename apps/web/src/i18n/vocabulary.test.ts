import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { inVocabulary } from './vocabulary.ts'

const common = JSON.parse(readFileSync(join(import.meta.dirname, '../messages/zh/common.json'), 'utf8'))
const terms = JSON.parse(readFileSync(join(import.meta.dirname, '../messages/zh/terms.json'), 'utf8'))
const words = (vocabulary: string) =>
  common['vocabulary.words'].replace('{{helping}}', terms[`${vocabulary}.helping`]) as string

describe('a name that is data', () => {
  it('is told in the vocabulary chosen', () => {
    const [now, then] = [`1${terms['current.helping']}2`, `1${terms['historic.helping']}2`]
    for (const name of [now, then]) {
      expect(inVocabulary(name, words('current'))).toBe(now)
      expect(inVocabulary(name, words('historic'))).toBe(then)
    }
    expect(inVocabulary('A', words('historic'))).toBe('A')
  })
})
