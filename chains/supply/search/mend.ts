import type { Reader } from '@silian/kernel/database/database.ts'
import { lookAlikes } from '@silian/kernel/text/look-alike.ts'
import {
  isHan,
  isLatin,
  isOneError,
  loose,
  nearNumbers,
  numberOf,
  soundOf,
} from '@silian/kernel/text/words.ts'
import { coverOf, piecesOf } from './cover.ts'
import { lookUp, lookUpNear, type Word } from './lookup.ts'
import type { TreeWords } from './tree-words.ts'

/** Parts of a query with their typing errors mended, as far as the words of the catalogue tell; undefined where none is. */
export async function mend(
  tx: Reader,
  generation: number,
  parts: readonly string[],
  tree: TreeWords,
): Promise<string[] | undefined> {
  const mended: string[] = []
  for (const part of parts)
    mended.push(
      isHan(part)
        ? await mendSigns(tx, generation, part, tree)
        : isLatin(part) && !tree.isWord(part)
          ? await mendLetters(tx, generation, part)
          : part,
    )
  return mended.some((part, i) => part !== parts[i]) ? mended : undefined
}

/** Letters that sound like a word to who does not tell zh from z or ng from n; undefined where none do. */
export async function hear(
  tx: Reader,
  generation: number,
  parts: readonly string[],
): Promise<string[] | undefined> {
  const letters = parts.filter(isLatin)
  if (letters.length === 0) return undefined
  const near = await lookUpNear(
    tx,
    generation,
    letters.map(part => numberOf(loose(part))),
  )
  const heard = parts.map(part =>
    isLatin(part)
      ? (likeliest(
          near.filter(({ spoken }) => loose(spoken) === loose(part)),
          loose(part),
        )?.word ?? part)
      : part,
  )
  return heard.some((part, i) => part !== parts[i]) ? heard : undefined
}

const rank: Readonly<Record<Word['kind'], number>> = {
  class: 0,
  title: 1,
  area: 2,
  word: 3,
  pack: 4,
  seller: 5,
  filter: 6,
}

/** The likeliest of several that are near: what sounds the same, then by kind and by how much it finds. */
const likeliest = (words: readonly Word[], sound = '', typed = ''): Word | undefined =>
  words.toSorted(
    (a, b) =>
      Number(loose(b.spoken) === sound) - Number(loose(a.spoken) === sound) ||
      Number(isOneError(b.spoken, typed)) - Number(isOneError(a.spoken, typed)) ||
      rank[a.kind] - rank[b.kind] ||
      // of the names of a class the one that goods bear
      Number(isBorne(words, b)) - Number(isBorne(words, a)) ||
      b.offers - a.offers ||
      (a.word < b.word ? -1 : 1),
  )[0]

const isBorne = (words: readonly Word[], { word }: Word): boolean =>
  words.some(other => other.kind === 'word' && other.word === word)

interface Meant {
  readonly word: string
  readonly cost: number
}

const LONGEST = 12
/** A text as long as this is no name: only words in it are mended. */
const LONG = 20
const SHORTER = 5

/** A wrong sign of the same sound, or one sign too many, too few or wrong. */
async function mendSigns(tx: Reader, generation: number, part: string, tree: TreeWords): Promise<string> {
  const pieces = piecesOf(part, 1, part.length > LONG ? SHORTER : LONGEST)
  const spokenOf = new Map(
    pieces
      .filter(piece => piece.length > 1 || part.length === 1)
      .map(piece => [piece, soundOf(piece).spoken]),
  )
  const looks = new Map(pieces.filter(isLookedAt).map(piece => [piece, lookAlikes(piece)]))
  const known = await lookUp(tx, generation, {
    words: [...pieces, ...[...looks.values()].flat()],
    spoken: [...new Set(spokenOf.values())],
  })
  const numbersOf = new Map(
    pieces.filter(piece => piece.length > 1).map(piece => [piece, nearNumbers(piece)]),
  )
  const near = await lookUpNear(tx, generation, [...new Set([...numbersOf.values()].flat())])
  const nearBy = wordsByNumber(near)
  const words = Map.groupBy(known, ({ word }) => word)
  const spoken = Map.groupBy(known, word => word.spoken)
  const knownIn = (piece: string): string[] =>
    piecesOf(piece, 2, piece.length - 1).filter(inner => words.has(inner))
  const closeTo = (piece: string): Word | undefined => {
    const close = new Set((numbersOf.get(piece) ?? []).flatMap(number => nearBy.get(number) ?? []))
    const known = close.size > 0 ? knownIn(piece) : []
    return likeliest([...close].filter(word => isNear(word, piece, known)))
  }
  const spans = coverOf(
    part,
    piece => meantBy(piece),
    ({ cost }) => cost,
  )
  const signs = [...part]
  return spans.map(({ from, to, found }) => found[0]?.word ?? signs.slice(from, to).join('')).join('')

  function meantBy(piece: string): Meant[] {
    const itself = words.get(piece)
    if (itself)
      return [
        { word: piece, cost: piece.length > 1 ? 1 : itself.some(({ kind }) => kind === 'class') ? 2.5 : 3.5 },
      ]
    // known, and not on sale
    if (piece.length > 1 && tree.isWord(piece)) return [{ word: piece, cost: 1 }]
    const sound = spokenOf.get(piece)
    const alike = sound === undefined ? undefined : likeliest(spoken.get(sound) ?? [])
    if (alike) return [{ word: alike.word, cost: 1.6 }]
    const look = likeliest((looks.get(piece) ?? []).flatMap(other => words.get(other) ?? []))
    if (look) return [{ word: look.word, cost: 1.7 }]
    const close = closeTo(piece)
    return close ? [{ word: close.word, cost: 2.4 }] : []
  }
}

