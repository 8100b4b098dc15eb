import { type Cpu, cpuBetween, cpuNow } from './cpu.ts'

/** One side of a comparison. */
export interface Contender {
  readonly name: string
  /** Runs for about so many seconds; returns how many operations were done, and at what rate. */
  run(seconds: number): Promise<Run>
}

export interface Run {
  readonly operations: number
  readonly perSecond: number
}

/** Medians over the rounds. */
export interface Figure {
  readonly name: string
  readonly perSecond: number
  /** CPU milliseconds an operation. */
  readonly cpu: Cpu
  readonly operations: number
}

const ROUNDS = 3

/**
 * A B C, A B C, A B C: what the machine does meanwhile falls on all of them alike. A short turn before only warms up; it
 * counts in `operations`, by which rows are checked, and in no figure.
 */
export async function compare(
  postmaster: number,
  seconds: number,
  contenders: readonly Contender[],
  cpu: () => Promise<Cpu> = () => cpuNow(postmaster),
): Promise<{ figures: Figure[]; operations: number }> {
  const turns = contenders.map(() => [] as (Run & { cpu: Cpu })[])
  let operations = 0
  for (const contender of contenders) operations += (await contender.run(Math.min(1, seconds))).operations
  for (let round = 0; round < ROUNDS; round++)
    for (const [i, contender] of contenders.entries()) {
      const before = await cpu()
      const run = await contender.run(seconds)
      turns[i]!.push({ ...run, cpu: cpuBetween(before, await cpu()) })
      operations += run.operations
    }
  return { figures: contenders.map(({ name }, i) => figure(name, turns[i]!)), operations }
}

function figure(name: string, runs: readonly (Run & { cpu: Cpu })[]): Figure {
  const per = (part: keyof Cpu) => median(runs.map(run => run.cpu[part] / run.operations))
  return {
    name,
    perSecond: median(runs.map(run => run.perSecond)),
    cpu: { node: per('node'), postgres: per('postgres'), client: per('client') },
    operations: runs.reduce((sum, run) => sum + run.operations, 0),
  }
}

export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!

/** The value below which a share of them lie. */
export const percentile = (values: readonly number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0

/** So many callers, each beginning again as soon as it is answered. `work` returns the operations it did. */
export async function callers(count: number, seconds: number, work: () => Promise<number>): Promise<Run> {
  const begun = performance.now()
  const until = begun + seconds * 1000
  let operations = 0
  const caller = async () => {
    while (performance.now() < until) {
      const done = await work()
      operations += done
    }
  }
  await Promise.all(Array.from({ length: count }, caller))
  return { operations, perSecond: operations / ((performance.now() - begun) / 1000) }
}
