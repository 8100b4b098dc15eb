import { parseArgs } from 'node:util'
import type { Config } from '@silian/kernel/config/config.ts'
import { loadSecrets } from '@silian/kernel/config/secrets.ts'
import { Database } from '@silian/kernel/database/database.ts'
import { addLogKey, logKeys, retireLogKey } from '@silian/kernel/log/keys.ts'
import { drain } from '@silian/kernel/log/sequencer.ts'
import { succeedLog } from '@silian/kernel/log/succeed.ts'
import { beside } from './beside.ts'
import { AlreadyRunning, claim, openDatabase } from './database.ts'
import { say } from './say.ts'

/**
 * `silian log succeed PROGRAMME --origin silian.example.cn/log/shenzhen-2`: a log that stands still goes on under another
 * name, with the server stopped. `silian log keys|add-key|retire-key PROGRAMME`: the keys that sign its heads.
 */
export async function log(config: Config, args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { origin: { type: 'string' }, sm2: { type: 'boolean' }, key: { type: 'string' } },
  })
  const [what, programme, ...more] = positionals
  if (programme && more.length === 0) {
    if (what === 'succeed' && values.origin) return succeed(config, programme, values.origin)
    if (what === 'keys') return beside(config, shown(programme))
    if (what === 'add-key') return beside(config, add(programme, values.sm2 ? 'sm2' : 'ed25519'))
    if (what === 'retire-key' && values.key) return beside(config, retire(programme, values.key))
  }
  say('log.usage')
  return 2
}

type Work = Parameters<typeof beside>[1]

const scopeOf = (programme: string) => ({ programme, actor: 'system' })

const shown =
  (programme: string): Work =>
  async ({ kit }) => {
    const keys = await kit.batch.read(scopeOf(programme), logKeys)
    for (const { keyId, vkey, retired } of keys) say(retired ? 'log.key_retired' : 'log.key', { keyId, vkey })
    return keys.length > 0 ? 0 : 1
  }

/** The first head with the new key is signed at once: whoever is given the key can try it. */
const add =
  (programme: string, alg: 'ed25519' | 'sm2'): Work =>
  async ({ kit }) => {
    const added = await kit.batch.write(scopeOf(programme), tx => addLogKey(tx, kit.keyring, alg))
    if (!added.ok) return refused(added.code)
    await drain(kit.batch, kit.keyring, programme)
    say('log.key_added', { vkey: added.value.vkey })
    return 0
  }

const retire =
  (programme: string, keyId: string): Work =>
  async ({ kit }) => {
    const done = await kit.batch.write(scopeOf(programme), tx => retireLogKey(tx, kit.keyring, keyId))
    if (!done.ok) return refused(done.code)
    await drain(kit.batch, kit.keyring, programme)
    say('log.key_ended', { keyId })
    return 0
  }

function refused(code: string): number {
  say('log.refused', { code })
  return 1
}

async function succeed(config: Config, programme: string, origin: string): Promise<number> {
  const secrets = await loadSecrets(config.dataFolder)
  const { connections, embedded } = await openDatabase(config, secrets)
  const owner = new Database('owner', connections.owner, 1)
  const batch = new Database('batch', connections.batch, 2)
  try {
    const release = await claim(connections, () => undefined)
    const done = await succeedLog(owner, batch, programme, { to: origin, masterKey: secrets.masterKey })
    await release()
    if (!done.ok) return refused(done.code)
    say('log.succeeded', { origin, size: done.value })
    return 0
  } catch (error) {
    if (!(error instanceof AlreadyRunning)) throw error
    say('log.running')
    return 1
  } finally {
    await Promise.all([owner.close(), batch.close()])
    if (embedded && !embedded.adopted) await embedded.stop()
  }
}
