import { spawnSync } from 'node:child_process'
import { openSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { bareProgramme } from '@silian/e2e/witnessed.ts'
import { createClient } from '@silian/kernel/access/clients.ts'
import { createOrganisation } from '@silian/kernel/access/organisations.ts'
import { loadSecrets } from '@silian/kernel/config/secrets.ts'
import { Database } from '@silian/kernel/database/database.ts'
import { freePort } from '@silian/kernel/database/embedded.ts'
import { prepareDatabase, provisionEmbedded, withLogin } from '@silian/kernel/database/provision.ts'
import { newId } from '@silian/kernel/ids/ids.ts'
import { vkey } from '@silian/kernel/log/read.ts'
import { must } from '@silian/kernel/result/result.ts'
import { composeKit } from '@silian/server/compose.ts'
import { loadKey } from '@silian/witness/key.ts'
import { type Kept, KeptPostgres, KeptProcess } from './kill-kept.ts'
import { type Overheard, overhear } from './kill-overheard.ts'
import { seeded } from './kill-seed.ts'
import { verdictOn } from './kill-verdict.ts'
import type { Writing } from './kill-writer.ts'

/**
 * `node scripts/kill-evidence.ts --kills 50 --facts 20000`: two servers on one database, two witnesses and a writer, each a
 * process of its own; a random one is killed with SIGKILL, the database included, and started again, while the writer goes
 * on. In the end every acknowledged fact must stand in the log once, every head that was ever shown must begin the last
 * one, and no witness may have refused.
 */
const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '50' },
    facts: { type: 'string', default: '20000' },
    seed: { type: 'string' },
    keep: { type: 'boolean', default: false },
  },
})
const [kills, facts] = [Number(values.kills), Number(values.facts)]
const seed = Number(values.seed ?? Date.now() % 1_000_000)
const random = seeded(seed)
const root = join(import.meta.dirname, '..')
const folder = await mkdtemp(join(tmpdir(), 'silian-kill-'))
const begun = performance.now()
const say = (line: string) =>
  process.stdout.write(`${String(Math.round((performance.now() - begun) / 1000)).padStart(4)} s  ${line}\n`)

const errors = openSync(join(folder, 'errors'), 'a')
say(`seed ${seed}, ${kills} kills over ${facts} facts, data in ${folder}`)
const secrets = await loadSecrets(folder)
const { superuserPassword } = secrets
const postgres = await KeptPostgres.start({ dataFolder: folder, superuserPassword })
const ownerUrl = await provisionEmbedded(postgres.superuserUrl, secrets)
const { writing, key } = await world()
const overheard: Overheard[] = []
const { witnesses, policy, close } = await startWitnesses()
const env = {
  ...{ SILIAN_DATA: folder, DATABASE_URL: ownerUrl, SILIAN_LOG_LEVEL: 'silent' },
  ...{ SILIAN_WITNESSES: policy, SILIAN_HEADS: join(folder, 'heads') },
}
const ports = writing.servers.map(url => new URL(url).port)
const servers = ports.map((port, n) => {
  const args = ['apps/cli/main.ts', 'start']
  return new KeptProcess({
    name: `server ${n + 1}`,
    args,
    ready: 'ready ',
    errors,
    env: { ...env, PORT: port },
  })
})
await Promise.all([...servers, ...witnesses].map(each => each.up()))
const shown = new Set<string>()
const watching = new AbortController()
const watched = Promise.all(writing.servers.map(watch))
const writer = new KeptProcess({
  ...{
    name: 'the writer',
    args: ['scripts/kill-writer.ts', JSON.stringify(writing)],
    ready: 'ready',
    errors,
  },
})
await killSome([...servers, ...witnesses, postgres, writer])
await writer.done()
say('the writer is done')
await Promise.all([...servers, ...witnesses, postgres].map(each => each.up()))
await settled()
watching.abort()
await watched

const url = `${writing.servers[0]}/log/shenzhen`
const verdicts = await verdictOn({ url, vkey: key, folder, heads: [...shown], overheard })
const audit = run('verify', 'audit', url, '--policy', policy, '--max-age', '86400')
verdicts.push({ found: `the audit with the witnesses' policy ended with ${audit}`, isGood: audit === 0 })
await Promise.all(servers.map(each => each.stop()))
const check = run('check', 'shenzhen')
verdicts.push({ found: `silian check ended with ${check}`, isGood: check === 0 })
await Promise.all(witnesses.map(each => each.stop()))
close()
await postgres.stop()
for (const { found, isGood } of verdicts) say(`${isGood ? 'ok' : 'FAILED'}: ${found}`)
const failed = verdicts.filter(({ isGood }) => !isGood).length
if (!values.keep && failed === 0) await rm(folder, { recursive: true, force: true })
say(
  failed === 0
    ? `${kills} kills: nothing lost, nothing doubled, one tree`
    : `${failed} failures (seed ${seed})`,
)
process.exit(failed === 0 ? 0 : 1)

