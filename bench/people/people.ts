import type { Row } from '../report.ts'
import { median } from '../rounds.ts'
import type { Stand } from '../stand.ts'
import { type Question, questions } from './questions.ts'
import { type PeopleSide, peopleSide } from './side.ts'

const TURNS = 15
/** Below this many milliseconds a ratio is the clock's, not ours. */
const FLOOR = 2

/**
 * First pages, filters, sorts, searches and figures at a size and at ten times that size, asked in turn: the ratio of
 * their times, and whether they took the same number of statements.
 */
export async function people(stand: Stand, households: number, orderLines: number): Promise<Row[]> {
  const small = await peopleSide(stand, 'people_small', {
    households: households / 10,
    orderLines: orderLines / 10,
  })
  const large = await peopleSide(stand, 'people_large', { households, orderLines })
  try {
    const rows: Row[] = []
    for (const question of await questions(large)) rows.push(await compared(small, large, question))
    return rows.sort((a, b) => (b.ratio ?? 0) - (a.ratio ?? 0))
  } finally {
    await small.stop()
    await large.stop()
  }
}

async function compared(small: PeopleSide, large: PeopleSide, { who, path, what }: Question): Promise<Row> {
  const times: [number[], number[]] = [[], []]
  const counts: [Set<number>, Set<number>] = [new Set(), new Set()]
  for (let turn = -3; turn < TURNS; turn++)
    for (const [i, side] of [small, large].entries()) {
      const { ms, statements } = await side.ask(who, path)
      if (turn < 0) continue
      times[i]!.push(ms)
      counts[i]!.add(statements)
    }
  const [one, ten] = [median(times[0]), median(times[1])]
  const [few, many] = counts.map(set => Math.min(...set))
  return {
    what: `${what} ${path}`,
    aim: '≤ 1.5',
    ratio: Math.max(ten, FLOOR) / Math.max(one, FLOOR),
    note: `${one.toFixed(1)} → ${ten.toFixed(1)} ms, ${few} → ${many} statements`,
  }
}
