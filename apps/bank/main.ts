import { configFrom } from '@silian/kernel/config/config.ts'
import { readEnv } from '@silian/kernel/config/env.ts'
import { startBank } from './bank.ts'

/** The demonstration's bank, beside the server: it keeps a key of its own and speaks to the server over HTTP alone. */
const env = readEnv()
const config = configFrom(env)
const bank = await startBank({
  dataFolder: config.dataFolder,
  serverUrl: env.url ?? config.publicUrl,
  port: config.bankPort,
  programme: 'shenzhen',
})

const end = () => void bank.stop().then(() => process.exit(0))
process.once('SIGTERM', end)
process.once('SIGINT', end)
process.once('disconnect', end)
