import type { Stand } from '../stand.ts'

/** What every part of a measurement is given. */
export interface Setting {
  readonly stand: Stand
  /** The program. */
  readonly pgbench: string
  /** Length of one run; every figure is the median of three. */
  readonly seconds: number
  /** Size of the log to be audited. */
  readonly auditFacts: number
}
