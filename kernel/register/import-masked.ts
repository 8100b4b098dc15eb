import type { Reach } from '../access/permit.ts'
import type { Writer } from '../database/database.ts'
import type { Columns, Values } from '../declared/columns.ts'
import { maskValue } from '../declared/masks.ts'
import { fault, sameValue } from '../declared/values.ts'
import type { PlacedFault } from '../imports/carry.ts'
import type { Register } from './define.ts'
import type { ReadLine } from './import-lines.ts'
import type { Unit } from './import-units.ts'
import type { RegisterKit } from './kit.ts'
import { isCovered, lockRows } from './save.ts'

/** A unit on its way in, with what is wrong with it so far. */
interface Masked {
  readonly unit: Unit
  readonly faults: PlacedFault[]
}

/**
 * Puts back what an export masked: a cell that shows the mask of the value that stands means that it stays. Any other
 * mask is a fault `cell.masked`; of rows beyond `reach` none is known.
 */
export async function unmask(
  tx: Writer,
  kit: RegisterKit,
  register: Register,
  reach: Reach,
  all: readonly Masked[],
): Promise<void> {
  const asked = all.filter(({ unit }) => linesOf(unit).some(({ masked }) => masked.size > 0))
  if (asked.length === 0) return
  const keys = all.flatMap(({ unit }) => unit.main.values[register.key] ?? [])
  const stored = await lockRows(tx, kit, register, { keys })
  const byKey = new Map(
    stored.filter(row => isCovered(register, reach, row)).map(row => [row.values[register.key], row]),
  )
  for (const { unit, faults } of asked) {
    const row = byKey.get(unit.main.values[register.key]!)
    faults.push(...put(unit.main, register.columns, '', row?.values))
    for (const [part, lines] of Object.entries(unit.parts))
      faults.push(...putPart(lines, register.parts[part]!.columns, `${part}.`, row?.parts[part] ?? []))
  }
}

const linesOf = ({ main, parts }: Unit): ReadLine[] => [main, ...Object.values(parts).flat()]

const isMaskOf = (columns: Columns, name: string, line: ReadLine, stands: Values): boolean => {
  const clear = stands[name] ?? null
  return clear !== null && line.values[name] === maskValue(columns[name]!, String(clear))
}

/** Lays the values that stand into a line, where its masks are theirs. */
function put(line: ReadLine, columns: Columns, prefix: string, stands: Values | undefined): PlacedFault[] {
  return [...line.masked].flatMap(name => {
    if (!stands || !isMaskOf(columns, name, line, stands)) return [maskedFault(line, `${prefix}${name}`)]
    line.values[name] = stands[name]!
    return []
  })
}

const maskedFault = ({ sheet, number }: ReadLine, column: string): PlacedFault => ({
  ...fault(column, 'cell.masked'),
  ...{ sheet, number, excerpt: null },
})

/** Which of a part's rows a line was: those whose masks it shows, then what else it has alike, then the same place. */
function putPart(
  lines: readonly ReadLine[],
  columns: Columns,
  prefix: string,
  stored: readonly Values[],
): PlacedFault[] {
  const free = new Set(stored)
  return lines.flatMap((line, place) => {
    if (line.masked.size === 0) return []
    const fits = [...free].filter(row => [...line.masked].every(name => isMaskOf(columns, name, line, row)))
    const best = mostAlike(fits, line)
    const row = best.length === 1 ? best[0] : best.find(one => one === stored[place])
    if (row) free.delete(row)
    return put(line, columns, prefix, row)
  })
}

function mostAlike(rows: readonly Values[], { values, masked }: ReadLine): Values[] {
  const alike = (row: Values) =>
    Object.keys(values).filter(name => !masked.has(name) && sameValue(values[name], row[name])).length
  const most = Math.max(0, ...rows.map(alike))
  return rows.filter(row => alike(row) === most)
}
