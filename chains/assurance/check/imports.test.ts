import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'

// What checks the ledger, the figures and the log must not be made of them: it would repeat their mistakes.
const root = join(import.meta.dirname, '../../..')
// A metric's definition and its pure arithmetic are what is checked against; what keeps, stores and publishes it is not used.
const forbidden = /^kernel\/(ledger|metric\/(?!(define|fold|generation|measure|period)\.ts)|log)\//

function fileOf(from: string, path: string): string | undefined {
  if (path.startsWith('.')) return join(dirname(from), path)
  return path.startsWith('@silian/') ? join(root, path.slice('@silian/'.length)) : undefined
}

/** What a file imports when it runs; types are gone by then. */
const importsOf = (file: string): string[] =>
  [...readFileSync(file, 'utf8').matchAll(/^(?:import|export) (?!type )[^'"]*?from '([^']+)'/gms)].flatMap(
    match => fileOf(file, match[1]!) ?? [],
  )

function reachedFrom(entry: string): string[] {
  const reached = new Set([entry])
  for (const file of reached) for (const next of importsOf(file)) if (existsSync(next)) reached.add(next)
  return [...reached].map(file => file.slice(root.length + 1))
}

it('reaches neither ledger nor metric nor log', () => {
  const reached = reachedFrom(join(import.meta.dirname, 'check.ts'))
  expect(reached.filter(file => forbidden.test(file))).toEqual([])
  // and the search does reach something
  expect(reached).toContain('chains/production/links/rules.ts')
  expect(reached).toContain('kernel/money/money.ts')
})
