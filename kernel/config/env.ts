/** The only place that reads the environment. Everything else gets a typed Config. */
export interface Env {
  readonly port: string | undefined
  readonly host: string | undefined
  readonly dataFolder: string | undefined
  readonly databaseUrl: string | undefined
  readonly demoPassword: string | undefined
  readonly bankPort: string | undefined
  readonly postgresUid: string | undefined
  readonly publicUrl: string | undefined
  readonly logLevel: string | undefined
  readonly url: string | undefined
  readonly smtpUrl?: string | undefined
  readonly mailFrom?: string | undefined
  readonly witnessPolicy?: string | undefined
  readonly headsFolder?: string | undefined
  readonly searchLimit?: string | undefined
  readonly shopLimit?: string | undefined
}

export function readEnv(env: NodeJS.ProcessEnv = process.env): Env {
  return {
    port: env.PORT,
    host: env.HOST,
    dataFolder: env.SILIAN_DATA,
    databaseUrl: env.DATABASE_URL,
    demoPassword: env.SILIAN_DEMO_PASSWORD,
    bankPort: env.BANK_PORT,
    postgresUid: env.PGUID,
    publicUrl: env.SILIAN_PUBLIC_URL,
    logLevel: env.SILIAN_LOG_LEVEL,
    url: env.SILIAN_URL,
    smtpUrl: env.SILIAN_SMTP_URL,
    mailFrom: env.SILIAN_MAIL_FROM,
    witnessPolicy: env.SILIAN_WITNESSES,
    headsFolder: env.SILIAN_HEADS,
    searchLimit: env.SILIAN_SEARCH_LIMIT,
    shopLimit: env.SILIAN_SHOP_LIMIT,
  }
}
