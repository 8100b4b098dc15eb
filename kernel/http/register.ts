import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest, FastifySchemaCompiler } from 'fastify'
import { validatorCompiler } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { holderOf } from '../access/holder.ts'
import type { Permit, Reach } from '../access/permit.ts'
import type { Principal } from '../access/principal.ts'
import { PROGRAMME_ID } from '../database/database.ts'
import { ok, type Result, refuse } from '../result/result.ts'
import { type FileAnswer, sendFile } from './file-answer.ts'
import { problemOf } from './problem.ts'
import type { Call, Route } from './route.ts'
import { sharedSerializerCompiler } from './serializer.ts'
import { addressOf, send } from './server.ts'
import { type Problem, problem } from './shapes.ts'
import { unstorable } from './storable.ts'

export interface Gate {
  /**
   * Who asks, within a programme; nobody signed in is the public. A refusal where the credentials are bad. `lately` is
   * content with who it was some seconds ago.
   */
  authenticate(request: FastifyRequest, programme: string, lately: boolean): Promise<Result<Principal>>
  readonly permit: Permit
  /** Whether a programme of this id exists. */
  knows(programme: string): Promise<boolean>
}

const rawHeaders = z.object({ 'x-file-name': z.string().max(2000).optional() })
const programmePath = z.object({ programme: z.string().regex(PROGRAMME_ID) })
const commandHeaders = z.object({ 'idempotency-key': z.string().min(8).max(200).optional() })

/** Puts the declared routes below `/api/v1/p/:programme`, each behind its action of the permission table. */
export function registerRoutes(app: FastifyInstance, routes: readonly Route[], gate: Gate): void {
  for (const route of routes) if (!route.raw) addRoute(app, route, gate)
  // of these the bytes are left where they are until it is settled who sends them
  app.register(async apart => {
    apart.removeAllContentTypeParsers()
    apart.addContentTypeParser('*', (_request, payload, done) => done(null, payload))
    for (const route of routes) if (route.raw) addRoute(apart, route, gate)
  })
}

function addRoute(app: FastifyInstance, route: Route, gate: Gate): void {
  app.route({
    method: route.method,
    url: `/api/v1/p/:programme${route.path.replace(/\{(\w+)\}/g, ':$1')}`,
    schema: {
      summary: route.summary,
      tags: [route.path.split('/')[1]!],
      params: route.params ? programmePath.and(route.params) : programmePath,
      ...(route.query ? { querystring: route.query } : {}),
      ...(route.body ? { body: route.body } : {}),
      ...(route.raw ? { consumes: ['application/octet-stream'], body: bytes } : {}),
      ...(route.method === 'POST'
        ? { headers: route.raw ? commandHeaders.and(rawHeaders) : commandHeaders }
        : {}),
      response: { 200: route.stream ? fileResponse : route.answer, '4xx': problem, '5xx': problem },
    },
    ...(route.shared ? { serializerCompiler: sharedSerializerCompiler } : {}),
    // what the document says of bytes is not what a validator could look at
    ...(route.raw ? { validatorCompiler: validatorForBytes } : {}),
    preValidation: async (request, reply) => {
      const entry = await enter(route, gate, request)
      if (!entry.ok) return send(reply, problemOf(entry, request.id))
      entries.set(request, entry.value)
    },
    handler: async (request, reply) => {
      const result = await route.handle(callOf(request, entries.get(request)!))
      if (!result.ok) return refused(reply, problemOf(result, request.id))
      if (route.cookies)
        reply.header('set-cookie', route.cookies(result.value as never)).header('cache-control', 'no-store')
      if (route.stream) return sendFile(reply, result.value as FileAnswer)
      return reply.code(200).send(result.value)
    },
  })
}

/** Who asked too often hears when to come again. */
function refused(reply: FastifyReply, problem: Problem): FastifyReply {
  const { seconds } = problem.params
  if (problem.status === 429 && typeof seconds === 'number') reply.header('retry-after', String(seconds))
  return send(reply, problem)
}

const bytes = z.string().meta({ format: 'binary' })
const fileResponse = {
  description: 'a file to be saved',
  content: { 'application/octet-stream': { schema: bytes } },
}

const validatorForBytes: FastifySchemaCompiler<unknown> = given =>
  given.httpPart === 'body' ? () => true : validatorCompiler({ ...given, schema: given.schema as z.ZodType })

interface Entry {
  readonly principal: Principal
  readonly reach: Reach
}

const entries = new WeakMap<FastifyRequest, Entry>()

/** Who asks is settled before what they send is read: the uninvited learn nothing from a bad body. */
async function enter(route: Route, gate: Gate, request: FastifyRequest): Promise<Result<Entry>> {
  const { programme } = request.params as { programme: string }
  if (!PROGRAMME_ID.test(programme) || !(await gate.knows(programme))) return refuse('programme.not_found')
  const principal = await gate.authenticate(request, programme, route.often === true)
  if (!principal.ok) return principal
  const reach = gate.permit(principal.value, route.action)
  if (!reach.ok) return reach
  const sent = route.raw ? undefined : request.body
  const lost = unstorable(sent, 'body') ?? unstorable(request.query, 'querystring')
  if (lost !== undefined) return refuse('input.invalid', { fields: [lost], reasons: ['text'] })
  const needsKey = route.method === 'POST' && !route.keyless
  if (needsKey && typeof request.headers['idempotency-key'] !== 'string') return refuse('idempotency.missing')
  return ok({ principal: principal.value, reach: reach.value })
}

function callOf(request: FastifyRequest, { principal, reach }: Entry): Call<z.ZodType, z.ZodType, z.ZodType> {
  const { programme, ...params } = request.params as { programme: string }
  const key = String(request.headers['idempotency-key'])
  return {
    principal,
    reach,
    scope: { programme, actor: principal.id, holder: holderOf(principal) },
    params,
    query: request.query,
    body: request.body,
    // asked for by few, so made for those alone
    get raw() {
      return request.body instanceof Readable ? request.body : Readable.from([])
    },
    rawType: (request.headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase(),
    rawName: nameIn(request.headers['x-file-name']),
    requestId: request.id,
    asked: {
      get address() {
        return addressOf(request)
      },
      headers: request.headers,
    },
    command: {
      key,
      name: `${request.method} ${request.url}`,
      input: request.body instanceof Readable ? null : (request.body ?? null),
    },
  }
}

/** One that cannot be read is none. */
function nameIn(header: string | string[] | undefined): string | undefined {
  try {
    return typeof header === 'string' ? decodeURIComponent(header) : undefined
  } catch {
    return undefined
  }
}
