import { pinyin } from 'pinyin-pro'

const HAN = /\p{Script=Han}/u
/** A name longer than this is found by its beginning. */
const LONGEST = 40
const MOST_WORDS = 8

const wordsOf = (text: string): string[][] =>
  (
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  ).map(word => [...word].slice(0, LONGEST))

/** All from a place on where somebody may begin to type: each Chinese character, and the start of each other run. */
function suffixes(characters: readonly string[]): string[] {
  return characters.flatMap((character, i) => {
    const begins = i === 0 || HAN.test(character) || HAN.test(characters[i - 1]!)
    return begins ? [characters.slice(i).join('')] : []
  })
}

/** The suffixes of a Chinese word's pinyin by syllable, and of its initials: 百色 → baise, se, bs, s. */
function sounds(characters: readonly string[]): string[] {
  if (!characters.some(character => HAN.test(character))) return []
  const syllables = pinyin(characters.join(''), { toneType: 'none', type: 'array', v: true }).map(syllable =>
    syllable.toLowerCase().replace(/[^\p{L}\p{N}]/gu, ''),
  )
  return syllables.flatMap((_, i) => [
    syllables.slice(i).join(''),
    syllables
      .slice(i)
      .map(syllable => syllable[0] ?? '')
      .join(''),
  ])
}

/** Everything by whose beginning a text is found. */
export function lexemesOf(texts: readonly string[]): string[] {
  const found = texts.flatMap(text =>
    wordsOf(text).flatMap(characters => [...suffixes(characters), ...sounds(characters)]),
  )
  return [...new Set(found)].filter(lexeme => lexeme !== '')
}

/** What is asked for as a tsquery: each word is the beginning of some lexeme. Undefined when there is nothing to look for. */
export function searchQuery(text: string): string | undefined {
  const words = wordsOf(text).slice(0, MOST_WORDS)
  return words.length === 0 ? undefined : words.map(word => `'${word.join('')}':*`).join(' & ')
}
