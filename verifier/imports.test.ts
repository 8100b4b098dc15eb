import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

// A checker that shares code with what it checks repeats its mistakes, and one that needs Node cannot run in a page.
const nodeOnly = new Set([
  'main.ts',
  'cli.ts',
  'commands.ts',
  'total-command.ts',
  'arguments.ts',
  'files.ts',
  'source-folder.ts',
])
const sources = readdirSync(import.meta.dirname).filter(
  name => name.endsWith('.ts') && !name.endsWith('.test.ts'),
)
const importsOf = (name: string): string[] =>
  [...readFileSync(join(import.meta.dirname, name), 'utf8').matchAll(/from '([^']+)'/g)].map(
    match => match[1]!,
  )

describe.each(sources)('%s', name => {
  test('imports this folder and the two cryptographic libraries', () => {
    const allowed = nodeOnly.has(name)
      ? /^(\.\/[a-z0-9-]+\.ts|node:.+)$/
      : /^(\.\/[a-z0-9-]+\.ts|@noble\/.+)$/
    for (const path of importsOf(name)) expect(path).toMatch(allowed)
  })

  test('reaches Node only from the command line', () => {
    if (nodeOnly.has(name)) return
    for (const path of importsOf(name)) expect(nodeOnly).not.toContain(path.replace('./', ''))
  })
})
