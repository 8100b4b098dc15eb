import { Jieba } from '@node-rs/jieba'
import { dict } from '@node-rs/jieba/dict.js'
import { isHan, runsIn } from './words.ts'

// the dictionary takes half a second and forty megabytes: read when it is first needed, and once
let loaded: Jieba | undefined
const jieba = (): Jieba => (loaded ??= Jieba.withDict(dict))

const known = new Set<string>()
let longest = 1

/** Teaches words that are never taken apart: what things and places are called. */
export function learn(words: Iterable<string>): void {
  for (const word of words)
    if (isHan(word) && word.length > 1) {
      known.add(word)
      longest = Math.max(longest, word.length)
    }
}

/** Words of a text in their order, Chinese ones cut; those that were taught stay whole. */
export const cut = (text: string): string[] =>
  runsIn(text).flatMap(run => (isHan(run) ? cutSigns(run) : [run]))

/** Longest known words first; what lies between them is cut by the dictionary where it may be more than one word. */
function cutSigns(run: string): string[] {
  const words: string[] = []
  let between = ''
  const end = () => {
    if (between !== '') words.push(...(between.length > 2 ? jieba().cut(between, false) : [between]))
    between = ''
  }
  for (let at = 0; at < run.length; ) {
    const word = knownAt(run, at)
    if (word) {
      end()
      words.push(word)
    } else between += run[at]
    at += word?.length ?? 1
  }
  end()
  return words
}

function knownAt(run: string, at: number): string | undefined {
  for (let length = Math.min(longest, run.length - at); length > 1; length--) {
    const word = run.slice(at, at + length)
    if (known.has(word)) return word
  }
  return undefined
}

/** Shorter words in one that was not taught: 苹果 in 苹果梨. */
export const wordsWithin = (word: string): string[] =>
  known.has(word) || !isHan(word) || word.length < 3
    ? []
    : jieba()
        .cutForSearch(word, false)
        .filter(inner => inner !== word && inner.length > 1)
