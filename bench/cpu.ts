import { readdir, readFile } from 'node:fs/promises'

/** CPU milliseconds used so far, or between two moments. */
export interface Cpu {
  /** This process: our side of the comparison. */
  readonly node: number
  /** Every process of the cluster, also those that have ended. */
  readonly postgres: number
  /** Programs that we ran and that have ended: pgbench. */
  readonly client: number
}

/** Linux counts in hundredths of a second, whatever the kernel's own tick. */
const MS_PER_TICK = 10

interface Stat {
  readonly parent: number
  readonly own: number
  /** Of children that have ended and were waited for. */
  readonly ended: number
}

export async function cpuNow(postmaster: number): Promise<Cpu> {
  const [self, master, all] = await Promise.all([statOf('self'), statOf(String(postmaster)), everyStat()])
  const backends = all.filter(stat => stat.parent === postmaster).reduce((sum, stat) => sum + stat.own, 0)
  const { user, system } = process.cpuUsage()
  return {
    node: (user + system) / 1000,
    postgres: ((master?.own ?? 0) + (master?.ended ?? 0) + backends) * MS_PER_TICK,
    client: (self?.ended ?? 0) * MS_PER_TICK,
  }
}

export const cpuBetween = (from: Cpu, to: Cpu): Cpu => ({
  node: to.node - from.node,
  postgres: to.postgres - from.postgres,
  client: to.client - from.client,
})

/** CPU milliseconds that a process has used so far; undefined once it is gone. */
export async function cpuOf(pid: number): Promise<number | undefined> {
  const stat = await statOf(String(pid))
  return stat && stat.own * MS_PER_TICK
}

async function everyStat(): Promise<Stat[]> {
  const pids = (await readdir('/proc')).filter(name => /^\d+$/.test(name))
  return (await Promise.all(pids.map(statOf))).filter(stat => stat !== undefined)
}

/** `/proc/<pid>/stat`: after the name in parentheses come the state, the parent and, 11 fields on, the times. */
async function statOf(pid: string): Promise<Stat | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  const fields = text
    .slice(text.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number)
  const [parent = 0] = fields.slice(1)
  const [user = 0, system = 0, endedUser = 0, endedSystem = 0] = fields.slice(11)
  return { parent, own: user + system, ended: endedUser + endedSystem }
}
