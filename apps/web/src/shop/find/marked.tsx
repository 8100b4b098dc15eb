import type { Range } from '@silian/chains/supply/search/contract.ts'
import type { ReactNode } from 'react'

/** A text with what was sought marked in it. */
export function Marked({ text, ranges }: { text: string; ranges: readonly Range[] }) {
  const parts: ReactNode[] = []
  let done = 0
  for (const [from, to] of ranges) {
    if (from < done) continue
    parts.push(text.slice(done, from), <mark key={from}>{text.slice(from, to)}</mark>)
    done = to
  }
  return [...parts, text.slice(done)]
}
