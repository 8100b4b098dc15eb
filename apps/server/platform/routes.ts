import { changes as changesAfter, factById } from '@silian/kernel/fact/read.ts'
import { type Route, route } from '@silian/kernel/http/route.ts'
import { id } from '@silian/kernel/http/shapes.ts'
import { tlogProof } from '@silian/kernel/log/proofs.ts'
import { ok, refuse } from '@silian/kernel/result/result.ts'
import { z } from 'zod'
import type { Whole } from '../compose.ts'
import {
  areaQuery,
  areas,
  changes,
  changesQuery,
  evidence,
  organisationPage,
  organisationQuery,
  signer,
} from './contract.ts'
import { listAreas, listOrganisations } from './reads.ts'
import { signerOf } from './signers.ts'

export const platformRoutes = (kit: Whole): Route[] => [
  route({
    method: 'GET',
    path: '/areas',
    action: 'organisation.read',
    summary: '行政区划 Areas below one, or the provinces',
    query: areaQuery,
    answer: areas,
    handle: async ({ scope, query }) => ok(await kit.app.read(scope, tx => listAreas(tx, query.parent))),
  }),
  route({
    method: 'GET',
    path: '/organisations',
    action: 'organisation.read',
    summary: '组织台账 Organisations in force',
    query: organisationQuery,
    answer: organisationPage,
    handle: async ({ scope, query }) => ok(await kit.app.read(scope, tx => listOrganisations(tx, query))),
  }),
]

/** What anyone may follow and check: the facts in log order, and each with its proof. */
export const evidenceRoutes = (kit: Whole): Route[] => [
  route({
    method: 'GET',
    path: '/changes',
    action: 'change.read',
    summary: '变更流 The change feed: facts in log order, public parts only',
    query: changesQuery,
    answer: changes,
    handle: async ({ scope, query }) => {
      const { items, next } = await changesAfter(kit.app, scope.programme, {
        after: query.after,
        limit: query.limit,
        ...(query.types ? { types: query.types.split(',') } : {}),
      })
      return ok({
        items: items.map(f => ({
          index: f.index,
          id: f.id,
          type: f.type,
          at: f.at.toISOString(),
          signedBy: f.signedBy,
          pub: f.pub,
        })),
        next,
      })
    },
  }),
  route({
    // public as the log itself is: a fact's entry and its proof hold nothing hidden
    method: 'GET',
    path: '/facts/{fact}',
    action: 'change.read',
    summary: '存证 A fact with its signed entry and its proof',
    params: z.object({ fact: id }),
    answer: evidence,
    handle: async ({ scope, params: { fact } }) => {
      const found = await kit.app.read(scope, tx => factById(tx, fact))
      if (!found) return refuse('fact.not_found')
      const [bytes] = await kit.app.read(scope, tx =>
        tx.query<{ entry: Buffer }>('select entry from fact where programme_id = $1 and id = $2', [
          tx.programme,
          fact,
        ]),
      )
      return ok({
        factId: found.id,
        type: found.type,
        entry: bytes!.entry.toString('base64'),
        logIndex: found.index ?? null,
        proof: (await tlogProof(kit.app, scope.programme, fact)) ?? null,
      })
    },
  }),
  route({
    method: 'GET',
    path: '/signers/{key}',
    action: 'change.read',
    summary: '签名方 Whose signing key it is, with the receipts that bear it out',
    params: z.object({ key: z.string().regex(/^[0-9a-f]{16}$/) }),
    answer: signer,
    handle: ({ scope, params: { key } }) => kit.app.read(scope, tx => signerOf(tx, kit.keyring, key)),
  }),
]
