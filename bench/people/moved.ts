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
  return [
    ...rowsOf('import', await imports(stand, sizes)),
    ...rowsOf('export of households', await exportsOf(stand, large, sizes)),
  ]
}

const rowsOf = (what: string, moved: readonly Moved[]): Row[] =>
  moved.map(({ rows, seconds, live, peak }) => ({
    what: `${what}, memory at ${rows} rows`,
    aim: '≤ 1.5',
    ratio: live / moved[0]!.live,
    perSecond: rows / seconds,
    note: `${live} MiB in use after a collection, ${peak} MiB of the machine, at their highest`,
  }))
