import type { Reader } from '@silian/kernel/database/database.ts'
import { isHan, isLatin } from '@silian/kernel/text/words.ts'
import { coverOf, piecesOf, type Span } from './cover.ts'
import { lookUp, type Word } from './lookup.ts'
import { initialsOfMixed, isMixedOf } from './mixed.ts'
import { groupOf, type Reading } from './reading.ts'
import type { Typed } from './typed.ts'

/** The longest name there is: 塔什库尔干塔吉克自治县. */
const LONGEST = 12
/** Letters of the longest word in pinyin. */
const LONGEST_SPOKEN = 24

interface KnownSpan extends Span<Word> {
  readonly part: string
  readonly isLatin: boolean
}

export interface Exact {
  readonly spans: readonly KnownSpan[]
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
export async function readExact(tx: Reader, generation: number, { parts, line }: Typed): Promise<Exact> {
  const letters = parts.filter(isLatin)
  const others = parts.filter(part => !isLatin(part))
  const words = await lookUp(tx, generation, {
    words: [
      ...others.flatMap(part => (isHan(part) ? piecesOf(part, 1, LONGEST) : [part])),
      ...letters.flatMap(part => piecesOf(part, 3, LONGEST_SPOKEN)),
    ],
    spoken: letters.flatMap(part => piecesOf(part, 2, LONGEST_SPOKEN)),
    initials: [...letters.flatMap(part => piecesOf(part, 2, 8)), ...(line ? initialsOfMixed(line) : [])],
  })
  const titles = words.filter(({ kind }) => kind === 'title')
  const usable = words.filter(({ kind }) => kind !== 'title')
  const spans = parts.flatMap(part => {
    const [all, latin] = [coverOf(part, finder(usable, isLatin(part)), costOf), isLatin(part)]
    return (latin ? likelySpans(part, all) : all).map(span => ({ ...span, part, isLatin: latin }))
  })
  const mixed = line === undefined ? [] : titles.filter(({ word }) => isMixedOf(word, line))
  return {
    spans,
    unknown: spans.filter(({ found }) => found.length === 0).length,
    titles: mixed.length > 0 ? mixed : wholeTitles(titles, parts),
  }
}

/**
 * First letters stand for one word, or for places and one word: any letters at all could be cut into pairs that begin
 * some words.
 */
function likelySpans(part: string, spans: readonly Span<Word>[]): readonly Span<Word>[] {
  const isShort = ({ from, to, found }: Span<Word>) => {
    const piece = part.slice(from, to)
    return found.some(word => word.initials === piece && word.word !== piece && word.spoken !== piece)
  }
  const goods = spans.filter(({ found }) => !found.some(({ kind }) => kind === 'area'))
  const pieces = new Set(spans.map(({ from, to }) => part.slice(from, to)))
  if (spans.length === 1 || (goods.length < 2 && pieces.size === spans.length)) return spans
  return spans.map(span => (isShort(span) ? { ...span, found: [] } : span))
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

/** Letters of a word that says something beside others that nobody knows. */
const LEAST_LETTERS = 4

/** What is known of it, where that says something. */
export function partReading({ spans, titles }: Exact): Reading {
  const isPlace = (span: KnownSpan | undefined) => span?.found.some(({ kind }) => kind === 'area') ?? false
  const says = (span: KnownSpan, i: number): boolean => {
    const signs = span.to - span.from
    if (span.isLatin) return signs >= Math.max(LEAST_LETTERS, span.part.length / 2)
    // 西林 in 阿莫西林 is no place
    if (isPlace(span)) return span.from === 0 || isPlace(spans[i - 1])
    // 鸡 in 鸡枞 and 牛 in 牛油果 are not what is sought, 鸡 in 山鸡 is: the last sign says what it is
    return signs > 1 || span.to === span.part.length
  }
  const known = spans
    .filter((span, i) => span.found.length > 0 && says(span, i))
    .map(({ found }) => groupOf(found))
  return { groups: known.filter(({ isWeak }) => !isWeak), titles: titles.map(titleOf), isLoose: true }
}
