import type { Range } from './contract.ts'
import type { Reading } from './reading.ts'

/** Where the words of a reading stand in a name; what touches is one range. */
export function rangesIn(name: string, reading: Reading | undefined): Range[] {
  if (!reading) return []
  const low = name.toLowerCase()
  const words = [
    ...reading.titles,
    ...reading.groups.flatMap(({ written, also }) => {
      const standing = written.filter(word => low.includes(word))
      return standing.length > 0 ? standing : also
    }),
  ]
  const marked = Array<boolean>(name.length).fill(false)
  for (const word of words)
    for (let at = word === '' ? -1 : low.indexOf(word); at >= 0; at = low.indexOf(word, at + 1))
      marked.fill(true, at, at + word.length)
  return rangesOf(marked)
}

function rangesOf(marked: readonly boolean[]): Range[] {
  const ranges: Range[] = []
  for (const [at, is] of marked.entries()) {
    const last = ranges.at(-1)
    if (is && last?.[1] === at) last[1] = at + 1
    else if (is) ranges.push([at, at + 1])
  }
  return ranges
}
