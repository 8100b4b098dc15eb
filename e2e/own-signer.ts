import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import { registerOwnKey } from '@silian/kernel/fact/key-facts.ts'
import type { SpeaksAs } from '@silian/kernel/fact/tables.ts'
import { newId } from '@silian/kernel/ids/ids.ts'
import type { Whole } from '@silian/server/compose.ts'
import canonicalize from 'canonicalize'
import { type SmallWorld, worldTime } from './small-world.ts'

export interface OwnSigner {
  readonly keyId: string
  /** Exact bytes of a fact signed with a key that the server never had. */
  sign(type: string, pub: Record<string, unknown>, change?: Record<string, unknown>): Buffer
}

export interface OwnKey {
  readonly keyId: string
  /** Base64 of the raw key. */
  readonly publicKey: string
  /** What registers it. */
  proof(said: { holder: string; kind: string; log: string }): string
  /** The entry of a body to sign, with the key's signature. */
  signed(body: object): Buffer
}

/** A key that no server ever saw. */
export function ownKey(): OwnKey {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const raw = publicKey.export({ type: 'spki', format: 'der' }).subarray(-32)
  const base64 = raw.toString('base64')
  const signature = (text: string) => sign(null, Buffer.from(text), privateKey).toString('base64')
  return {
    keyId: createHash('sha256').update(raw).digest('hex').slice(0, 16),
    publicKey: base64,
    proof: said => signature(`silian/own-key/v1\n${canonicalize({ ...said, key: base64 })}`),
    signed: body =>
      Buffer.from(canonicalize({ ...body, sig: signature(`silian/fact/v1\n${canonicalize(body)}`) })!),
  }
}

/** A bank or another party with a key of its own, registered in the world's log. */
export async function ownSigner(
  kit: Pick<Whole, 'app' | 'keyring'>,
  world: Pick<SmallWorld, 'programme' | 'write'>,
  holder: string,
  as: SpeaksAs = 'bank',
): Promise<OwnSigner> {
  const key = ownKey()
  const publicKey = Buffer.from(key.publicKey, 'base64')
  await world.write(tx => registerOwnKey(tx, kit.keyring, { holder, publicKey, as }))
  const log = await kit.app.read({ programme: world.programme, actor: 'test' }, tx => kit.keyring.origin(tx))
  return {
    keyId: key.keyId,
    sign: (type, pub, change = {}) =>
      key.signed({
        ...{ v: 1, type, id: newId(), log, at: worldTime.toISOString(), actor: key.keyId, by: 'own' },
        ...{ pub, c: {}, refs: [], ...change },
      }),
  }
}
