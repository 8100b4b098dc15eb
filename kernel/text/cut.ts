import { Jieba } from '@node-rs/jieba'
import { dict } from '@node-rs/jieba/dict.js'
import { isHan, runsIn } from './words.ts'

// the dictionary takes half a second and forty megabytes: read when the first offer is written, and once
let jieba: Jieba | undefined
const known = new Set<string>()

/** More often than anything in the dictionary: a word of the catalogue is not taken apart. */
const ALWAYS = 5_000_000

/** Teaches the catalogue's own words: classes with what people call them, counties. */
export function learn(words: Iterable<string>): void {
  jieba ??= Jieba.withDict(dict)
  const fresh = [...words].filter(word => isHan(word) && word.length > 1 && !known.has(word))
  if (fresh.length === 0) return
  jieba.loadDict(Buffer.from(fresh.map(word => `${word} ${ALWAYS} n\n`).join('')))
  for (const word of fresh) known.add(word)
}

/** Words of a text in their order, Chinese ones cut; those of the catalogue stay whole. */
export const cut = (text: string): string[] =>
  runsIn(text).flatMap(run => (isHan(run) ? jieba!.cut(run, false) : [run]))

/** Shorter words in one that is not of the catalogue: 苹果 in 苹果梨. */
export const wordsWithin = (word: string): string[] =>
  known.has(word) || !isHan(word) || word.length < 3
    ? []
    : jieba!.cutForSearch(word, false).filter(inner => inner !== word && inner.length > 1)
