import type { Row } from '../report.ts'
import type { Stand } from '../stand.ts'
import { exportsOf } from './export-register.ts'
import type { Size } from './generate.ts'
import { imports } from './import-register.ts'
import type { Moved } from './memory.ts'

const SIZES = [20_000, 100_000, 200_000]

/** Memory of an import and of an export, each in a process of its own: what is in use may not grow with the rows. */
export async function movedRows(stand: Stand, large: Size): Promise<Row[]> {
  const sizes = SIZES.map(size => Math.min(size, large.households))
  const tell = (what: string) => (moved: Moved) => console.error(`${what}: ${noteOf(moved)}`)
  return [
    ...rowsOf('export of households', await exportsOf(stand, large, sizes, tell('export'))),
    ...rowsOf('import', await imports(stand, sizes, tell('import'))),
  ]
}

const rowsOf = (what: string, moved: readonly Moved[]): Row[] =>
  moved.map(each => ({
    what: `${what}, memory at ${each.rows} rows`,
    aim: '≤ 1.5',
    ratio: each.live / moved[0]!.live,
    perSecond: each.rows / each.seconds,
    note: noteOf(each),
  }))

const noteOf = ({ rows, live, peak }: Moved): string =>
  `${rows} rows, ${live} MiB in use after a collection, ${peak} MiB of the machine, at their highest`
