import { type ChildProcess, spawn } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { type DemoAccount, loadDemonstration } from '@silian/data/load/load.ts'
import { listProgrammes } from '@silian/kernel/access/programmes.ts'
import type { Config } from '@silian/kernel/config/config.ts'
import { loadSecrets, type Secrets } from '@silian/kernel/config/secrets.ts'
import { Database } from '@silian/kernel/database/database.ts'
import type { Embedded } from '@silian/kernel/database/embedded.ts'
import type { Connections } from '@silian/kernel/database/provision.ts'
import { composeKit } from '@silian/server/compose.ts'
import { startServer } from '@silian/server/server.ts'
import { AlreadyRunning, claim, openDatabase, startOurs } from './database.ts'
import { setUpSandboxPay } from './sandbox-pay.ts'
import { say } from './say.ts'
import { type DemoWitnesses, startWitnesses } from './witnesses.ts'

const platform = { programme: 'platform', actor: 'system' }
const isLoopback = (host: string): boolean => /^(127(\.\d+){3}|localhost|::1)$/.test(host)

/** `silian start`: everything on one machine, until it is told to stop. Returns the exit code. */
export async function start(config: Config): Promise<number> {
  const secrets = await loadSecrets(config.dataFolder)
  say('start.database')
  const { connections, embedded } = await openDatabase(config, secrets)
  let release: () => Promise<void>
  const lost = Promise.withResolvers<void>()
  try {
    // the database of our own folder has one server; another's may have any number, on as many machines
    release = await claim(connections, lost.resolve, { among: !embedded })
  } catch (error) {
    if (!(error instanceof AlreadyRunning)) throw error
    say('start.already', {
      url: await readFile(join(config.dataFolder, 'url'), 'utf8').catch(() => config.publicUrl),
    })
    return 1
  }
  try {
    const outcome = await serve(config, secrets, connections, embedded, lost.promise)
    if (outcome === 'stopped') {
      await release()
      await embedded?.stop()
      return 0
    }
  } catch (error) {
    // a failure may be the first sign that the database is going: its end is told a moment later
    const isLost = await Promise.race([lost.promise.then(() => true), pause(1_000, false)])
    if (!isLost) {
      await release()
      await embedded?.stop()
      throw error
    }
  }
  // PostgreSQL died under us: ours is started again at the same address and all begins anew, another's operator sees us end
  if (!embedded) return 1
  await startOurs(config, secrets, embedded.port)
  return start(config)
}

/** Serves until told to stop, or until the database goes away. */
async function serve(
  config: Config,
  secrets: Secrets,
  connections: Connections,
  embedded: Embedded | undefined,
  lost: Promise<void>,
): Promise<'stopped' | 'lost'> {
  const stopped = stopSignal()
  const accounts = embedded ? await demonstrate(config, secrets, connections) : []
  const witnesses =
    accounts.length > 0 && config.witnessPolicy === undefined
      ? await demoWitnesses(connections, config)
      : undefined
  const policy = witnesses ? { witnessPolicy: witnesses.policyFile } : {}
  const server = await startServer({ config: { ...config, ...policy }, secrets, connections })
  // its keys lie ready before the bank's process looks for them
  if (accounts.length > 0) await setUpSandboxPay(server.kit, config)
  const bank = accounts.length > 0 ? startBank(config, server.url) : undefined
  await writeFile(join(config.dataFolder, 'url'), server.url)
  announce(accounts, config)
  if (accounts.length === 0 && (await isEmpty(connections))) say('start.no_demo')
  process.stdout.write(`ready ${server.url}\n`)
  const outcome = await Promise.race([stopped, lost.then(() => 'lost' as const)])
  say(outcome === 'lost' ? 'start.database_lost' : 'start.stopping')
  bank?.kill()
  witnesses?.stop()
  const ended = server.stop()
  // without its database a part of the server may wait for an answer that never comes
  if (outcome === 'lost')
    await Promise.race([ended.catch(() => undefined), pause(8_000, undefined, { ref: false })])
  else await ended
  return outcome
}

/** The demonstration is for trying: it needs a database of ours that nobody outside this machine reaches. */
async function demonstrate(
  config: Config,
  secrets: Secrets,
  connections: { app: string; batch: string },
): Promise<readonly DemoAccount[]> {
  const kit = composeKit(connections, secrets, config.dataFolder)
  try {
    const programmes = await kit.app.read(platform, listProgrammes)
    if (programmes.some(programme => !programme.demo)) return []
    if (!isLoopback(config.host))
      throw new Error('the demonstration is served on this machine only: unset HOST, or run `silian init`')
    let told = ''
    return await loadDemonstration({
      kit,
      dataFolder: config.dataFolder,
      ...(config.demoPassword ? { password: config.demoPassword } : {}),
      onProgress: ({ phase, done, total }) => {
        const line = `${phase} ${Math.floor((10 * done) / Math.max(total, 1)) * 10}`
        if (line !== told)
          say('start.loading', { phase, percent: Math.floor((100 * done) / Math.max(total, 1)) })
        told = line
      },
    })
  } finally {
    await Promise.all([kit.app.close(), kit.batch.close()])
  }
}

async function demoWitnesses({ app }: Connections, { dataFolder }: Config): Promise<DemoWitnesses> {
  const database = new Database('app', app, 1)
  try {
    return await startWitnesses(database, dataFolder)
  } finally {
    await database.close()
  }
}

/** The sandbox bank ends with us: it watches the channel that our end closes. */
function startBank(config: Config, url: string): ChildProcess {
  const main = join(import.meta.dirname, '../bank/main.ts')
  const env = {
    ...process.env,
    SILIAN_URL: url,
    SILIAN_DATA: config.dataFolder,
    BANK_PORT: String(config.bankPort),
  }
  return spawn(process.execPath, [main], { env, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
}

function announce(accounts: readonly DemoAccount[], config: Config): void {
  if (accounts.length === 0) return
  say('start.accounts')
  for (const { username, password, role, name, organisation } of accounts)
    process.stdout.write(
      `  ${username.padEnd(26)} ${password.padEnd(22)} ${role.padEnd(18)} ${name} ${organisation}\n`,
    )
  say('start.bank', { url: `http://127.0.0.1:${config.bankPort}` })
}

/** A programme comes with its administrators: where there is one, there is somebody who can sign in. */
async function isEmpty({ app }: Connections): Promise<boolean> {
  const database = new Database('app', app, 1)
  try {
    return (await database.read(platform, listProgrammes)).length === 0
  } finally {
    await database.close()
  }
}

/** Ctrl-C, a polite kill, or the end of the process that started us. */
function stopSignal(): Promise<'stopped'> {
  return new Promise(resolve => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve('stopped'))
    process.once('disconnect', () => resolve('stopped'))
  })
}