/** Words by the numbers that what is near to them shares. */
function wordsByNumber(near: readonly Word[]): Map<number, Word[]> {
  const byNumber = new Map<number, Word[]>()
  for (const word of near)
    for (const number of nearNumbers(word.word)) {
      const others = byNumber.get(number)
      if (others) others.push(word)
      else byNumber.set(number, [word])
    }
  return byNumber
}

/** Pieces as long as words are. */
const isLookedAt = ({ length }: string): boolean => length > 1 && length < 7

/** Whether one was likely typed for the other. `known`: words that the piece holds. */
function isNear({ word, key, kind }: Word, piece: string, known: readonly string[]): boolean {
  if (!isHan(word)) return false
  // 百芒果, 巴马猪香腊肉: no sign that the name has not
  if (piece.length > 2 && word.length > 2 && isSlip(word, piece)) return true
  const isWhole = kind !== 'title' || key.endsWith(`:${word}`)
  const { length } = word
  // 百色苹果 is not 百色芒果, 白色芒果 is
  const isOther = known.some(inner => !word.includes(inner))
  const least = known.length > 0 ? 4 : 2
  if (!isOther && isWhole && length >= least && piece.length > 2 && isOneError(word, piece)) return true
  if (piece.length !== length || length < least) return false
  return length === 2
    ? kind !== 'word' && sharesSign(word, piece) && soundsNear(word, piece)
    : soundsNear(word, piece)
}

function soundsNear(word: string, piece: string): boolean {
  const [a, b] = [loose(soundOf(word).spoken), loose(soundOf(piece).spoken)]
  return a === b || isOneError(a, b)
}

const sharesSign = (word: string, piece: string): boolean =>
  [...word].some((sign, at) => sign === [...piece][at])

/** One sign left out, typed twice, or swapped with the next. */
function isSlip(word: string, piece: string): boolean {
  if (!isOneError(word, piece)) return false
  const [long, short] = word.length < piece.length ? [piece, word] : [word, piece]
  if (long.length === short.length) return [...word].toSorted().join() === [...piece].toSorted().join()
  return word.length > piece.length
    ? word[0] === piece[0] && word.at(-1) === piece.at(-1)
    : [...piece].some((sign, at) => sign === piece[at + 1])
}

/** A letter too many, too few, wrong or swapped with the next, in the whole or in what follows or precedes a known word. */
async function mendLetters(tx: Reader, generation: number, part: string): Promise<string> {
  const ends = Array.from({ length: Math.max(part.length - 4, 0) }, (_, i) => i + 2)
  const cuts = ends.map(at => [part.slice(0, at), part.slice(at)] as const)
  const known = await lookUp(tx, generation, { spoken: cuts.flat(), words: cuts.flat() })
  const near = await lookUpNear(tx, generation, [...new Set([part, ...cuts.flat()].flatMap(nearNumbers))])
  const mistyped = (piece: string) =>
    likeliest(
      near.filter(word => isMistyped(word, piece)),
      loose(piece),
      piece,
    )
  const whole = mistyped(part)
  if (whole) return whole.word
  const found = cuts.flatMap(([a, b]) => {
    const [before, after] = [likeliest(known.filter(isSpelt(a))), likeliest(known.filter(isSpelt(b)))]
    if (before) return pair(before.word, mistyped(b)?.word)
    return after ? pair(mistyped(a)?.word, after.word) : []
  })
  return found[0] ?? part
}

const pair = (a: string | undefined, b: string | undefined): string[] =>
  a === undefined || b === undefined ? [] : [`${a}${b}`]

const isSpelt =
  (piece: string) =>
  ({ word, spoken }: Word): boolean =>
    spoken === piece || word === piece

function isMistyped({ word, spoken }: Word, piece: string): boolean {
  const letters = spoken === '' ? word : spoken
  return isOneError(letters, piece) || isOneError(loose(letters), loose(piece))
}
