import { loose, soundOf } from '@silian/kernel/text/words.ts'
import type { SearchClass } from './reference.ts'
import { sameGoods } from './synonyms.ts'

/** Words of goods, on sale or not: what is one of them is no error of another. */
export interface TreeWords {
  /** As it is written or, in letters, spoken: 芒果 is not meant to be 干果 in the months without it. */
  isWord(piece: string): boolean
}

export function treeWords(classes: Iterable<SearchClass>): TreeWords {
  const written = new Set([...classes].flatMap(({ words }) => words).concat(sameGoods.flat()))
  const spoken = new Set([...written].map(word => loose(soundOf(word).spoken)))
  return { isWord: piece => written.has(piece) || (piece.length > 3 && spoken.has(loose(piece))) }
}
