import { command } from '@silian/kernel/database/command.ts'
import { ProgrammeGroups } from '@silian/kernel/database/group.ts'
import { type Route, route } from '@silian/kernel/http/route.ts'
import { id } from '@silian/kernel/http/shapes.ts'
import { ok, type Result } from '@silian/kernel/result/result.ts'
import { z } from 'zod'
import type { Kit } from '../../kit.ts'
import {
  flagshipQuery,
  flagships,
  pavilionMonth as monthShape,
  newOffer,
  type OfferDetail,
  offerChange,
  offerDetail,
  offerPage,
  offerQuery,
  ownOfferPage,
  ownOfferQuery,
  pavilionKey,
  pavilionMonthQuery,
  pavilions,
} from './contract.ts'
import { listFlagships } from './flagships.ts'
import { listPavilions, pavilionMonth } from './pavilions.ts'
import { listOffers, listOwnOffers, readOffers } from './reads.ts'
import { changeOffer, listOffer } from './service.ts'

const params = z.object({ offer: id })
const versioned = z.object({ id, version: z.number().int() })

/** Statements under way at once, so that the one is read while the other is asked. */
const FLIGHTS = 2

export const catalogueRoutes = (kit: Kit): Route[] => {
  const pages = new ProgrammeGroups<string, Result<OfferDetail, 'offer.not_found'>>(programme => ({
    flights: FLIGHTS,
    run: ids => kit.app.look({ programme, actor: 'public' }, tx => readOffers(tx, ids)),
  }))
  return [
    route({
      method: 'GET',
      path: '/pavilions',
      action: 'offer.browse',
      summary: '消费帮扶馆 Pavilions',
      answer: pavilions,
      handle: async ({ scope, principal }) =>
        ok(await kit.app.read(scope, tx => listPavilions(tx, principal))),
    }),
    route({
      method: 'GET',
      path: '/pavilions/{pavilion}/month',
      action: 'offer.browse',
      summary: '馆内销售统计 Orders and fen of a month',
      params: z.object({ pavilion: pavilionKey }),
      query: pavilionMonthQuery,
      answer: monthShape,
      handle: ({ scope, principal, params, query }) =>
        kit.app.read(scope, tx => pavilionMonth(tx, principal, params.pavilion, query.month)),
    }),
    route({
      method: 'GET',
      path: '/county-flagships',
      action: 'offer.browse',
      summary: '一县一品 What counties are known for',
      query: flagshipQuery,
      answer: flagships,
      handle: async ({ scope, query }) =>
        ok(await kit.app.read(scope, tx => listFlagships(tx, query.county))),
    }),
    route({
      method: 'GET',
      path: '/offers',
      action: 'offer.browse',
      summary: '在售商品 What is on sale',
      query: offerQuery,
      answer: offerPage,
      handle: async ({ scope, principal, query }) =>
        ok(await kit.app.read(scope, tx => listOffers(tx, principal, query))),
    }),
    route({
      method: 'GET',
      path: '/offers/{offer}',
      action: 'offer.browse',
      summary: '商品详情 One offer with its story',
      params,
      answer: offerDetail,
      handle: ({ scope, params: { offer } }) => pages.submit(scope.programme, offer),
    }),
    route({
      method: 'GET',
      path: '/own-offers',
      action: 'offer.list',
      summary: "我的商品 Offers of one's own, withdrawn ones too",
      query: ownOfferQuery,
      answer: ownOfferPage,
      handle: async ({ scope, reach, query }) =>
        ok(await kit.app.read(scope, tx => listOwnOffers(tx, reach, query))),
    }),
    route({
      method: 'POST',
      path: '/offers',
      action: 'offer.list',
      summary: '上架 List a product out of a lot',
      body: newOffer,
      answer: versioned,
      handle: ({ scope, reach, body, command: once }) =>
        command(kit.app, scope, once, tx => listOffer(tx, kit, reach, body)),
    }),
    route({
      method: 'POST',
      path: '/offers/{offer}',
      action: 'offer.list',
      summary: '调整商品 Change price, lot or state of an offer',
      params,
      body: offerChange,
      answer: versioned,
      handle: ({ scope, reach, body, params: { offer }, command: once }) =>
        command(kit.app, scope, once, tx => changeOffer(tx, kit, reach, offer, body)),
    }),
  ]
}
