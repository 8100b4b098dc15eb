import { command } from '@silian/kernel/database/command.ts'
import { type Route, route } from '@silian/kernel/http/route.ts'
import { id } from '@silian/kernel/http/shapes.ts'
import { ok, type Result, refuse } from '@silian/kernel/result/result.ts'
import { z } from 'zod'
import type { Kit } from '../../kit.ts'
import { closeAddress, keepAddress, listAddresses } from './addresses.ts'
import {
  addresses,
  codeAsked,
  codeProof,
  codeSent,
  keptAddress,
  newAddress,
  newSession,
  shopSession,
} from './contract.ts'
import { readShopper } from './reads.ts'
import { cookieOf } from './rules.ts'
import { askCode, endSession, type Opened, proveCode, type ShopMeans, startSession } from './service.ts'
import { mayWrite } from './turns.ts'
import { type Shoppers, tokenOf } from './who.ts'

export type CustomerKit = Kit & { readonly shop: ShopMeans; readonly shoppers: Shoppers }

const isSecure = ({ shop }: CustomerKit): boolean => shop.publicUrl.startsWith('https:')

const begun = z.object({ customerId: id })

/** Sessions carry no idempotency key: an answer that is kept would keep their token. Begun twice, one is left unused. */
export const customerRoutes = (kit: CustomerKit): Route[] => [
  route({
    method: 'GET',
    path: '/shop/session',
    action: 'shop.session',
    summary: '谁在购物 Who shops with this cookie',
    answer: shopSession,
    handle: async ({ scope, principal }) =>
      ok(await kit.app.read(scope, tx => readShopper(tx, kit, principal))),
  }),
  route({
    method: 'POST',
    path: '/shop/session',
    action: 'shop.session',
    summary: '游客购物 Begin to shop as a guest with a phone number',
    body: newSession,
    answer: begun,
    keyless: true,
    cookies: ({ programme, token }: Begun) => [cookieOf(programme, token, isSecure(kit))],
    handle: async ({ scope, body, asked }) =>
      begin(scope.programme, await startSession(kit, scope, asked.address, body)),
  }),
  route({
    method: 'POST',
    path: '/shop/session/code',
    action: 'shop.session',
    summary: '发送验证码 Send a one-time code to a phone',
    body: codeAsked,
    answer: codeSent,
    keyless: true,
    handle: ({ scope, body, asked }) => askCode(kit, scope, asked.address, body.phone),
  }),
  route({
    method: 'POST',
    path: '/shop/session/proof',
    action: 'shop.session',
    summary: '验证手机号 Prove a phone by its code and read all that was bought with it',
    body: codeProof,
    answer: begun,
    keyless: true,
    cookies: ({ programme, token }: Begun) => [cookieOf(programme, token, isSecure(kit))],
    handle: async ({ scope, body }) => begin(scope.programme, await proveCode(kit, scope, body)),
  }),
  route({
    method: 'POST',
    path: '/shop/session/end',
    action: 'shop.session',
    summary: '退出 End this session',
    body: z.object({}),
    answer: z.object({ ended: z.literal(true) }),
    keyless: true,
    cookies: ({ programme }: { programme: string }) => [cookieOf(programme, '', isSecure(kit))],
    handle: async ({ scope, asked }) => {
      const token = tokenOf(asked, scope.programme)
      if (token) {
        await kit.app.write(scope, tx => endSession(tx, token))
        kit.shoppers.forget(scope.programme, token)
      }
      return ok({ ended: true as const, programme: scope.programme })
    },
  }),
  route({
    method: 'GET',
    path: '/my/addresses',
    action: 'my.addresses',
    summary: '收货地址 Own addresses',
    answer: addresses,
    handle: async ({ scope, reach }) =>
      ok({ items: await kit.app.read(scope, tx => listAddresses(tx, kit, reach)) }),
  }),
  route({
    method: 'POST',
    path: '/my/addresses',
    action: 'my.addresses',
    summary: '新增地址 Keep an address',
    body: newAddress,
    answer: keptAddress,
    handle: async ({ scope, principal, body, asked, command: once }) => {
      if (principal.kind !== 'customer') return refuse('customer.not_found')
      const may = mayWrite(kit, principal, asked)
      return may.ok ? command(kit.app, scope, once, tx => keepAddress(tx, kit, principal.id, body)) : may
    },
  }),
  route({
    method: 'POST',
    path: '/my/addresses/{address}/removal',
    action: 'my.addresses',
    summary: '删除地址 Take an address off the list',
    params: z.object({ address: id }),
    body: z.object({}),
    answer: keptAddress,
    handle: ({ scope, reach, params, command: once }) =>
      command(kit.app, scope, once, tx => closeAddress(tx, reach, params.address)),
  }),
]

type Begun = Opened & { readonly programme: string }

const begin = <C extends string>(programme: string, opened: Result<Opened, C>): Result<Begun, C> =>
  opened.ok ? ok({ ...opened.value, programme }) : opened
