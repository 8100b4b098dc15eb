import { configFrom } from '@silian/kernel/config/config.ts'
import { readEnv } from '@silian/kernel/config/env.ts'
import { startBank } from './bank.ts'
import { payKeys, payKeysFile } from './pay/keys.ts'
import { startSandboxPay } from './pay/sandbox.ts'

/** The demonstration's bank, beside the server: it keeps a key of its own and speaks to the server over HTTP alone. */
const env = readEnv()
const config = configFrom(env)
const bank = await startBank({
  dataFolder: config.dataFolder,
  serverUrl: env.url ?? config.publicUrl,
  port: config.bankPort,
  programme: 'shenzhen',
})

/** WeChat Pay and Alipay as their merchant sees them; the port after the bank's. */
const pay = await startSandboxPay({
  keys: await payKeys(payKeysFile(config.dataFolder)),
  port: config.bankPort + 1,
  // where its port is another's the bank goes on without it
}).catch(() => undefined)

const end = () => void Promise.all([bank.stop(), pay?.stop()]).then(() => process.exit(0))
process.once('SIGTERM', end)
process.once('SIGINT', end)
process.once('disconnect', end)
