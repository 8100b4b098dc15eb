import type { Whole } from '@silian/server/compose.ts'
import { keyOf, wordOf } from '../countersigned.ts'
import { type OwnKey, ownKey } from '../own-signer.ts'
import type { Expectation } from './expectations.ts'
import type { Prepare } from './requests.ts'
import { orderAt, type Side } from './side.ts'

/** A key of the side's unit, and the acceptance of an order with what that key says of it. */
export interface Signing {
  readonly key: OwnKey
  readonly fact: string
  /** Base64. */
  readonly entry: string
}

export async function signingOf(kit: Whole, side: Side): Promise<Signing> {
  const [key, order] = [await keyOf(kit, side.world, side.unit), await orderAt(kit, side, 'accepted')]
  const { fact, bytes } = await wordOf(kit, key, { programme: side.world.programme, order, buyer: side.unit })
  return { key, fact, entry: bytes.toString('base64') }
}

const elsewhere = ['coop_clerk', 'village_cadre', 'bank_officer'] as const

export const signingExpectations: readonly Expectation[] = [
  {
    route: 'GET /signing-keys',
    action: 'key.read',
    own: ['approver', 'canteen_acceptor'],
    none: elsewhere,
    all: ['security_admin', 'auditor'],
    about: 'organisation',
  },
  {
    route: 'POST /signing-keys',
    action: 'key.register',
    own: ['canteen_acceptor'],
    none: elsewhere,
    another: '404 organisation.not_found',
    about: 'organisation',
  },
  {
    route: 'POST /signing-keys/{key}/revocation',
    action: 'key.revoke',
    own: ['approver', 'canteen_acceptor'],
    none: elsewhere,
    all: ['security_admin'],
    another: '404 key.not_found',
    about: 'organisation',
  },
  {
    route: 'GET /facts/{fact}/to-sign',
    action: 'fact.countersign',
    own: ['canteen_acceptor'],
    none: ['village_cadre'],
    another: '404 fact.not_found',
    about: 'organisation',
  },
  {
    route: 'POST /facts/{fact}/countersignature',
    action: 'fact.countersign',
    own: ['canteen_acceptor'],
    none: ['village_cadre'],
    another: '404 fact.not_found',
    about: 'organisation',
  },
]

export const signingRequests: Readonly<Record<string, Prepare>> = {
  'GET /signing-keys': of => ({ path: '/signing-keys?limit=200', shows: of.signing.key.keyId }),
  'POST /signing-keys': of => {
    const key = ownKey()
    const said = { holder: of.unit, kind: 'client' }
    const proof = key.proof({ ...said, log: `test.example/demo/${of.world.programme}` })
    const body = { ...said, label: '示范程序', publicKey: key.publicKey, proof }
    return { path: '/signing-keys', body, shows: key.keyId }
  },
  'POST /signing-keys/{key}/revocation': async (of, fresh) => {
    const { keyId } = fresh ? await keyOf(fresh, of.world, of.unit) : of.signing.key
    return { path: `/signing-keys/${keyId}/revocation`, body: { reason: 'lost' }, shows: keyId }
  },
  'GET /facts/{fact}/to-sign': of => ({
    path: `/facts/${of.signing.fact}/to-sign?key=${of.signing.key.keyId}`,
  }),
  'POST /facts/{fact}/countersignature': async (of, fresh) => {
    const { fact, entry } = fresh ? await signingOf(fresh, of) : of.signing
    return { path: `/facts/${fact}/countersignature`, body: { entry }, shows: fact }
  },
}
