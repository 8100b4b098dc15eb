import type { Writer } from '@silian/kernel/database/database.ts'
import { learn } from '@silian/kernel/text/cut.ts'
import { documentOf, type OfferDocument } from './document.ts'
import { areaSteps } from './facet.ts'
import { type Generation, lockGenerations, raiseRevision } from './generation.ts'
import { keepDocuments } from './keep.ts'
import { searchAreas, searchClasses } from './reference.ts'
import { readSources } from './source.ts'
import { sameGoods } from './synonyms.ts'
import { hasWritten } from './written.ts'

/** Documents of those of the offers that are on sale. */
export async function readDocuments(tx: Writer, ids: readonly string[]): Promise<OfferDocument[]> {
  const sources = await readSources(tx, ids)
  const classes = await searchClasses(tx)
  const areas = await searchAreas(tx, [...new Set(sources.map(({ countyCode }) => countyCode))])
  const areaWords = sources.flatMap(({ countyCode }) =>
    areaSteps(countyCode).flatMap(step => areas.get(step)?.words ?? []),
  )
  learn([...[...classes.values()].flatMap(({ words }) => words), ...areaWords, ...sameGoods.flat()])
  return sources.map(source => documentOf(source, { classes, areas }))
}

/** Writes the offers as they are now into every generation that is kept; the caller's transaction sees them so. */
export async function writeOffers(
  tx: Writer,
  ids: readonly string[],
  into: (tx: Writer) => Promise<readonly Generation[]> = lockGenerations,
): Promise<void> {
  if (ids.length === 0) return
  // first the lock: what is read after it is not older than what another has written
  const generations = await into(tx)
  const documents = await readDocuments(tx, ids)
  for (const generation of generations) await keepDocuments(tx, generation, ids, documents)
  await raiseRevision(
    tx,
    generations.map(({ generation }) => generation),
  )
  tx.afterCommit(() => hasWritten(tx.programme))
}
