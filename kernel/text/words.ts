import { syllablesOf } from './read-aloud.ts'

const TONES = /[\u0300\u0301\u0304\u030c]/g

/** Texts in one form: full-width signs, capitals and the tones of pinyin do not matter. */
export const plain = (text: string): string =>
  text.normalize('NFKC').toLowerCase().normalize('NFD').replace(TONES, '').normalize('NFC')

const MEASURES_AND_RUNS =
  /\d+(?:\.\d+)?(?:千克|公斤|毫升|斤|克|两|升|个|枚|只|袋|盒|箱|瓶|罐|包|kg|ml|g|l)?装?|\p{Script=Han}+|[[\p{L}\p{M}]--\p{Script=Han}]+/gv

/** Runs of Chinese signs; of letters; of a number with what it counts (`5斤装`, `500ml`). */
export const runsIn = (text: string): string[] => plain(text).match(MEASURES_AND_RUNS) ?? []

export const isHan = (text: string): boolean => /^\p{Script=Han}+$/u.test(text)
export const isLatin = (text: string): boolean => /^[a-zü]+$/.test(text)

export interface Sound {
  readonly spoken: string
  readonly initials: string
}

const SILENT: Sound = { spoken: '', initials: '' }
const sounds = new Map<string, Sound>()
const MOST_SOUNDS = 20_000

/** Kept: whoever searches or mends a word asks for the same few again and again. */
export function soundOf(word: string): Sound {
  if (!isHan(word)) return SILENT
  const known = sounds.get(word)
  if (known) return known
  if (sounds.size >= MOST_SOUNDS) sounds.clear()
  const sound = soundOfHan(word)
  sounds.set(word, sound)
  return sound
}

function soundOfHan(word: string): Sound {
  const syllables = syllablesOf(word)
  const initials = syllables.map(syllable => syllable[0] ?? '').join('')
  return { spoken: syllables.join(''), initials: initials.length > 1 ? initials : '' }
}

/** What many do not tell apart when they speak: zh and z, ng and n, n and l before a vowel, hu and f. */
export const loose = (spoken: string): string =>
  spoken
    .replace(/([zcs])h/g, '$1')
    .replace(/ng(?![aeiou])/g, 'n')
    .replace(/v/g, 'u')
    .replace(/n(?=[aeiou])/g, 'l')
    .replace(/hu(?=[aeo])|h(?=u)/g, 'f')

/** The text and what is left of it when one sign is taken away. */
const withOneLess = (text: string): string[] => {
  const signs = [...text]
  return [...new Set([text, ...signs.map((_, i) => signs.toSpliced(i, 1).join(''))])]
}

/** FNV-1a, as PostgreSQL's int: a clash costs a look, since words are compared after. */
export function numberOf(text: string): number {
  let hash = 0x811c9dc5
  for (const byte of Buffer.from(text)) hash = Math.imul(hash ^ byte, 0x01000193)
  return hash | 0
}

/** Shorter words have too many neighbours to say which was meant. */
const LEAST_SIGNS = 3
const LEAST_LETTERS = 5
/** What sounds alike as a whole, or has an error more than a word of one letter less. */
const LEAST_HEARD = 3

/** Numbers that two words share when one can be made of the other by one error in its signs, letters or sound. */
export function nearNumbers(word: string): number[] {
  const signs = isHan(word) && [...word].length >= LEAST_SIGNS ? withOneLess(word) : []
  const letters = isHan(word) ? soundOf(word).spoken : word
  const spoken = letters.length >= LEAST_LETTERS ? [letters, loose(letters)].flatMap(withOneLess) : []
  const whole = letters.length >= LEAST_HEARD ? [letters, loose(letters)] : []
  return [...new Set([...signs, ...spoken, ...whole].map(numberOf))]
}

/** At most one sign put in, left out, changed, or swapped with the next. */
export function isOneError(a: string, b: string): boolean {
  const [x, y] = [[...a], [...b]]
  if (Math.abs(x.length - y.length) > 1) return false
  let start = 0
  while (start < x.length && x[start] === y[start]) start += 1
  let end = 0
  while (end < x.length - start && end < y.length - start && x.at(-1 - end) === y.at(-1 - end)) end += 1
  const [left, right] = [x.slice(start, x.length - end), y.slice(start, y.length - end)]
  if (left.length <= 1 && right.length <= 1) return true
  return left.length === 2 && right.length === 2 && left[0] === right[1] && left[1] === right[0]
}
