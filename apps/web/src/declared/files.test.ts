import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { Problem } from '../api/problem.ts'
import { type FileKind, wantedOf } from './files.ts'

const kinds: readonly FileKind[] = ['import', 'attachment', 'photo']

it.each(['zh', 'en'])(
  'a file of the wrong type is told in %s what was expected, by what it is for',
  language => {
    const path = join(import.meta.dirname, '../messages', language, 'error.json')
    const words = JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>
    for (const kind of kinds) {
      const { code, params } = wantedOf(new Problem('file.type_refused', 409, { found: 'unknown' }), kind)
      // i18next takes the text of the context where there is one
      expect([kind, words[`error.${code}_${params.context}`]?.includes('xlsx')]).toEqual([
        kind,
        kind === 'import',
      ])
    }
    expect(wantedOf(new Problem('file.empty', 409), 'import').params).toEqual({})
  },
)
