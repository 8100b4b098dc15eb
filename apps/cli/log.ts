import { parseArgs } from 'node:util'
import type { Config } from '@silian/kernel/config/config.ts'
import { loadSecrets } from '@silian/kernel/config/secrets.ts'
import { Database } from '@silian/kernel/database/database.ts'
import { succeedLog } from '@silian/kernel/log/succeed.ts'
import pg from 'pg'
import { AlreadyRunning, claim, openDatabase } from './database.ts'
import { say } from './say.ts'

/**
 * `silian log succeed PROGRAMME --origin silian.example.cn/log/shenzhen-2`: a log that stands still goes on under another
 * name. With the server stopped. The witnesses are then given the new verifier key, which is printed.
 */
export async function log(config: Config, args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { origin: { type: 'string' } },
  })
  const [what, programme, ...more] = positionals
  if (what !== 'succeed' || !programme || more.length > 0 || !values.origin) {
    say('log.usage')
    return 2
  }
  const secrets = await loadSecrets(config.dataFolder)
  const { connections, embedded } = await openDatabase(config, secrets)
  const owner = new pg.Client({ connectionString: connections.owner })
  const batch = new Database('batch', connections.batch, 2)
  try {
    const release = await claim(connections, () => undefined)
    await owner.connect()
    const done = await succeedLog(owner, batch, programme, {
      to: values.origin,
      masterKey: secrets.masterKey,
    })
    await release()
    if (done.ok) say('log.succeeded', { origin: values.origin, size: done.value })
    else say('log.refused', { code: done.code })
    return done.ok ? 0 : 1
  } catch (error) {
    if (!(error instanceof AlreadyRunning)) throw error
    say('log.running')
    return 1
  } finally {
    await Promise.all([owner.end(), batch.close()])
    if (embedded && !embedded.adopted) await embedded.stop()
  }
}
