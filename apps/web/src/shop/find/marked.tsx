import type { Range } from '@silian/chains/supply/search/contract.ts'
import type { ReactNode } from 'react'

/** A text with what was sought marked in it; what was found side by side is one mark. */
export function Marked({ text, ranges }: { text: string; ranges: readonly Range[] }) {
  const parts: ReactNode[] = []
  let done = 0
  for (const [from, to] of joined(ranges)) {
    parts.push(text.slice(done, from), <mark key={from}>{text.slice(from, to)}</mark>)
    done = to
  }
  return [...parts, text.slice(done)]
}

function joined(ranges: readonly Range[]): Range[] {
  const found: Range[] = []
  for (const [from, to] of ranges.toSorted((a, b) => a[0] - b[0])) {
    const last = found.at(-1)
    if (last && from <= last[1]) last[1] = Math.max(last[1], to)
    else found.push([from, to])
  }
  return found
}
