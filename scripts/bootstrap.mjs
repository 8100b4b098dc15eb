// Runs on whatever Node the machine has (18 or later), with nothing installed: installs the dependencies, finds the
// pinned Node among them, and hands over to it. Everything else of the project runs on that one.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
// npm runs us in the root and says where it was called: files that a command names are meant from there
const caller = process.cwd() === root ? (process.env.INIT_CWD ?? root) : process.cwd()
process.chdir(root)

const bin = join(root, 'node_modules', '.bin')
const env = { ...process.env, PATH: bin + delimiter + process.env.PATH }
// these are the platform's own and stay where they are, wherever it is called from
env.SILIAN_DATA = resolve(root, env.SILIAN_DATA ?? '.silian')
for (const name of ['SILIAN_WITNESSES', 'SILIAN_HEADS']) if (env[name]) env[name] = resolve(root, env[name])

install()
const node = pinnedNode()
const [command = 'start', ...args] = process.argv.slice(2)
if (command === 'start') buildWeb()
const programs = {
  start: ['apps/cli/main.ts', 'start'],
  silian: ['apps/cli/main.ts'],
  tour: ['apps/cli/tour/main.ts'],
  bench: ['bench/main.ts'],
  test: ['scripts/test.ts'],
  'test:external': ['scripts/test.ts', '--external'],
}
if (!programs[command]) fail(`unknown command: ${command}`)
const [program, ...fixed] = programs[command]
run(node, [join(root, program), ...fixed, ...args], command === 'silian' ? caller : root)

function install() {
  const lock = join(root, 'package-lock.json')
  const mark = join(root, 'node_modules', '.installed')
  const hash = createHash('sha256')
    .update(readFileSync(lock))
    .update(process.platform + process.arch)
    .digest('hex')
  if (existsSync(mark) && readFileSync(mark, 'utf8') === hash) return
  // what a command prints may go to a file: our own words go beside it
  console.error('安装依赖…  installing dependencies')
  const npm = process.env.npm_execpath
  const [program, before] = npm ? [process.execPath, [npm]] : ['npm', []]
  // the packages' engines name the Node that we bring, not the one that installs it
  // not `npm ci`: it refuses a lock without the binaries of platforms that a registry may not carry
  const flags = ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error']
  const result = spawnSync(program, [...before, ...flags], { stdio: ['inherit', 2, 2], env: process.env })
  if (result.status !== 0) fail('npm install failed')
  writeFileSync(mark, hash)
}

function pinnedNode() {
  const names = [`node-${process.platform}-${process.arch}`, `node-bin-${process.platform}-${process.arch}`]
  for (const name of names) {
    const found = join(root, 'node_modules', name, 'bin', 'node')
    if (existsSync(found)) return found
  }
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath
  return fail(
    `no Node for ${process.platform} ${process.arch} came with the dependencies; install Node 24 or later`,
  )
}

function buildWeb() {
  const mark = join(root, 'apps/web/dist/.built')
  const hash = createHash('sha256')
  for (const folder of ['apps/web', 'chains', 'kernel/http', 'kernel/access', 'verifier'])
    sources(join(root, folder), hash)
  const stamp = hash.digest('hex')
  if (existsSync(mark) && readFileSync(mark, 'utf8') === stamp) return
  console.log('构建页面…  building the pages')
  const result = spawnSync(
    node,
    [join(root, 'node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'warn'],
    { cwd: join(root, 'apps/web'), stdio: 'inherit', env },
  )
  if (result.status !== 0) fail('the pages could not be built')
  writeFileSync(mark, stamp)
}

/** Names, sizes and contents of the sources below a folder. */
function sources(folder, hash) {
  for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) =>
    a.name < b.name ? -1 : 1,
  )) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) {
      if (!['node_modules', 'dist'].includes(entry.name)) sources(path, hash)
    } else if (!/\.test\.tsx?$/.test(entry.name) && statSync(path).size < 1_000_000) {
      hash.update(path.slice(root.length)).update(readFileSync(path))
    }
  }
}

/** The program is in charge; we only pass on what we are told and end as it does. */
function run(program, programArgs, cwd) {
  const child = spawn(program, programArgs, { stdio: ['inherit', 'inherit', 'inherit', 'ipc'], env, cwd })
  // Ctrl-C reaches the child from the terminal itself
  process.on('SIGINT', () => undefined)
  process.on('SIGTERM', () => child.kill('SIGTERM'))
  child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)))
}

function fail(message) {
  console.error(message)
  process.exit(1)
}
