import { readFile } from 'node:fs/promises'
import { availableParallelism, cpus, loadavg } from 'node:os'
import type { Cpu } from './cpu.ts'
import type { Figure } from './rounds.ts'

/** One line of the table. */
export interface Row {
  readonly what: string
  readonly aim?: string | undefined
  /** Ours over the baseline's rate. */
  readonly ratio?: number | undefined
  readonly baselinePerSecond?: number | undefined
  readonly perSecond?: number | undefined
  /** Milliseconds an operation; the baseline's beside it. */
  readonly cpu?: Cpu | undefined
  readonly baselineCpu?: Cpu | undefined
  readonly note?: string | undefined
}

/** A figure beside its baseline. */
export const against = (baseline: Figure, ours: Figure, what: string, aim?: string): Row => ({
  what,
  aim,
  ratio: ours.perSecond / baseline.perSecond,
  baselinePerSecond: baseline.perSecond,
  perSecond: ours.perSecond,
  cpu: ours.cpu,
  baselineCpu: baseline.cpu,
})

/** The machine and how busy it is with other things: only ratios survive that. */
export async function machineLine(): Promise<string> {
  const memory = /MemTotal:\s+(\d+)/.exec(await readFile('/proc/meminfo', 'utf8'))?.[1] ?? '0'
  const load = loadavg()
    .map(value => value.toFixed(2))
    .join(' ')
  const model = cpus()[0]?.model.trim() || 'unknown processor'
  return `${availableParallelism()} × ${model}, ${Math.round(Number(memory) / 2 ** 20)} GiB, Node ${process.versions.node}; load before: ${load}`
}

/** What a table shows of each line, under which title. */
export type Column<Line> = readonly [title: string, cell: (line: Line) => string]

const columns: readonly Column<Row>[] = [
  ['what', row => row.what],
  ['aim', row => row.aim ?? ''],
  ['ratio', row => row.ratio?.toFixed(2) ?? ''],
  ['ours/s', row => whole(row.perSecond)],
  ['baseline/s', row => whole(row.baselinePerSecond)],
  ['CPU ms node', row => row.cpu?.node.toFixed(3) ?? ''],
  ['postgres', row => row.cpu?.postgres.toFixed(3) ?? ''],
  ['baseline: pgbench', row => row.baselineCpu?.client.toFixed(3) ?? ''],
  ['postgres', row => row.baselineCpu?.postgres.toFixed(3) ?? ''],
  ['', row => row.note ?? ''],
]

const whole = (value: number | undefined): string => (value === undefined ? '' : String(Math.round(value)))

export const table = (rows: readonly Row[]): string => grid(columns, rows)

/** Texts to the left, that is the first two and the last; figures to the right. */
export function grid<Line>(of: readonly Column<Line>[], lines: readonly Line[]): string {
  const cells = [of.map(([title]) => title), ...lines.map(line => of.map(([, cell]) => cell(line)))]
  const widths = of.map((_, i) => Math.max(...cells.map(line => line[i]!.length)))
  const isText = (i: number) => i < 2 || i === of.length - 1
  return cells
    .map(line => line.map((cell, i) => (isText(i) ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))))
    .map(line => line.join('  ').trimEnd())
    .join('\n')
}
