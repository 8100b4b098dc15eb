import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../..')

/** The pages from the sources as they are: built aside and put in place at once, for another test's server may be serving the same files. */
export function buildPages(): void {
  const dist = join(root, 'apps/web/dist')
  const built = join(dist, 'index.html')
  const sources = ['apps/web/src', 'chains', 'verifier'].map(folder => join(root, folder))
  if (existsSync(built) && sources.every(folder => newest(folder) < statSync(built).mtimeMs)) return
  const aside = join(root, `node_modules/.cache/silian-web-${process.pid}`)
  const vite = join(root, 'node_modules/vite/bin/vite.js')
  execFileSync(process.execPath, [vite, 'build', 'apps/web', '--outDir', aside, '--logLevel', 'warn'], {
    cwd: root,
    // the test runner's own NODE_ENV would build the slow React for developers
    env: { ...process.env, NODE_ENV: 'production' },
  })
  rmSync(dist, { recursive: true, force: true })
  renameSync(aside, dist)
}

const newest = (folder: string): number =>
  Math.max(
    ...readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter(file => file.isFile())
      .map(file => statSync(join(file.parentPath, file.name)).mtimeMs),
  )
