import { cut, wordsWithin } from '@silian/kernel/text/cut.ts'
import { isHan, plain, runsIn } from '@silian/kernel/text/words.ts'
import {
  areaSteps,
  bandOf,
  classPaths,
  type Facet,
  facetText,
  filterKeys,
  householdBands,
  priceBands,
} from './facet.ts'
import type { SearchArea, SearchClass } from './reference.ts'
import type { OfferSource } from './source.ts'
import { filterWords, sameGoods } from './synonyms.ts'

export type WordKind = 'class' | 'area' | 'title' | 'word' | 'pack' | 'seller' | 'filter'

/** A token of an offer: what it stands for, and a word it goes by. */
export interface Entry {
  readonly key: string
  readonly word: string
  readonly kind: WordKind
}

export interface OfferDocument {
  readonly id: string
  readonly priceFen: number
  readonly benefitFen: number
  readonly listedAt: number
  readonly facet: string
  readonly class: string
  readonly title: string
  readonly entries: readonly Entry[]
}

export interface Reference {
  readonly classes: ReadonlyMap<string, SearchClass>
  readonly areas: ReadonlyMap<string, SearchArea>
}

/** A name up to its grade and packing: 百色芒果 一级 5斤装 → 百色芒果. */
export const titleOf = (name: string): string => plain(name).split(/[\s(（【[,，·]/u)[0] || plain(name)

const entry = (kind: WordKind, key: string, words: readonly string[]): Entry[] =>
  words.map(word => ({ kind, key, word }))

/** Signs that the dictionary knows no word of stand in pairs as well: 塔县 is found whatever follows it. */
const pairsOf = (words: readonly string[]): string[] =>
  words.slice(1).flatMap((word, i) => {
    const before = words[i]!
    return word.length === 1 && before.length === 1 && isHan(before + word) ? [before + word] : []
  })

function wordEntries(text: string): Entry[] {
  const words = cut(text)
  const all = [...words, ...pairsOf(words), ...words.flatMap(wordsWithin)]
  return all.flatMap(word => [
    ...entry('word', `w:${word}`, [word]),
    ...(sameAs.get(word) ?? []).flatMap(same => entry('word', `n:${same[0]}`, same)),
  ])
}

const sameAs = byWord(sameGoods)

/** The groups that each word is in. */
function byWord(groups: readonly (readonly string[])[]): Map<string, (readonly string[])[]> {
  const found = new Map<string, (readonly string[])[]>()
  for (const group of groups) for (const word of group) found.set(word, [...(found.get(word) ?? []), group])
  return found
}

/** Grades and packings narrow what is sought; alone they say nothing. */
const packEntries = (text: string): Entry[] =>
  [...runsIn(text), ...cut(text)]
    .flatMap(word => [word, word.replace(/(?<=\d.*)装$/, '')])
    .flatMap(word => entry('pack', `p:${word}`, [word]))

/** The title and what is left of it when its first words are left out: 七百弄鸡 of 大化七百弄鸡. */
function titleEntries(title: string): Entry[] {
  const words = cut(title)
  const tails = words.slice(1, -1).map((_, i) => words.slice(i + 1).join(''))
  return entry('title', `t:${title}`, [title, ...(isHan(title) ? tails : [])])
}

/** 示范田阳芒果专业合作社 is found as itself: its words say what its goods may not be. */
const sellerEntries = (name: string): Entry[] =>
  entry('seller', `s:${plain(name)}`, [
    plain(name),
    plain(name).replace(/(?:农民)?(?:专业)?合作(?:社|联社)$|有限(?:责任)?公司$/, ''),
  ])

const letters = (english: string): string[] => english.toLowerCase().match(/[a-z]{3,}/g) ?? []

/** What an offer is found, counted and ordered by. */
export function documentOf(source: OfferSource, { classes, areas }: Reference): OfferDocument {
  const facet: Facet = {
    county: source.countyCode,
    class: source.class,
    ...{ marks: source.marks, certificates: source.certificates },
    ...{ cold: source.cold, recognised: source.recognised },
    price: bandOf(priceBands, source.priceFen),
    households: bandOf(householdBands, source.households),
  }
  const title = titleOf(source.nameZh)
  return {
    id: source.id,
    ...{ priceFen: source.priceFen, benefitFen: source.householdFen, listedAt: source.listedAt },
    ...{ facet: facetText(facet), class: source.class, title },
    entries: [
      ...titleEntries(title),
      ...[title, source.variety].flatMap(wordEntries),
      ...[plain(source.nameZh).slice(title.length), source.specZh, source.grade].flatMap(packEntries),
      ...letters(source.nameEn).flatMap(word => entry('word', `w:${word}`, [word])),
      ...classPaths(source.class).flatMap(path =>
        entry('class', `c:${path}`, classes.get(path)?.words ?? ['']),
      ),
      ...areaSteps(source.countyCode).flatMap(step =>
        entry('area', `a:${step}`, areas.get(step)?.words ?? ['']),
      ),
      ...sellerEntries(source.sellerName),
      ...filterKeys(facet).flatMap(key => entry('filter', key, filterWords[key] ?? [''])),
    ],
  }
}
