import type { Reader } from '@silian/kernel/database/database.ts'
import { isHan, isLatin } from '@silian/kernel/text/words.ts'
import { lookUpBeginning, lookUpMixed, lookUpWithin } from './lookup.ts'
import { hear, mend } from './mend.ts'
import { isMixedOf } from './mixed.ts'
import { partReading, readExact, titleReading, wholeReading } from './read-exact.ts'
import { groupOf, isHopeful, type Reading } from './reading.ts'
import type { TreeWords } from './tree-words.ts'
import { typedOf, withoutFillers } from './typed.ts'

/** Words that one part may be the beginning of. */
const MOST_BEGUN = 40

/**
 * Ways to understand a query, the surest first: as it is written, spoken or abbreviated; as the beginning or a part of
 * words; with typing errors mended; by what is known of it, which is then said to be only like it. Made one by one: the
 * first that finds something is taken.
 */
export async function* readings(
  tx: Reader,
  generation: number,
  query: string,
  treeWords: () => Promise<TreeWords>,
): AsyncGenerator<Reading> {
  const typed = typedOf(query)
  if (typed.parts.length === 0) return
  const exact = await readExact(tx, generation, typed)
  const [title, whole] = [titleReading(exact), wholeReading(exact)]
  if (title && typed.parts.some(isLatin)) yield title
  if (whole) yield whole
  const parts = whole ? typed.parts : withoutFillers(typed.parts)
  const said = whole || parts === typed.parts ? exact : await readExact(tx, generation, { parts })
  const meant = wholeReading(said)
  if (meant && !whole) yield meant
  yield* unclear(tx, generation, parts, treeWords)
  // every word is known, and no offer has them all: the goods are shown without the place
  if (meant && !meant.groups.some(({ isWeak }) => isWeak)) yield goodsOf(meant)
  const known = partReading(said)
  yield known
  const goods = goodsOf(known)
  yield goods
  yield { ...known, groups: known.groups.filter(({ classes }) => classes.length > 0) }
  // 草鸡蛋 is an egg: what comes last says what it is
  yield { ...goods, groups: goods.groups.slice(-1) }
}

/** What is not known as it stands. */
async function* unclear(
  tx: Reader,
  generation: number,
  parts: readonly string[],
  treeWords: () => Promise<TreeWords>,
): AsyncGenerator<Reading> {
  const heard = await hear(tx, generation, parts)
  if (heard) yield* mendedReadings(tx, generation, heard)
  const mixed = await readMixed(tx, generation, parts)
  if (mixed) yield mixed
  const begun = await readBegun(tx, generation, parts)
  if (begun) yield begun
  const mended = await mend(tx, generation, parts, await treeWords())
  if (mended) yield* mendedReadings(tx, generation, mended)
}

/** Without places and what else says nothing alone. */
const goodsOf = (reading: Reading): Reading => ({
  ...reading,
  groups: reading.groups.filter(({ isArea, isWeak }) => !isArea && !isWeak),
  isLoose: true,
})

async function* mendedReadings(
  tx: Reader,
  generation: number,
  parts: readonly string[],
): AsyncGenerator<Reading> {
  const exact = await readExact(tx, generation, typedOf(parts.join(' ')))
  const whole = wholeReading(exact)
  if (whole && isHopeful(whole)) {
    yield { ...whole, corrected: parts.join(' ') }
    yield goodsOf(whole)
  }
  if (!whole) yield partReading(exact)
}

/** Letters of which some are whole syllables and some begin one: `zhaotlr`. */
async function readMixed(
  tx: Reader,
  generation: number,
  [part = '', ...others]: readonly string[],
): Promise<Reading | undefined> {
  if (others.length > 0 || !isLatin(part)) return undefined
  const words = await lookUpMixed(tx, generation, part)
  const meant = words.filter(({ word, kind }) => kind !== 'word' && isMixedOf(word, part))
  return meant.length === 0 ? undefined : { groups: [groupOf(meant)], titles: [] }
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
    const words = begun.length > 0 || isLatin(part) ? begun : await readWithin(tx, generation, part)
    if (words.length === 0) return undefined
    groups.push(groupOf(words))
  }
  return { groups, titles: [] }
}

/** Words that hold the part; one sign says what a thing is where it ends its name: 参 of 人参. */
async function readWithin(tx: Reader, generation: number, part: string) {
  const words = await lookUpWithin(tx, generation, part, MOST_BEGUN)
  return isHan(part) && part.length === 1
    ? words.filter(({ word, kind }) => word.endsWith(part) && kind !== 'seller' && kind !== 'area')
    : words
}
