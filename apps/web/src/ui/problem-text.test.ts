import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import i18next from 'i18next'
import { expect, it } from 'vitest'
import { Problem } from '../api/problem.ts'
import { problemText } from './problem-text.ts'

const repository = join(import.meta.dirname, '../../../..')
const messages = (path: string) => JSON.parse(readFileSync(join(repository, path), 'utf8'))
const declared = (name: string) => messages(`chains/messages/zh/${name}.json`)

it('names what a list holds in words: its own, columns and codes; what nobody has words for as it is', async () => {
  const i18n = i18next.createInstance()
  const own = ['base_recognition', 'shenzhen_mark']
  await i18n.init({
    lng: 'zh',
    keySeparator: false,
    nsSeparator: false,
    resources: {
      zh: {
        error: messages('apps/web/src/messages/zh/error.json'),
        ...Object.fromEntries(own.map(name => [`declared/${name}`, declared(name)])),
      },
    },
  })
  Object.assign(i18n, {
    reportNamespaces: { getUsedNamespaces: () => own.map(name => `declared/${name}`) },
  })
  const text = (code: string, params: Problem['params']) => problemText(i18n, new Problem(code, 409, params))
  const gaps = declared('base_recognition')
  const lacking = text('base_recognition.must_haves', { missing: ['records', 'exit', 'scale', 'other'] })
  for (const gap of ['records', 'exit', 'scale']) expect(lacking).toContain(gaps[`value.missing.${gap}`])
  expect(lacking).toContain('other')
  expect(lacking).not.toMatch(/records|exit|scale/)
  const { 'column.standard': standard, 'column.selfScore': score } = declared('shenzhen_mark')
  const open = text('shenzhen_mark.incomplete', { missing: ['standard', 'selfScore'] })
  expect(open).toContain(standard)
  expect(open).toContain(score)
})
