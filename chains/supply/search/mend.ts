import type { Reader } from '@silian/kernel/database/database.ts'
import { isHan, isLatin, isOneError, loose, nearNumbers, soundOf } from '@silian/kernel/text/words.ts'
import { coverOf, piecesOf } from './cover.ts'
import { lookUp, lookUpNear, type Word } from './lookup.ts'

/** Parts of a query with their typing errors mended, as far as the words of the catalogue tell; undefined where none is. */
export async function mend(
  tx: Reader,
  generation: number,
  parts: readonly string[],
): Promise<string[] | undefined> {
  const mended: string[] = []
  for (const part of parts)
    mended.push(
      isHan(part)
        ? await mendSigns(tx, generation, part)
        : isLatin(part)
          ? await mendLetters(tx, generation, part)
          : part,
    )
  return mended.some((part, i) => part !== parts[i]) ? mended : undefined
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
const likeliest = (words: readonly Word[], sound = ''): Word | undefined =>
  words.toSorted(
    (a, b) =>
      Number(loose(b.spoken) === sound) - Number(loose(a.spoken) === sound) ||
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

/** A wrong sign of the same sound, or one sign too many, too few or wrong. */
async function mendSigns(tx: Reader, generation: number, part: string): Promise<string> {
  const pieces = piecesOf(part, 1, LONGEST)
  const spokenOf = new Map(
    pieces
      .filter(piece => piece.length > 1 || part.length === 1)
      .map(piece => [piece, soundOf(piece).spoken]),
  )
  const known = await lookUp(tx, generation, { words: pieces, spoken: [...new Set(spokenOf.values())] })
  const near = await lookUpNear(tx, generation, [
    ...new Set(pieces.filter(piece => piece.length > 2).flatMap(nearNumbers)),
  ])
  const words = Map.groupBy(known, ({ word }) => word)
  const spoken = Map.groupBy(known, word => word.spoken)
  const spans = coverOf(
    part,
    piece => meantBy(piece),
    ({ cost }) => cost,
  )
  const signs = [...part]
  return spans.map(({ from, to, found }) => found[0]?.word ?? signs.slice(from, to).join('')).join('')

  function holdsKnown(piece: string): boolean {
    return piecesOf(piece, 2, piece.length - 1).some(inner => words.has(inner))
  }

  function meantBy(piece: string): Meant[] {
    const itself = words.get(piece)
    if (itself)
      return [
        { word: piece, cost: piece.length > 1 ? 1 : itself.some(({ kind }) => kind === 'class') ? 2.5 : 3.5 },
      ]
    const sound = spokenOf.get(piece)
    const alike = sound === undefined ? undefined : likeliest(spoken.get(sound) ?? [])
    if (alike) return [{ word: alike.word, cost: 1.6 }]
    const close = likeliest(near.filter(word => isNear(word, piece, !holdsKnown(piece))))
    return close ? [{ word: close.word, cost: 2.4 }] : []
  }
}

/** By its sound; by its signs only where the piece is no known word with another sign, and what is left of a name is none. */
function isNear({ word, key, kind }: Word, piece: string, bySigns: boolean): boolean {
  if (!isHan(word)) return false
  const isWhole = kind !== 'title' || key.endsWith(`:${word}`)
  if (bySigns && isWhole && piece.length > 2 && isOneError(word, piece)) return true
  const [a, b] = [loose(soundOf(word).spoken), loose(soundOf(piece).spoken)]
  return piece.length === [...word].length && (a === b || isOneError(a, b))
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
