import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { configFrom } from '@silian/kernel/config/config.ts'
import { readEnv } from '@silian/kernel/config/env.ts'
import { buy } from './buy.ts'
import { Failed, Person } from './client.ts'
import { grow } from './grow.ts'
import { payOut } from './pay-out.ts'
import { heading, tell } from './tell.ts'
import { verify } from './verify.ts'

/** `npm run tour`: the main job against a running server, through the public API only, then its proofs offline. */
export interface Tour {
  readonly base: string
  readonly bank: string
  readonly programme: string
  /** This run: its ids and keys follow from it, so that two tours do not meet. */
  readonly run: string
  readonly as: (username: string) => Promise<Person>
  readonly path: (rest: string) => string
}

const env = readEnv()
const config = configFrom(env)
const base = (
  env.url ?? (await readFile(join(config.dataFolder, 'url'), 'utf8').catch(() => config.publicUrl))
).replace(/\/$/, '')
const passwords = await readPasswords()
const people = new Map<string, Promise<Person>>()

const tour: Tour = {
  base,
  // the bank listens beside the server, wherever that was started
  bank: `http://127.0.0.1:${env.bankPort ?? Number(new URL(base).port) + 1}`,
  programme: 'shenzhen',
  run: randomUUID(),
  path: rest => `/api/v1/p/shenzhen${rest}`,
  as: username => {
    const known = people.get(username) ?? signIn(username)
    people.set(username, known)
    return known
  },
}

try {
  heading('四链之旅', `The main job at ${base}`)
  const grown = await grow(tour)
  const bought = await buy(tour, grown)
  await payOut(tour, grown, bought)
  await verify(tour, bought)
  heading('全部相符', 'Everything agrees: the order, its money, its households and the figure')
} catch (error) {
  tell('✗', (error as Error).message, '')
  if (!(error instanceof Failed)) process.stderr.write(`${(error as Error).stack}\n`)
  process.exit(1)
}
process.exit(0)

async function signIn(username: string): Promise<Person> {
  const password = passwords(username)
  if (!password)
    throw new Failed(`no password for ${username}: start the demonstration here, or set SILIAN_DEMO_PASSWORD`)
  const person = new Person(base, username, password)
  await person.signIn()
  return person
}

async function readPasswords(): Promise<(username: string) => string | undefined> {
  if (config.demoPassword) return () => config.demoPassword
  const text = await readFile(join(config.dataFolder, 'demo-accounts.json'), 'utf8').catch(() => '[]')
  const kept = new Map(
    (JSON.parse(text) as { username: string; password: string }[]).map(a => [a.username, a.password]),
  )
  return username => kept.get(username)
}
