import { z } from 'zod'
import { command } from '../database/command.ts'
import type { Database } from '../database/database.ts'
import type { Keyring } from '../fact/keyring.ts'
import { type Route, route } from '../http/route.ts'
import { id } from '../http/shapes.ts'
import { ok } from '../result/result.ts'
import {
  countersignature,
  countersigned,
  keyId,
  keyMade,
  keyRevocation,
  newSigningKey,
  signingKeyQuery,
  signingKeys,
  toSign,
  toSignQuery,
} from './contract.ts'
import { bodyToSign, type Countersignable, countersign } from './countersign.ts'
import { addOwnKey, endOwnKey, listOwnKeys } from './own-keys.ts'

interface Means {
  readonly app: Database
  readonly keyring: Keyring
}

export const signingRoutes = ({ app, keyring }: Means, kinds: readonly Countersignable[]): Route[] => [
  route({
    method: 'GET',
    path: '/signing-keys',
    action: 'key.read',
    summary: '签名密钥 Keys that organisations keep themselves',
    query: signingKeyQuery,
    answer: signingKeys,
    handle: async ({ scope, reach, query }) =>
      ok(await app.read(scope, tx => listOwnKeys(tx, keyring, reach, query))),
  }),
  route({
    method: 'POST',
    path: '/signing-keys',
    action: 'key.register',
    summary: '登记签名密钥 Register a key that never was with us',
    body: newSigningKey,
    answer: keyMade,
    handle: ({ scope, reach, body, command: once }) =>
      command(app, scope, once, tx => addOwnKey(tx, keyring, reach, body)),
  }),
  route({
    method: 'POST',
    path: '/signing-keys/{key}/revocation',
    action: 'key.revoke',
    summary: '注销签名密钥 From now on the key signs nothing',
    params: z.object({ key: keyId }),
    body: keyRevocation,
    answer: keyMade,
    handle: ({ scope, reach, params, body, command: once }) =>
      command(app, scope, once, tx => endOwnKey(tx, keyring, reach, params.key, body.reason)),
  }),
  route({
    method: 'GET',
    path: '/facts/{fact}/to-sign',
    action: 'fact.countersign',
    summary: '待签内容 What a party is to sign, with the fact it is about',
    params: z.object({ fact: id }),
    query: toSignQuery,
    answer: toSign,
    handle: ({ scope, principal, params, query }) =>
      app.read(scope, tx => bodyToSign(tx, keyring, kinds, principal, { ...params, ...query })),
  }),
  route({
    method: 'POST',
    path: '/facts/{fact}/countersignature',
    action: 'fact.countersign',
    summary: "反签 A party's own key bears out what was recorded in its name",
    params: z.object({ fact: id }),
    body: countersignature,
    answer: countersigned,
    handle: ({ scope, principal, params, body, command: once }) =>
      command(app, scope, once, tx =>
        countersign(tx, keyring, kinds, principal, {
          ...params,
          bytes: Buffer.from(body.entry, 'base64'),
        }),
      ),
  }),
]
