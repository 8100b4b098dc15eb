import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import { registerOwnKey } from '@silian/kernel/fact/key-facts.ts'
import { newId } from '@silian/kernel/ids/ids.ts'
import type { Whole } from '@silian/server/compose.ts'
import canonicalize from 'canonicalize'
import { type SmallWorld, worldTime } from './small-world.ts'

export interface OwnSigner {
  readonly keyId: string
  /** Exact bytes of a fact signed with a key that the server never had. */
  sign(type: string, pub: Record<string, unknown>, change?: Record<string, unknown>): Buffer
}

/** A party with a key of its own, registered in the world's log. */
export async function ownSigner(
  kit: Pick<Whole, 'app' | 'keyring'>,
  world: Pick<SmallWorld, 'programme' | 'write'>,
  holder: string,
): Promise<OwnSigner> {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const raw = publicKey.export({ type: 'spki', format: 'der' }).subarray(-32)
  const keyId = createHash('sha256').update(raw).digest('hex').slice(0, 16)
  await world.write(tx => registerOwnKey(tx, kit.keyring, { holder, publicKey: raw }))
  const log = await kit.app.read({ programme: world.programme, actor: 'test' }, tx => kit.keyring.origin(tx))
  return {
    keyId,
    sign: (type, pub, change = {}) => {
      const body = {
        v: 1,
        type,
        id: newId(),
        log,
        at: worldTime.toISOString(),
        actor: keyId,
        by: 'own',
        pub,
        c: {},
        refs: [],
        ...change,
      }
      const signature = sign(null, Buffer.from(`silian/fact/v1\n${canonicalize(body)}`), privateKey)
      return Buffer.from(canonicalize({ ...body, sig: signature.toString('base64') })!)
    },
  }
}
