import { bad, type Checked, good } from './problems.ts'

/**
 * Reads one resource of a log by its path below the log's address, e.g. `checkpoint` or `tile/0/x001/234`.
 * Rejects when it cannot be read; what it gives is never trusted.
 */
export type FetchBytes = (path: string) => Promise<Uint8Array>

/** Read one resource. Problem: `read.failed`. */
export async function read(fetchBytes: FetchBytes, path: string): Promise<Checked<Uint8Array>> {
  try {
    return good(await fetchBytes(path))
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return bad('read.failed', { path, detail: { reason } })
  }
}

/** Read resources in the given order, keeping `ahead` requests under way so that distance does not add up. */
export async function* readAll(
  fetchBytes: FetchBytes,
  paths: Iterable<string>,
  ahead = 4,
): AsyncGenerator<{ path: string; bytes: Checked<Uint8Array> }> {
  const waiting: { path: string; bytes: Promise<Checked<Uint8Array>> }[] = []
  for (const path of paths) {
    waiting.push({ path, bytes: read(fetchBytes, path) })
    if (waiting.length <= ahead) continue
    const next = waiting.shift()!
    yield { path: next.path, bytes: await next.bytes }
  }
  for (const { path, bytes } of waiting) yield { path, bytes: await bytes }
}
