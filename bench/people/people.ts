import type { Row } from '../report.ts'
import { median } from '../rounds.ts'
import type { Stand } from '../stand.ts'
import type { Size } from './generate.ts'
import { movedRows } from './moved.ts'
import { type Question, questions } from './questions.ts'
import { type PeopleSide, peopleSide, type Reply } from './side.ts'

const TURNS = 9
/** Whatever looks slower is asked more often: the machine may have other work. */
const MOST_TURNS = 27
const AIM = 1.5
/** Below this many milliseconds a ratio is the clock's, not ours. */
const FLOOR = 2
/** Of a search: the words of a thing are in ever more rows, so that no search looks at as few among ten times as many. */
const MOST_MS = 50

/** How the figures came about: printed below them. */
export const howJudged = `Medians of ${TURNS} to ${MOST_TURNS} turns, the sides by turns. A side below ${FLOOR} ms counts as ${FLOOR} ms. Where the
small side fills no page, both are asked for as many rows as it has; where it has none, there is nothing to judge. Exports
are judged by their first batch of 1,000 rows, where the small side has one, and searches by words by their time: at most
${MOST_MS} ms at the large size.`

export interface Asked extends Size {
  /** Only questions with this in their name. */
  readonly only: string
}

/**
 * First pages, filters, sorts, searches, exports and figures at a size and at ten times that size, asked in turn: the ratio
 * of their times, and whether they took the same number of statements.
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
    for (const question of await questions(small!))
      if (question.what.includes(only)) rows.push(await compared(small!, large!, question))
    rows.sort((a, b) => (b.ratio ?? 0) - (a.ratio ?? 0))
    return 'memory'.includes(only) ? [...rows, ...(await movedRows(stand, { households, orderLines }))] : rows
  } finally {
    await Promise.all(sides.map(side => side.stop()))
  }
}

/** Whatever takes longer than this is asked less often. */
const LONG = 500

async function compared(small: PeopleSide, large: PeopleSide, given: Question): Promise<Row> {
  try {
    const [few, many] = [await small.ask(given), await large.ask(given)]
    const { question, note } = evenly(given, few, many)
    if (question === undefined) return { what: given.what, note }
    const times: [number[], number[]] = [[], []]
    const counts: [number[], number[]] = [[], []]
    const turns = many.ms > LONG ? 2 : TURNS
    for (let turn = -1; turn < turns || (turn < MOST_TURNS && ratioOf(times) > AIM); turn++)
      for (const [i, side] of [small, large].entries()) {
        const { ms, statements } = await side.ask(question)
        if (turn < 0) continue
        times[i]!.push(ms)
        counts[i]!.push(statements)
      }
    return judged(question, times, counts, note)
  } catch (error) {
    return { what: given.what, aim: 'an answer', ratio: 999, note: String(error) }
  }
}

/** The question such that both sides have as much to give; undefined where the small side has too little. */
function evenly(
  question: Question,
  few: Reply,
  many: Reply,
): { readonly question?: Question; readonly note: string } {
  if (question.rows !== undefined)
    return few.rows < question.rows
      ? { note: `not judged: the small side holds ${few.rows} rows, less than a batch; ${batches(many)}` }
      : { question, note: `; ${batches(many)}` }
  const [some, more] = [few, many].map(({ body }) => (body as { items?: unknown[] } | null)?.items?.length)
  if (some === undefined || more === undefined || some >= more) return { question, note: '' }
  if (some === 0)
    return { note: `not judged: the small side has none; ${many.ms.toFixed(1)} ms, ${question.path}` }
  return {
    question: { ...question, path: question.path.replace(/limit=\d+/, `limit=${some}`) },
    note: `; the small side has ${some}`,
  }
}

const batches = ({ statements, rows }: Reply): string =>
  `${statements} statements for ${Math.ceil(rows / 1000)} × 1,000 rows`

function judged(question: Question, times: Times, counts: Times, note: string): Row {
  const [one, ten] = mediansOf(times)
  const [few, many] = counts.map(median) as [number, number]
  const row = {
    what: question.what,
    aim: question.search ? `≤ ${MOST_MS} ms` : `≤ ${AIM}`,
    ratio: ratioOf(times),
    note: `${one.toFixed(1)} → ${ten.toFixed(1)} ms, ${few} → ${many} statements${note}; ${question.who || 'public'} ${question.path}`,
  }
  const isSlow = question.search ? ten > MOST_MS : row.ratio > AIM
  if (isSlow || few !== many) console.error(`${row.what}: ${row.ratio.toFixed(2)}, ${row.note}`)
  return row
}

type Times = readonly [readonly number[], readonly number[]]

const mediansOf = ([small, large]: Times): [number, number] => [median(small), median(large)]

function ratioOf(times: Times): number {
  const [one, ten] = mediansOf(times)
  return Math.max(ten, FLOOR) / Math.max(one, FLOOR)
}