/** A programme with a co-operative whose machine registers points of sale, in its database of its own. */
async function world(): Promise<{ writing: Writing; key: string }> {
  const kit = composeKit(await prepareDatabase(ownerUrl, secrets, join(root, 'migrations')), secrets)
  await bareProgramme(kit, 'shenzhen', ['440304'])
  const organisationId = newId()
  const coop = {
    id: organisationId,
    key: 'coop',
    nameZh: '示范合作社',
    nameEn: 'Co-operative',
    type: 'cooperative',
  } as const
  const client = await kit.app.write({ programme: 'shenzhen', actor: 'system' }, async tx => {
    must(
      await createOrganisation(tx, { ...coop, areaCode: '440304', invented: true, validFrom: '2020-01-01' }),
    )
    return createClient(tx, {
      name: 'writer',
      kind: 'client',
      role: 'coop_clerk',
      organisationId,
      scopes: ['*'],
    })
  })
  const logs = await Promise.all(['platform', 'shenzhen'].map(id => vkey(kit.app, id)))
  await writeFile(join(folder, 'logs'), `${logs.join('\n')}\n`)
  await Promise.all([kit.app.close(), kit.batch.close()])
  const urls = [await freePort(), await freePort()].map(port => `http://127.0.0.1:${port}`)
  const writing = {
    folder,
    servers: urls,
    secret: must(client).secret,
    operatorId: organisationId,
    until: facts,
  }
  return { writing, key: logs[1]! }
}

/** Two witnesses, and the policy that asks them through someone who hears what they say. */
async function startWitnesses() {
  const made = await Promise.all(
    ['one', 'two'].map(async name => {
      const [data, port] = [join(folder, name), await freePort()]
      await mkdir(data)
      const { vkey: of } = await loadKey(join(data, 'key.json'), `${name}.example`)
      const ear = await overhear(name, `http://127.0.0.1:${port}`, said => void overheard.push(said))
      const given = ['--name', `${name}.example`, '--data', data, '--logs', join(folder, 'logs')]
      const args = ['apps/witness/main.ts', ...given, '--port', String(port)]
      const kept = new KeptProcess({ name: `witness ${name}`, args, ready: 'witness ', errors })
      return { kept, line: `witness ${name} ${of} ${ear.url}`, close: ear.close }
    }),
  )
  const file = join(folder, 'policy')
  const logs = (await readFile(join(folder, 'logs'), 'utf8')).trim().split('\n')
  const lines = [...logs.map(line => `log ${line}`), ...made.map(({ line }) => line)]
  await writeFile(file, `${lines.join('\n')}\ngroup both all one two\nquorum both\n`)
  return {
    witnesses: made.map(({ kept }) => kept),
    policy: file,
    close: () => made.forEach(each => void each.close()),
  }
}

/** One after another at random places of the writing. */
async function killSome(all: readonly Kept[]): Promise<void> {
  const places = Array.from({ length: kills }, () => random() * facts * 0.97).sort((a, b) => a - b)
  for (const [n, at] of places.entries()) {
    const victim = all[Math.floor(random() * all.length)]!
    while ((await acknowledged()) < at) await pause(20)
    await pause(random() * 500)
    await victim.up()
    victim.kill()
    say(`${n + 1}. killed ${victim.name} after ${await acknowledged()} facts`)
  }
}

async function acknowledged(): Promise<number> {
  const { size } = await stat(join(folder, 'acknowledged')).catch(() => ({ size: 0 }))
  return Math.floor(size / 37)
}

/** Keeps every head that a server shows. */
async function watch(server: string): Promise<void> {
  while (!watching.signal.aborted) {
    const answer = await fetch(`${server}/log/shenzhen/checkpoint`).then(
      response => (response.ok ? response.text() : undefined),
      () => undefined,
    )
    if (answer !== undefined) shown.add(answer)
    await pause(100)
  }
}

/** Until everything is in the log, both witnesses have seen it and every subscription is through. */
async function settled(): Promise<void> {
  const { pool } = new Database('owner', withLogin(ownerUrl, 'postgres', superuserPassword), 1)
  for (;;) {
    const { rows } = await pool.query<{ open: number }>(
      `select (select count(*) from fact_pending) + (select count(*) from log where witnessed_size is distinct from size)
            + (select count(*) from subscription s join log using (programme_id) where s.next_index < log.size) as open`,
    )
    if (Number(rows[0]!.open) === 0) break
    await pause(200)
  }
  await pool.end()
}

function run(...args: string[]): number {
  const given = { cwd: root, env: { ...process.env, ...env }, encoding: 'utf8' } as const
  const { status, stdout, stderr } = spawnSync(process.execPath, ['apps/cli/main.ts', ...args], given)
  if (status !== 0) process.stdout.write(`${stdout}\n${stderr}\n`)
  return status ?? -1
}
