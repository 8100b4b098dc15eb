import { command } from '@silian/kernel/database/command.ts'
import { type Route, route } from '@silian/kernel/http/route.ts'
import { id } from '@silian/kernel/http/shapes.ts'
import { ok } from '@silian/kernel/result/result.ts'
import { z } from 'zod'
import type { Kit } from '../../kit.ts'
import { newProduct, productPage, productQuery } from './contract.ts'
import { listProducts } from './reads.ts'
import { createProduct } from './service.ts'

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
    method: 'POST',
    path: '/products',
    action: 'product.create',
    summary: '登记产品 Put a product on record',
    body: newProduct,
    answer: made,
    handle: ({ scope, reach, body, command: once }) =>
      command(kit.app, scope, once, tx => createProduct(tx, kit, reach, body)),
  }),
]
