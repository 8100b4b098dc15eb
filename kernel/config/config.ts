import { resolve } from 'node:path'
import type { Env } from './env.ts'

export interface Config {
  readonly host: string
  readonly port: number
  /** Absolute folder for the embedded database, secrets and files. */
  readonly dataFolder: string
  /** The owner's connection to an outside PostgreSQL; without it the embedded server is used. */
  readonly databaseUrl: string | undefined
  readonly demoPassword: string | undefined
  /** Where the demonstration's sandbox bank listens, on loopback. */
  readonly bankPort: number
  /** The user id that runs the embedded server when we are root. */
  readonly postgresUid: number
  /** Where people reach the server; part of cookies' trust, never of a log's origin. */
  readonly publicUrl: string
  readonly logLevel: string
  /** Where e-mail is handed over, `smtps://user:password@host`; without it nobody is sent any. */
  readonly smtpUrl: string | undefined
  /** Whom e-mail comes from. */
  readonly mailFrom: string | undefined
  /** A C2SP tlog-policy file: the witnesses that cosign our checkpoints, and how many must. */
  readonly witnessPolicy: string | undefined
  /** A folder on another machine or disk where each log's newest checkpoint is kept, to be compared at the next start. */
  readonly headsFolder: string | undefined
  /** What one address may search in the shop a minute; 0 is no limit. */
  readonly searchLimit: number
  /** Addresses, orders and payments of customers that one address may write a minute; 0 is no limit. */
  readonly shopLimit: number
}

export class BadConfig extends Error {
  override readonly name = 'BadConfig'
}

export function configFrom(env: Env): Config {
  const port = number('PORT', env.port, 8320)
  const host = env.host ?? '127.0.0.1'
  return {
    host,
    port,
    dataFolder: resolve(env.dataFolder ?? '.silian'),
    databaseUrl: env.databaseUrl || undefined,
    demoPassword: env.demoPassword || undefined,
    bankPort: number('BANK_PORT', env.bankPort, port + 1),
    postgresUid: number('PGUID', env.postgresUid, 65_534),
    publicUrl: env.publicUrl ?? `http://${host}:${port}`,
    logLevel: env.logLevel ?? 'warn',
    smtpUrl: smtp(env.smtpUrl),
    mailFrom: env.mailFrom || undefined,
    witnessPolicy: env.witnessPolicy || undefined,
    headsFolder: env.headsFolder || undefined,
    searchLimit: number('SILIAN_SEARCH_LIMIT', env.searchLimit, 3000),
    shopLimit: number('SILIAN_SHOP_LIMIT', env.shopLimit, 600),
  }
}

function smtp(text: string | undefined): string | undefined {
  if (!text) return undefined
  if (!URL.canParse(text) || !/^smtps?:$/.test(new URL(text).protocol))
    throw new BadConfig('SILIAN_SMTP_URL must be smtp:// or smtps://')
  return text
}

function number(name: string, text: string | undefined, otherwise: number): number {
  if (text === undefined || text === '') return otherwise
  if (!/^\d{1,7}$/.test(text)) throw new BadConfig(`${name} must be a whole number, not "${text}"`)
  return Number(text)
}
