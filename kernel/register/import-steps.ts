import type { Reach } from '../access/permit.ts'
import type { Writer } from '../database/database.ts'
import type { Column, Values } from '../declared/columns.ts'
import type { Fault } from '../declared/values.ts'
import type { Outcome, PlacedFault, Step } from '../imports/carry.ts'
import type { Register } from './define.ts'
import type { LineFault, ReadLine } from './import-lines.ts'
import { unmask } from './import-masked.ts'
import { Names } from './import-names.ts'
import type { Unit, UnitReader } from './import-units.ts'
import type { TakeIn } from './intake.ts'
import type { RegisterKit } from './kit.ts'
import { type RowInput, saveRows } from './save.ts'

/** Rows, each with its parts, that go in together with their checkpoint. */
export const STEP = 250
/** Lines without a row are only reported. */
const ALONE = 1000

/** The units of a workbook as steps, those left out that an earlier process has done. */
export async function* stepsOf(
  kit: RegisterKit,
  register: Register,
  reach: Reach,
  reader: UnitReader,
  done: number,
  takeIn?: TakeIn,
): AsyncGenerator<Step> {
  const names = new Names(register, reach)
  let skip = done
  let units: Unit[] = []
  const step = (): Step => stepFor(kit, register, reach, names, units, takeIn)
  for await (const unit of reader.all()) {
    if (skip > 0) skip -= 1
    else if (units.push(unit) >= STEP) {
      yield step()
      units = []
    }
  }
  if (units.length > 0) yield step()
  for (const faults of inPieces(reader.alone(), ALONE)) {
    const rest = faults.slice(skip)
    skip = Math.max(0, skip - faults.length)
    if (rest.length > 0) yield aloneStep(rest)
  }
}

function* inPieces<T>(all: Iterable<T>, size: number): Generator<T[]> {
  let piece: T[] = []
  for (const item of all) {
    if (piece.push(item) < size) continue
    yield piece
    piece = []
  }
  if (piece.length > 0) yield piece
}

const aloneStep = (faults: readonly LineFault[]): Step => ({
  records: faults.length,
  percent: 100,
  write: async (_tx, onSent) => {
    onSent()
    return { added: 0, unchanged: 0, bad: faults.length, faults }
  },
})

const stepFor = (
  kit: RegisterKit,
  register: Register,
  reach: Reach,
  names: Names,
  units: readonly Unit[],
  takeIn: TakeIn | undefined,
): Step => ({
  records: units.length,
  percent: Math.min(99, Math.floor(100 * units.at(-1)!.progress)),
  write: async (tx, onSent) => {
    const asked = writeUnits(tx, kit, register, reach, names, units, takeIn)
    onSent()
    return asked
  },
})

async function writeUnits(
  tx: Writer,
  kit: RegisterKit,
  register: Register,
  reach: Reach,
  names: Names,
  units: readonly Unit[],
  takeIn: TakeIn | undefined,
): Promise<Outcome> {
  await names.learn(
    tx,
    units.flatMap(unit => namedIn(register, unit)),
  )
  const ready = units.map(unit => inputOf(register, names, unit))
  await unmask(tx, kit, register, reach, ready)
  // an intake tells what else is wrong with a line that could not be read whole
  const asked = takeIn ? ready : ready.filter(({ faults }) => faults.length === 0)
  const rows = asked.map(({ input, faults }) => ({ ...input, isBad: faults.length > 0 }))
  const saved =
    rows.length === 0
      ? []
      : await (takeIn ? takeIn(tx, kit, reach, rows) : saveRows(tx, kit, register, reach, rows))
  const count = { added: 0, changed: 0, unchanged: 0 }
  const faults: PlacedFault[] = []
  for (const [i, outcome] of saved.entries()) {
    if (outcome.kind !== 'refused') count[outcome.kind] += 1
    else asked[i]!.faults.push(...outcome.faults.map(fault => placed(asked[i]!.unit, fault)))
  }
  for (const { unit, faults: own } of ready) if (own.length > 0) faults.push(...reported(unit, own))
  const written = count.added + count.changed + count.unchanged
  return { ...count, bad: units.length - written, faults }
}

export interface Ready {
  readonly unit: Unit
  readonly input: RowInput
  readonly faults: PlacedFault[]
}

/** Each line with the columns it was read by. */
function linesOf(
  register: Register,
  { main, parts }: Unit,
): { prefix: string; line: ReadLine; columns: Columns }[] {
  return [
    { prefix: '', line: main, columns: register.columns },
    ...Object.entries(parts).flatMap(([part, lines]) =>
      lines.map(line => ({ prefix: `${part}.`, line, columns: register.parts[part]!.columns })),
    ),
  ]
}

type Columns = Readonly<Record<string, Column>>

const namedIn = (register: Register, unit: Unit): { column: Column; name: string }[] =>
  linesOf(register, unit).flatMap(({ line, columns }) =>
    [...line.names].map(([column, name]) => ({ column: columns[column]!, name })),
  )

function inputOf(register: Register, names: Names, unit: Unit): Ready {
  const faults: PlacedFault[] = []
  for (const { prefix, line, columns } of linesOf(register, unit)) {
    faults.push(...line.faults)
    for (const [name, written] of line.names) {
      const found = names.of(columns[name]!, written)
      if ('value' in found) line.values[name] = found.value
      else
        faults.push({
          ...{ column: `${prefix}${name}`, code: found.code, params: found.params },
          ...{ sheet: line.sheet, number: line.number, excerpt: written.slice(0, 80) },
        })
    }
  }
  const parts = Object.fromEntries(
    Object.entries(unit.parts).map(([part, lines]) => [part, lines.map((line): Values => line.values)]),
  )
  return { unit, input: { values: unit.main.values, parts }, faults }
}

/** `member.2.idNumber` is column `member.idNumber` in the line of the second member. */
function placed({ main, parts }: Unit, { column, code, params }: Fault): PlacedFault {
  const [, part, place, name] = /^([a-z][a-z0-9]*)\.(\d+)(?:\.(\w+))?$/.exec(column) ?? []
  const line = part === undefined ? undefined : parts[part]?.[Number(place) - 1]
  const { sheet, number, stood } = line ?? main
  return {
    ...{ sheet, number, code, params },
    column: line && name !== undefined ? `${part}.${name}` : (part ?? column),
    excerpt: stood(line ? (name ?? '') : column),
  }
}

/** A unit is reported as a whole: its lines that are right by themselves are told that they were not taken. */
function reported({ main, parts }: Unit, faults: readonly PlacedFault[]): PlacedFault[] {
  const told = new Set(faults.map(({ sheet, number }) => `${sheet}\n${number}`))
  const lines = [main, ...Object.values(parts).flat()]
  const innocent = new Map(lines.map(line => [`${line.sheet}\n${line.number}`, line]))
  for (const key of told) innocent.delete(key)
  return [
    ...faults,
    ...[...innocent.values()].map(({ sheet, number }) => ({
      ...{ sheet, number, column: '', code: 'row.not_taken', params: {}, excerpt: null },
    })),
  ]
}
