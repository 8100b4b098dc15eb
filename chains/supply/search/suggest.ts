import type { Reader } from '@silian/kernel/database/database.ts'
import { isHan } from '@silian/kernel/text/words.ts'
import type { Suggestion } from './contract.ts'
import { currentGeneration } from './generation.ts'
import { lookUpBeginning, type Word } from './lookup.ts'
import { typedOf } from './typed.ts'

const SHOWN = 10
/** Looked at before what is the same is left out. */
const LOOKED_AT = 60

const kinds = { title: 'product', area: 'county', class: 'class' } as const

/** What somebody who types this may mean: products, places and classes that begin so, in signs, pinyin or initials. */
export async function suggest(tx: Reader, typed: string): Promise<Suggestion[]> {
  const generation = (await currentGeneration(tx))?.generation
  const { parts } = typedOf(typed)
  if (generation === undefined || parts.length !== 1) return []
  const words = await lookUpBeginning(tx, generation, parts[0]!, LOOKED_AT)
  const byKey = new Map<string, Suggestion>()
  for (const word of words) {
    const suggestion = suggestionOf(word)
    if (suggestion && !byKey.has(word.key)) byKey.set(word.key, suggestion)
  }
  return [...byKey.values()].slice(0, SHOWN)
}

function suggestionOf({ kind, key, word, offers: count }: Word): Suggestion | undefined {
  if (kind !== 'title' && kind !== 'area' && kind !== 'class') return undefined
  const name = key.slice(2)
  if (kind === 'title') return { kind: 'product', text: name, key: null, count }
  if (!isHan(word)) return undefined
  return { kind: kinds[kind], text: word, key: kind === 'area' ? name.padEnd(6, '0') : name, count }
}
