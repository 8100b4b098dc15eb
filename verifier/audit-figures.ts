import { parseBundle } from './bundle.ts'
import { equalBytes } from './bytes.ts'
import { parseEntry } from './entry.ts'
import { FigureFold, type FigurePlan } from './figures.ts'
import type { Problem } from './problems.ts'
import { sha256 } from './sha256.ts'
import { type FetchBytes, readAll } from './source.ts'
import { bundlePathsOf, tileWidth, widthOf } from './tiles.ts'

/** Second reading of the entries: recompute every figure. `digests` are those of the bundles of the first reading. */
export async function checkFigures(
  fetchBytes: FetchBytes,
  size: number,
  plan: FigurePlan,
  digests: readonly Uint8Array[],
  onBundle: (entries: number) => void,
): Promise<Problem[]> {
  if (plan.figures.size === 0) return []
  const fold = new FigureFold(plan)
  const problems: Problem[] = []
  let number = 0
  for await (const { path, bytes } of readAll(fetchBytes, bundlePathsOf(size))) {
    if (!bytes.ok) return [...problems, bytes.problem]
    // A server could serve other entries the second time; only the bytes that made the root may be summed.
    if (!equalBytes(sha256(bytes.value), digests[number]!))
      return [...problems, { name: 'bundle.changed', path }]
    problems.push(...foldBundle(fold, bytes.value, number, widthOf(size, 0, number)))
    number++
    onBundle(Math.min(size, number * tileWidth))
  }
  return problems
}

function foldBundle(fold: FigureFold, bytes: Uint8Array, number: number, width: number): Problem[] {
  const entries = parseBundle(bytes, width) ?? []
  return entries.flatMap((entry, at) => {
    const index = number * tileWidth + at
    const parsed = parseEntry(entry)
    return parsed.ok ? fold.add(index, parsed.value.entry).map(problem => ({ ...problem, index })) : []
  })
}
