import { acceptedOrder } from '@silian/chains/supply/orders/countersign.ts'
import type { Principal } from '@silian/kernel/access/principal.ts'
import { registerOwnKey } from '@silian/kernel/fact/key-facts.ts'
import { must } from '@silian/kernel/result/result.ts'
import { bodyToSign, countersign } from '@silian/kernel/signing/countersign.ts'
import type { Whole } from '@silian/server/compose.ts'
import { type OwnKey, ownKey } from './own-signer.ts'
import { type SmallWorld, worldTime } from './small-world.ts'

/** A key of the organisation's own, registered. */
export async function keyOf(kit: Whole, { write }: SmallWorld, holder: string): Promise<OwnKey> {
  const key = ownKey()
  const publicKey = Buffer.from(key.publicKey, 'base64')
  await write(tx => registerOwnKey(tx, kit.keyring, { holder, publicKey, as: 'party' }))
  return key
}

const acceptorOf = (programme: string, organisationId: string): Principal => ({
  ...{ kind: 'person', id: 'somebody', programme },
  roles: [{ role: 'canteen_acceptor', organisationId, areaPath: null }],
})

interface Acceptance {
  readonly programme: string
  readonly order: string
  readonly buyer: string
  readonly at?: Date
}

/** What the buyer's key says of an order's acceptance. */
export const wordOf = (kit: Whole, key: OwnKey, { programme, order, buyer, at = worldTime }: Acceptance) =>
  kit.app.read({ programme, actor: 'somebody', at }, async tx => {
    const [fact] = await tx.query<{ id: string }>(
      `select id from fact where programme_id = $1 and subject = $2 and type = 'order.accepted'`,
      [programme, order],
    )
    const asked = { fact: fact!.id, key: key.keyId }
    const principal = acceptorOf(programme, buyer)
    const { body } = must(await bodyToSign(tx, kit.keyring, [acceptedOrder], principal, asked))
    return { fact: fact!.id, bytes: key.signed(JSON.parse(Buffer.from(body, 'base64').toString())) }
  })

/** The buyer bears out an order's acceptance. */
export async function countersigned(kit: Whole, world: SmallWorld, said: Acceptance): Promise<void> {
  const { programme, buyer, at = worldTime } = said
  const word = await wordOf(kit, await keyOf(kit, world, buyer), said)
  const principal = acceptorOf(programme, buyer)
  must(
    await kit.app.write({ programme, actor: 'somebody', at }, tx =>
      countersign(tx, kit.keyring, [acceptedOrder], principal, word),
    ),
  )
}
