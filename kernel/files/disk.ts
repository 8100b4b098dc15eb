import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** Where a stored file lies below the data folder. Never two rows share one, so that either may go alone. */
export const pathOf = (dataFolder: string, programme: string, id: string, sha256: Buffer): string => {
  const hex = sha256.toString('hex')
  return join(dataFolder, 'files', programme, hex.slice(0, 2), `${hex}-${id}`)
}

/** Writes a whole file that survives a loss of power once this returns; until then nothing has its name. */
export async function writeDurably(path: string, bytes: Buffer): Promise<void> {
  const folder = dirname(path)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const handle = await open(`${path}.part`, 'w', 0o600)
  try {
    await handle.writeFile(bytes)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(`${path}.part`, path)
  for (const above of [folder, dirname(folder)]) await syncFolder(above)
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  await handle.sync().finally(() => handle.close())
}

/** Files of a programme last touched before an instant: what a rolled back upload or a crash may have left. */
export async function* filesBefore(
  dataFolder: string,
  programme: string,
  before: Date,
): AsyncGenerator<string> {
  const root = join(dataFolder, 'files', programme)
  const folders = await readdir(root).catch(() => [])
  for (const folder of folders)
    for (const name of await readdir(join(root, folder))) {
      const path = join(root, folder, name)
      const found = await stat(path).catch(() => undefined)
      if (found && found.mtime < before) yield path
    }
}

export const remove = (path: string): Promise<void> => rm(path, { force: true })
