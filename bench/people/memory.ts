/** What the process has taken of the machine, and what of it was in use after a collection, both at their highest: MiB. */
export interface Memory {
  readonly peak: number
  readonly live: number
}

/** Rows that went in or out, in a process of its own. */
export interface Moved extends Memory {
  readonly rows: number
  readonly seconds: number
}

const mebi = (bytes: number): number => Math.round(bytes / 2 ** 20)

/** Until its end. The engine takes more than it needs where it may; what is in use tells whether something is kept. */
export function watchMemory(): { end(): Memory } {
  let [peak, live] = [0, 0]
  const look = () => {
    peak = Math.max(peak, process.memoryUsage.rss())
  }
  const collect = () => {
    globalThis.gc?.()
    const { heapUsed, external } = process.memoryUsage()
    live = Math.max(live, heapUsed + external)
  }
  const timers = [setInterval(look, 20), setInterval(collect, 1000)]
  return {
    end: () => {
      for (const timer of timers) clearInterval(timer)
      look()
      return { peak: mebi(peak), live: mebi(live) }
    },
  }
}
