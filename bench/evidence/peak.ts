import { readFile, writeFile } from 'node:fs/promises'

/** MiB that the process held at its highest: this one, or another of ours; undefined once it is gone, or off Linux. */
export async function peakOf(pid: number | 'self'): Promise<number | undefined> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  const kibi = /^VmHWM:\s+(\d+)/m.exec(status)?.[1]
  return kibi === undefined ? undefined : Math.round(Number(kibi) / 1024)
}

/** What the work gives, and how much memory this process held at its highest meanwhile. */
export async function withPeak<T>(work: () => Promise<T>): Promise<[T, number | undefined]> {
  // 5 resets the mark
  await writeFile('/proc/self/clear_refs', '5').catch(() => undefined)
  const value = await work()
  return [value, await peakOf('self')]
}
