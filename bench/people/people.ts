import type { Row } from '../report.ts'
import { median } from '../rounds.ts'
import type { Stand } from '../stand.ts'
import type { Size } from './generate.ts'
import { type Question, questions } from './questions.ts'
import { type PeopleSide, peopleSide } from './side.ts'

const TURNS = 9
/** Whatever looks slower is asked more often: the machine may have other work. */
const MOST_TURNS = 27
const AIM = 1.5
/** Below this many milliseconds a ratio is the clock's, not ours. */
const FLOOR = 2

export interface Asked extends Size {
  /** Only questions with this in their name. */
  readonly only: string
}

/**
 * First pages, filters, sorts, searches and figures at a size and at ten times that size, asked in turn: the ratio of
 * their times, and whether they took the same number of statements.
 */
export async function people(stand: Stand, { households, orderLines, only }: Asked): Promise<Row[]> {
  const sides: PeopleSide[] = []
  try {
    for (const part of [10, 1])
      sides.push(
        await peopleSide(stand, 'people', { households: households / part, orderLines: orderLines / part }),
      )
    const [small, large] = sides
    const rows: Row[] = []
    for (const question of await questions(large!))
      if (question.what.includes(only)) rows.push(await compared(small!, large!, question))
    return rows.sort((a, b) => (b.ratio ?? 0) - (a.ratio ?? 0))
  } finally {
    await Promise.all(sides.map(side => side.stop()))
  }
}

/** Whatever takes longer than this is asked less often. */
const LONG = 500

async function compared(small: PeopleSide, large: PeopleSide, question: Question): Promise<Row> {
  const times: [number[], number[]] = [[], []]
  const counts: [number[], number[]] = [[], []]
  const sides = [small, large]
  try {
    const first = await large.ask(question)
    const turns = first.ms > LONG ? 2 : TURNS
    for (let turn = -2; turn < turns || (turn < MOST_TURNS && ratioOf(times) > AIM); turn++)
      for (const [i, side] of sides.entries()) {
        const { ms, statements } = await side.ask(question)
        if (turn < 0) continue
        times[i]!.push(ms)
        counts[i]!.push(statements)
      }
  } catch (error) {
    return { what: question.what, aim: 'an answer', ratio: 999, note: String(error) }
  }
  const [one, ten] = leastOf(times)
  const [few, many] = counts.map(median)
  const row = {
    what: question.what,
    aim: '≤ 1.5',
    ratio: ratioOf(times),
    note: `${one.toFixed(1)} → ${ten.toFixed(1)} ms, ${few} → ${many} statements; ${question.who || 'public'} ${question.path}`,
  }
  if (row.ratio > AIM || few !== many) console.error(`${row.what}: ${row.ratio.toFixed(2)}, ${row.note}`)
  return row
}

type Times = readonly [readonly number[], readonly number[]]

/** The least disturbed of the turns of either side. */
const leastOf = ([small, large]: Times): [number, number] => [Math.min(...small), Math.min(...large)]

function ratioOf(times: Times): number {
  const [one, ten] = leastOf(times)
  return Math.max(ten, FLOOR) / Math.max(one, FLOOR)
}
