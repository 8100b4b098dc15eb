import { syllablesOf } from '@silian/kernel/text/read-aloud.ts'
import { isHan } from '@silian/kernel/text/words.ts'

/** Ways to cut a line that are tried, and words as long as names are. */
const MOST_WAYS = 64
const MOST_STEPS = 2000
const MOST_SYLLABLES = 12

/** Every syllable that pinyin has, by what it is made of. */
const SYLLABLE =
  /^(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?(?:iang|iong|uang|ueng|ang|eng|ing|ong|iao|ian|uai|uan|van|ai|ei|ao|ou|an|en|in|un|vn|ia|ie|iu|ua|uo|ui|ue|ve|er|a|o|e|i|u|v)$/
const BEGINS = /^[a-z]/

/**
 * First letters of the syllables that a line of signs, whole syllables and first letters may stand for: `baisemg` and
 * `百色mg` are `bsmg`.
 */
export function initialsOfMixed(line: string): string[] {
  const begun: { rest: readonly string[]; initials: string }[] = [{ rest: piecesOf(line), initials: '' }]
  const found = new Set<string>()
  let steps = 0
  for (let way = begun.pop(); way && found.size < MOST_WAYS && steps < MOST_STEPS; way = begun.pop()) {
    steps += 1
    const [piece = '', ...rest] = way.rest
    if (piece === '' || way.initials.length > MOST_SYLLABLES) {
      if (way.initials.length > 1 && way.initials.length <= MOST_SYLLABLES) found.add(way.initials)
      continue
    }
    // a sign's syllable is whole; letters are a syllable, the longest first, or the first letter of one
    const cuts = /^[A-Z]/.test(piece) ? [piece.length] : cutsOf(piece)
    for (const cut of cuts) {
      const left = piece.slice(cut)
      begun.push({
        rest: left === '' ? rest : [left, ...rest],
        initials: way.initials + piece[0]!.toLowerCase(),
      })
    }
  }
  return [...found]
}

/** Signs as syllables with a capital, letters as they are. */
const piecesOf = (line: string): string[] =>
  (line.match(/\p{Script=Han}+|[a-z]+/gu) ?? []).flatMap(run =>
    isHan(run) ? syllablesOf(run).map(text => text.replace(BEGINS, first => first.toUpperCase())) : [run],
  )

/** The last is tried first. */
const cutsOf = (letters: string): number[] =>
  [1, 2, 3, 4, 5, 6].filter(
    length =>
      length <= letters.length &&
      (SYLLABLE.test(letters.slice(0, length)) || (length === 1 && !/[iuv]/.test(letters[0]!))),
  )

/** Whether a word is what the line stands for: each of its syllables whole, or by how it begins. */
export function isMixedOf(word: string, line: string): boolean {
  const letters = piecesOf(line).join('').toLowerCase()
  const fits = (syllables: readonly string[], at: number): boolean => {
    const [syllable, ...rest] = syllables
    if (syllable === undefined) return at === letters.length
    return beginningsOf(syllable).some(text => letters.startsWith(text, at) && fits(rest, at + text.length))
  }
  return isHan(word) && fits(syllablesOf(word), 0)
}

const beginningsOf = (syllable: string): string[] => [
  ...new Set([syllable, ...(/^[zcs]h/.test(syllable) ? [syllable.slice(0, 2)] : []), syllable[0]!]),
]
