import { type Config, configFrom } from '@silian/kernel/config/config.ts'
import type { Secrets } from '@silian/kernel/config/secrets.ts'
import { startServer } from '@silian/server/server.ts'

/** What a test gives a server of its own process, as JSON in its first argument. */
export interface ServerArguments {
  readonly dataFolder: string
  readonly secrets: Secrets
  readonly connections: { readonly app: string; readonly batch: string }
  /** File of the policy by which its log is witnessed. */
  readonly witnessPolicy?: string
  /** As `SILIAN_SEARCH_LIMIT`. */
  readonly searchLimit?: number
  /** As `SILIAN_SHOP_LIMIT`. */
  readonly shopLimit?: number
}

const { dataFolder, secrets, connections, witnessPolicy, searchLimit, shopLimit } = JSON.parse(
  process.argv[2]!,
) as ServerArguments
const config: Config = {
  ...configFrom({
    port: '0',
    host: '127.0.0.1',
    dataFolder,
    databaseUrl: undefined,
    demoPassword: undefined,
    bankPort: undefined,
    postgresUid: undefined,
    publicUrl: undefined,
    logLevel: 'silent',
    url: undefined,
    witnessPolicy,
    searchLimit: searchLimit?.toString(),
    shopLimit: shopLimit?.toString(),
  }),
}
const server = await startServer({ config, secrets, connections })
process.stdout.write(`${server.url}\n`)
process.on('SIGTERM', () => void server.stop().then(() => process.exit(0)))
