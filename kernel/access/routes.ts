import type { FastifyReply } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { problemOf } from '../http/problem.ts'
import { addressOf, send } from '../http/server.ts'
import { problem } from '../http/shapes.ts'
import { refuse } from '../result/result.ts'
import type { Auth } from './auth.ts'
import { me, signInBody } from './contract.ts'
import { isForeign } from './origin.ts'

export interface AccessRouteOptions {
  readonly auth: Auth
  readonly publicUrl: string
}

const done = z.object({ ok: z.literal(true) })
const failure = { '4xx': problem, '5xx': problem }

/** Sign-in, sign-out and who I am: the only operations outside a programme's path. */
export const accessRoutes =
  ({ auth, publicUrl }: AccessRouteOptions): FastifyPluginAsyncZod =>
  async app => {
    app.post(
      '/api/v1/sign-in',
      {
        schema: {
          summary: 'Open a session',
          tags: ['account'],
          body: signInBody,
          response: { 200: done, ...failure },
        },
      },
      async (request, reply) => {
        // a page elsewhere must not sign its visitor in under a name of its own
        if (request.headers.origin !== undefined && isForeign(request, publicUrl))
          return send(reply, problemOf(refuse('request.foreign_origin'), request.id))
        const { newPassword, ...named } = request.body
        const input = newPassword === undefined ? named : { ...named, newPassword }
        const result = await auth.signIn({ ...input, address: addressOf(request), requestId: request.id })
        if (!result.ok) return send(reply, problemOf(result, request.id))
        return withCookies(reply, result.value.cookies)
      },
    )

    app.post(
      '/api/v1/sign-out',
      { schema: { summary: 'End the session', tags: ['account'], response: { 200: done, ...failure } } },
      async (request, reply) => {
        const result = await auth.signOut(request, request.id)
        if (!result.ok) return send(reply, problemOf(result, request.id))
        return withCookies(reply, result.value.cookies)
      },
    )

    app.get(
      '/api/v1/me',
      {
        schema: { summary: 'Who is signed in, where and as what', tags: ['account'], response: { 200: me } },
      },
      async (request, reply) => {
        reply.header('cache-control', 'no-store')
        return auth.me(request)
      },
    )
  }

const withCookies = (reply: FastifyReply, cookies: string[]): FastifyReply =>
  reply.header('set-cookie', cookies).header('cache-control', 'no-store').send({ ok: true })
