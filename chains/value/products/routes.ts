import { command } from '@silian/kernel/database/command.ts'
import { type Route, route } from '@silian/kernel/http/route.ts'
import { id } from '@silian/kernel/http/shapes.ts'
import { ok, refuse } from '@silian/kernel/result/result.ts'
import { z } from 'zod'
import type { Kit } from '../../kit.ts'
import { harvestCalendar as calendarOf, listProduceClasses } from './classes.ts'
import {
  harvestCalendar,
  harvestQuery,
  newProduct,
  produceClasses,
  productDetail,
  productPage,
  productQuery,
} from './contract.ts'
import { listProducts, readOwnProduct } from './reads.ts'
import { createProduct } from './service.ts'

const productPath = z.object({ product: id })
const made = z.object({ id })

export const productRoutes = (kit: Kit): Route[] => [
  route({
    method: 'GET',
    path: '/products',
    action: 'product.read',
    summary: '产品台账 Products and their recognition',
    query: productQuery,
    answer: productPage,
    handle: async ({ scope, reach, query }) =>
      ok(await kit.app.read(scope, tx => listProducts(tx, reach, query))),
  }),
  route({
    method: 'GET',
    path: '/products/{product}',
    action: 'product.read',
    summary: '产品详情 A product with its papers and pictures',
    params: productPath,
    answer: productDetail,
    handle: async ({ scope, reach, params: { product } }) => {
      const found = await kit.app.read(scope, tx => readOwnProduct(tx, reach, product))
      return found ? ok(found) : refuse('product.not_found')
    },
  }),
  route({
    method: 'POST',
    path: '/products',
    action: 'product.create',
    summary: '登记产品 Put a product on record',
    body: newProduct,
    answer: made,
    handle: ({ scope, reach, body, command: once }) =>
      command(kit.app, scope, once, tx => createProduct(tx, kit, reach, body)),
  }),
  route({
    method: 'GET',
    path: '/produce-classes',
    action: 'offer.browse',
    summary: '农产品分类 The produce tree',
    answer: produceClasses,
    handle: async ({ scope }) => ok(await kit.app.read(scope, listProduceClasses)),
  }),
  route({
    method: 'GET',
    path: '/harvest-calendar',
    action: 'offer.browse',
    summary: '上市月历 What is harvested where in which months',
    query: harvestQuery,
    answer: harvestCalendar,
    handle: async ({ scope, query }) => ok(await kit.app.read(scope, tx => calendarOf(tx, query))),
  }),
]
