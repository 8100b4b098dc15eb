import type { Reader } from '@silian/kernel/database/database.ts'
import { isLatin } from '@silian/kernel/text/words.ts'
import { lookUpBeginning, lookUpWithin } from './lookup.ts'
import { mend } from './mend.ts'
import { partReading, partsOf, readExact, titleReading, wholeReading } from './read-exact.ts'
import { groupOf, isHopeful, type Reading } from './reading.ts'

/** Words that one part may be the beginning of. */
const MOST_BEGUN = 40

/**
 * Ways to understand a query, the surest first: as it is written, spoken or abbreviated; as the beginning or a part of
 * words; with typing errors mended; by what is known of it. Made one by one: the first that finds something is taken.
 */
export async function* readings(tx: Reader, generation: number, query: string): AsyncGenerator<Reading> {
  const parts = partsOf(query)
  if (parts.length === 0) return
  const exact = await readExact(tx, generation, parts)
  const isSpoken = parts.some(isLatin)
  const [title, whole] = [titleReading(exact), wholeReading(exact)]
  if (isSpoken && title) yield title
  if (whole) yield whole
  // every word is known, and no offer has them all: the goods are shown without the place
  if (whole && !whole.groups.some(({ isWeak }) => isWeak)) yield goodsOf(whole)
  const begun = await readBegun(tx, generation, parts)
  if (begun) yield begun
  const mended = await mend(tx, generation, parts)
  if (mended) yield* mendedReadings(tx, generation, mended)
  const known = partReading(exact)
  yield known
  yield goodsOf(known)
  yield { ...known, groups: known.groups.filter(({ classes }) => classes.length > 0) }
}

/** Without places and what else says nothing alone. */
const goodsOf = (reading: Reading): Reading => ({
  ...reading,
  groups: reading.groups.filter(({ isArea, isWeak }) => !isArea && !isWeak),
})

async function* mendedReadings(
  tx: Reader,
  generation: number,
  parts: readonly string[],
): AsyncGenerator<Reading> {
  const exact = await readExact(tx, generation, partsOf(parts.join(' ')))
  const reading = wholeReading(exact) ?? partReading(exact)
  if (isHopeful(reading)) yield { ...reading, corrected: parts.join(' ') }
}

/** Parts that are no whole words; undefined where one begins nothing. */
async function readBegun(
  tx: Reader,
  generation: number,
  parts: readonly string[],
): Promise<Reading | undefined> {
  const groups = []
  for (const part of parts) {
    const begun = await lookUpBeginning(tx, generation, part, MOST_BEGUN)
    const words =
      begun.length > 0 || isLatin(part) || part.length < 2
        ? begun
        : await lookUpWithin(tx, generation, part, MOST_BEGUN)
    if (words.length === 0) return undefined
    groups.push(groupOf(words))
  }
  return { groups, titles: [] }
}
