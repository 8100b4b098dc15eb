import { readAudit } from '@silian/kernel/access/audit.ts'
import { createOrganisation } from '@silian/kernel/access/organisations.ts'
import { command } from '@silian/kernel/database/command.ts'
import { changes as changesAfter, factById } from '@silian/kernel/fact/read.ts'
import { pageFrom } from '@silian/kernel/http/paging.ts'
import { type Route, route } from '@silian/kernel/http/route.ts'
import { id } from '@silian/kernel/http/shapes.ts'
import { tlogProof } from '@silian/kernel/log/proofs.ts'
import { ok, refuse } from '@silian/kernel/result/result.ts'
import { z } from 'zod'
import type { Whole } from '../compose.ts'
import {
  accessPage,
  areaQuery,
  areas,
  changes,
  changesQuery,
  evidence,
  newOrganisation,
  organisationPage,
  organisationQuery,
} from './contract.ts'
import { listAreas, listOrganisations } from './reads.ts'

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
  route({
    method: 'POST',
    path: '/organisations',
    action: 'organisation.create',
    summary: '登记组织 Put an organisation on record',
    body: newOrganisation,
    answer: z.object({ id }),
    handle: ({ scope, body: { id: given, ...body }, command: once }) =>
      command(kit.app, scope, once, async tx => {
        const made = await createOrganisation(tx, { ...body, ...(given ? { id: given } : {}) })
        if (!made.ok) return made
        const { id: organisation, key, nameZh, type, areaCode } = made.value
        await kit.recorder.record(tx, {
          type: 'organisation.created',
          subject: organisation,
          holder: 'operator',
          pub: { organisation, key, name: nameZh, kind: type, area: areaCode },
        })
        return ok({ id: organisation })
      }),
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
    path: '/access-records',
    action: 'audit.read',
    summary: '查阅记录 Who saw which personal field and why',
    query: z.object({
      after: id.optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
    answer: accessPage,
    handle: async ({ scope, query }) => {
      const rows = await kit.app.read(scope, tx =>
        readAudit(tx, { limit: query.limit + 1, ...(query.after ? { before: query.after } : {}) }),
      )
      return ok(
        pageFrom(
          rows,
          query.limit,
          row => row.id,
          row => ({
            id: row.id,
            at: row.at.toISOString(),
            actorId: row.actor_id,
            action: row.action,
            subjectType: row.subject_type,
            subjectId: row.subject_id,
            fields: row.fields,
            purpose: row.purpose,
          }),
        ),
      )
    },
  }),
]
