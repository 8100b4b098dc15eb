import type { Reader } from '@silian/kernel/database/database.ts'
import { isHan, isLatin, runsIn } from '@silian/kernel/text/words.ts'
import { coverOf, piecesOf, type Span } from './cover.ts'
import { lookUp, type Word } from './lookup.ts'
import { groupOf, type Reading } from './reading.ts'

/** The longest name there is: 塔什库尔干塔吉克自治县. */
const LONGEST = 12
/** Letters of the longest word in pinyin. */
const LONGEST_SPOKEN = 24

/** A query in parts: runs of signs, numbers, and all its letters in one (`bai se mang guo`). */
export function partsOf(query: string): string[] {
  const runs = runsIn(query.slice(0, 60))
  const letters = runs.filter(isLatin).join('')
  return [...runs.filter(run => !isLatin(run)), ...(letters === '' ? [] : [letters])]
}

export interface Exact {
  readonly spans: readonly Span<Word>[]
  /** Signs of which nothing is known. */
  readonly unknown: number
  /** What the whole query, or what its letters, abbreviate. */
  readonly titles: readonly Word[]
}

/** Cheaper is better: a name of a class or place before a word, a long word before short ones. */
function costOf({ kind, word, initials }: Word, piece: string): number {
  if (word !== piece) return initials === piece ? 1.5 + 1 / piece.length : 1 + 2 / piece.length
  const isSingle = [...word].length === 1
  if (kind === 'class' || kind === 'area') return isSingle ? 1.6 : 1
  return isSingle ? 3 : 1.1
}

/** What each part of a query is in the words of the catalogue, with one statement. */
export async function readExact(tx: Reader, generation: number, parts: readonly string[]): Promise<Exact> {
  const letters = parts.filter(isLatin)
  const others = parts.filter(part => !isLatin(part))
  const words = await lookUp(tx, generation, {
    words: [
      ...others.flatMap(part => (isHan(part) ? piecesOf(part, 1, LONGEST) : [part])),
      ...letters.flatMap(part => piecesOf(part, 3, LONGEST_SPOKEN)),
    ],
    spoken: letters.flatMap(part => piecesOf(part, 2, LONGEST_SPOKEN)),
    initials: letters.flatMap(part => piecesOf(part, 2, 8)),
  })
  const titles = words.filter(({ kind }) => kind === 'title')
  const usable = words.filter(({ kind }) => kind !== 'title')
  const spans = parts.flatMap(part => coverOf(part, finder(usable, isLatin(part)), costOf))
  return {
    spans,
    unknown: spans.filter(({ found }) => found.length === 0).length,
    titles: wholeTitles(titles, parts),
  }
}

function finder(words: readonly Word[], isSpoken: boolean): (piece: string) => readonly Word[] {
  const by = (of: (word: Word) => string) => Map.groupBy(words, of)
  const [written, spoken, initials] = [
    by(({ word }) => word),
    by(word => word.spoken),
    by(word => word.initials),
  ]
  const none: readonly Word[] = []
  if (!isSpoken) return piece => written.get(piece) ?? none
  return piece => {
    const whole = [...(written.get(piece) ?? none), ...(spoken.get(piece) ?? none)]
    return whole.length > 0 ? whole : (initials.get(piece) ?? none)
  }
}

/** Titles that all parts together, or the letters alone, are written, spoken or abbreviated as. */
function wholeTitles(titles: readonly Word[], parts: readonly string[]): Word[] {
  const wholes = new Set([...parts, parts.join('')])
  const { true: exact = [], false: short = [] } = Object.groupBy(
    titles.filter(({ word, spoken, initials }) => [word, spoken, initials].some(text => wholes.has(text))),
    ({ word, spoken }) => String(wholes.has(word) || wholes.has(spoken)),
  )
  // 香鸡 of 蒙香鸡 begins like 新疆: what is left of a name is not meant before other words are
  return exact.length > 0 ? exact : short.filter(word => word.word === titleOf(word))
}

const titleOf = ({ key }: Word): string => key.slice(2)

/** Everything known of the query must be in an offer; undefined where something is not known. */
export function wholeReading({ spans, unknown, titles }: Exact): Reading | undefined {
  if (unknown > 0 || spans.length === 0) return undefined
  return { groups: spans.map(({ found }) => groupOf(found)), titles: titles.map(titleOf) }
}

/** The query is, in pinyin or by initials, a name. */
export function titleReading({ titles }: Exact): Reading | undefined {
  if (titles.length === 0) return undefined
  return { groups: [groupOf(titles)], titles: titles.map(titleOf) }
}

/** What is known of it, where that says something. */
export function partReading({ spans, titles }: Exact): Reading {
  // 鸡 in 鸡枞 is not what is sought, 鸡 in 山鸡 is: the last sign says what it is
  const isCutOff = ({ from, to }: Span<Word>) =>
    to - from === 1 && spans.some(next => next.from === to && next.found.length === 0)
  const known = spans
    .filter(span => span.found.length > 0 && !isCutOff(span))
    .map(({ found }) => groupOf(found))
  return { groups: known.filter(({ isWeak }) => !isWeak), titles: titles.map(titleOf) }
}
