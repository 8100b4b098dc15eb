import { type Column, grid } from '../report.ts'

/** One line of the table. */
export interface Line {
  readonly what: string
  readonly aim?: string | undefined
  readonly figure: string
  /** How often the aim is met: from 1 on it is. */
  readonly ratio?: number | undefined
  /** MiB at the highest. */
  readonly memory?: number | undefined
  readonly note?: string | undefined
}

const columns: readonly Column<Line>[] = [
  ['what', line => line.what],
  ['aim', line => line.aim ?? ''],
  ['figure', line => line.figure],
  ['of the aim', line => line.ratio?.toFixed(2) ?? ''],
  ['MiB at most', line => (line.memory === undefined ? '' : String(line.memory))],
  ['', line => line.note ?? ''],
]

export const lines = (all: readonly Line[]): string => grid(columns, all)

export const ms = (value: number): string => `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`
export const seconds = (value: number): string => `${value.toFixed(1)} s`
