import { simple } from '@silian/kernel/text/simple.ts'
import { isHan, isLatin, runsIn } from '@silian/kernel/text/words.ts'
import { fillers, pictures } from './synonyms.ts'

/** More than this nobody means. */
const LONGEST = 60

export interface Typed {
  /** Runs of signs, numbers, and all its letters in one (`bai se mang guo`). */
  readonly parts: readonly string[]
  /** Signs and letters in their order, where there are both: `百色mg`. */
  readonly line?: string
}

/** Between and behind pictures. */
const JOINERS = /[\u200d\ufe0e\ufe0f]/gu

/** What was typed, in simplified signs, with pictures in words; `ü` is `v`. */
const runsOf = (query: string): string[] =>
  runsIn(
    simple([...query.slice(0, LONGEST).replace(JOINERS, '')].map(sign => pictures[sign] ?? sign).join('')),
  ).map(run => run.replaceAll('ü', 'v'))

export function typedOf(query: string): Typed {
  const runs = runsOf(query)
  const letters = runs.filter(isLatin).join('')
  const others = spaced(runs.filter(run => !isLatin(run)))
  const words = runs.filter(run => isHan(run) || isLatin(run))
  return {
    parts: [...new Set([...others, ...(letters === '' ? [] : [letters])])],
    ...(letters !== '' && words.some(isHan) ? { line: words.join('') } : {}),
  }
}

/** 百 色 芒 果: signs with a space after each are one word. */
const spaced = (runs: readonly string[]): readonly string[] =>
  runs.length > 1 && runs.every(run => isHan(run) && [...run].length === 1) ? [runs.join('')] : runs

/** Without what only goes along with goods when people speak: 有没有…卖, 新鲜, 包邮. The same where nothing else is said. */
export function withoutFillers(parts: readonly string[]): readonly string[] {
  const left = parts.flatMap(part =>
    isHan(part) ? part.split(fillers).filter(piece => piece !== '') : [part],
  )
  return left.length === 0 ? parts : left
}
