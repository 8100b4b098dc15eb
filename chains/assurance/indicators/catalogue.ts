import { defineMetric } from '@silian/kernel/metric/define.ts'
import { openedByOffices } from '../figures/metrics.ts'

/** Products that were recognised and have not been withdrawn, each once (扶贫产品认定, domain 2.4). */
export const recognisedProducts = defineMetric({
  kind: 'level',
  name: 'recognised_products',
  unit: 'product',
  of: ['product.recognised'],
  minus: ['product.withdrawn'],
  subject: 'product',
  dimensions: { county: 'area' },
  facts: openedByOffices,
})
