import { BadProcess, type Process, type ProcessVersion } from './define.ts'
import type { ProcessKit } from './states.ts'
import type { CaseRow } from './tables.ts'

/** The processes of an installation, by name. */
export interface Processes {
  readonly all: readonly Process[]
  /** Throws for one that nobody declared. */
  of(name: string): Process
}

export function processesOf(all: readonly Process[]): Processes {
  const byName = new Map(all.map(process => [process.name, process]))
  if (byName.size < all.length) throw new BadProcess(all.map(({ name }) => name).join(), 'declared twice')
  return {
    all,
    of: name => {
      const process = byName.get(name)
      if (!process) throw new BadProcess(name, 'is not declared')
      return process
    },
  }
}

/** What the services of this primitive are given beside their transaction. */
export interface CaseKit extends ProcessKit {
  readonly processes: Processes
}

/** The rules that a case began under. */
export const rulesOf = ({ processes }: CaseKit, row: Pick<CaseRow, 'process' | 'version'>): ProcessVersion =>
  processes.of(row.process).at(row.version)
