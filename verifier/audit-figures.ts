import { parseBundle } from './bundle.ts'
import { equalBytes } from './bytes.ts'
import { parseEntry } from './entry.ts'
import { FigureFold, type FigurePlan } from './figures.ts'
import type { FigureShares, Grades } from './grades.ts'
import type { Problem } from './problems.ts'
import { leafHash } from './rfc6962.ts'
import { sha256 } from './sha256.ts'
import { type FetchBytes, readAll } from './source.ts'
import { bundlePathsOf, tileWidth, widthOf } from './tiles.ts'

/** Second reading of the entries: recompute every figure. `digests` are those of the bundles of the first reading. */
export async function checkFigures(
  fetchBytes: FetchBytes,
  size: number,
  { plan, grades }: { readonly plan: FigurePlan; readonly grades: Grades },
  digests: readonly Uint8Array[],
  onBundle: (entries: number) => void,
): Promise<{ problems: Problem[]; shares: readonly FigureShares[] }> {
  if (plan.figures.size === 0) return { problems: [], shares: [] }
  const fold = new FigureFold(plan)
  const problems: Problem[] = []
  let number = 0
  for await (const { path, bytes } of readAll(fetchBytes, bundlePathsOf(size))) {
    if (!bytes.ok) return { problems: [...problems, bytes.problem], shares: [] }
    // A server could serve other entries the second time; only the bytes that made the root may be summed.
    if (!equalBytes(sha256(bytes.value), digests[number]!))
      return { problems: [...problems, { name: 'bundle.changed', path }], shares: [] }
    problems.push(...foldBundle({ fold, plan, grades }, bytes.value, number, widthOf(size, 0, number)))
    number++
    onBundle(Math.min(size, number * tileWidth))
  }
  return { problems, shares: fold.shares }
}

interface Folding {
  readonly fold: FigureFold
  readonly plan: FigurePlan
  readonly grades: Grades
}

function foldBundle(
  { fold, plan, grades }: Folding,
  bytes: Uint8Array,
  number: number,
  width: number,
): Problem[] {
  const entries = parseBundle(bytes, width) ?? []
  return entries.flatMap((entry, at) => {
    const index = number * tileWidth + at
    const parsed = parseEntry(entry)
    if (!parsed.ok) return []
    const { entry: fact } = parsed.value
    const marks = plan.byFact.has(fact.type) ? grades.marksOf(leafHash(entry), fact.refs) : 0
    return fold.add(index, fact, marks).map(problem => ({ ...problem, index }))
  })
}
