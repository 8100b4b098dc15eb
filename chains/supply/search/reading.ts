import { spellings } from '@silian/kernel/text/look-alike.ts'
import type { Word } from './lookup.ts'

/** What one part of a query stands for: an offer must have one of the tokens. */
export interface Group {
  readonly tokens: readonly number[]
  /** As it was typed, or as what was typed is written. */
  readonly written: readonly string[]
  /** What else the same is called: to be marked where it stands. */
  readonly also: readonly string[]
  readonly classes: readonly string[]
  /** A place narrows, it does not say what is sought. */
  readonly isArea: boolean
  /** One sign of a name, a grade, a packing: alone it says nothing. */
  readonly isWeak: boolean
}

/** One way to understand a query. */
export interface Reading {
  readonly groups: readonly Group[]
  /** Names that are just this. */
  readonly titles: readonly string[]
  /** What was meant, where it was typed with an error. */
  readonly corrected?: string
  /** Not all that was typed is known, or nothing has all of it: what is found is only like it. */
  readonly isLoose?: boolean
}

const unique = <T>(values: readonly T[]): T[] => [...new Set(values)]

export function groupOf(words: readonly Word[]): Group {
  const isArea = words.some(({ kind }) => kind === 'area') && !words.some(({ kind }) => kind === 'class')
  return {
    tokens: unique(words.flatMap(({ token, also_tokens }) => [token, ...(also_tokens ?? [])])),
    written: unique(words.flatMap(({ word }) => spellings(word))),
    also: unique(words.flatMap(({ also_words }) => also_words ?? [])),
    classes: unique(words.flatMap(({ kind, key }) => (kind === 'class' ? [key.slice(2)] : []))),
    isArea,
    isWeak: words.every(
      ({ kind, word }) => kind === 'pack' || kind === 'filter' || (kind === 'word' && [...word].length < 2),
    ),
  }
}

/** Whether it says what is sought. */
export const isHopeful = ({ groups }: Reading): boolean => groups.some(group => !group.isWeak)
