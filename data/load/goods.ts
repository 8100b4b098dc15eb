import { admitSupplier } from '@silian/chains/production/suppliers/service.ts'
import { openPavilion } from '@silian/chains/supply/catalogue/pavilions.ts'
import { createProduct, recogniseProduct } from '@silian/chains/value/products/service.ts'
import { must, ok } from '@silian/kernel/result/result.ts'
import { dateOf } from '@silian/kernel/time/shanghai.ts'
import { areaOf } from '../world/areas.ts'
import { whoIs } from '../world/people.ts'
import { type Product, products } from '../world/products.ts'
import { setUp } from './clock.ts'
import { acting, organisationId } from './people.ts'
import type { PlacedLink } from './production.ts'
import { inParallel, type Stage } from './stage.ts'

export const productsOf = (programme: string): Product[] =>
  products.filter(({ county }) => areaOf(county).programme === programme)

/** Each seller puts its products on record, with the row that names them. */
export async function makeProducts(stage: Stage): Promise<void> {
  const bySeller = [...Map.groupBy(productsOf(stage.programme), ({ coop }) => coop)]
  await inParallel(bySeller, 4, async ([seller, own]) => {
    const { who, reach } = acting(stage, whoIs('coop_clerk', seller), 'product.create')
    await stage.command({ who, at: setUp.products, key: `products ${seller}` }, async tx => {
      for (const product of own)
        must(
          await createProduct(tx, stage.kit, reach, {
            ...{ id: stage.id('product', product.key), key: product.key },
            ...{
              nameZh: product.name,
              nameEn: product.nameEn,
              class: product.class.path,
              unit: product.unit,
            },
            ...{ countyCode: product.county, cooperativeId: organisationId(stage, seller) },
            ...{ storyZh: product.story.zh, storyEn: product.story.en, source: product.source },
          }),
        )
      // admitted before the process of entry began: put on record directly
      must(
        await admitSupplier(tx, stage.kit, {
          ...{
            organisationId: organisationId(stage, seller),
            state: 'active',
            since: dateOf(setUp.products),
          },
        }),
      )
      return ok(null)
    })
  })
}

/** Counties recognise what is to be recognised, of sellers that owe households something (S3-23). */
export async function recogniseProducts(
  stage: Stage,
  links: readonly PlacedLink[],
  to: string,
): Promise<void> {
  const sellers = new Set(links.map(({ seller }) => seller))
  const worthy = productsOf(stage.programme).filter(({ recognised, coop }) => recognised && sellers.has(coop))
  await inParallel([...Map.groupBy(worthy, ({ county }) => county)], 4, async ([county, own]) => {
    const officer = whoIs('county_officer', `county.${county}.assistance`)
    const { who, reach } = acting(stage, officer, 'recognition.read')
    await stage.command({ who, at: setUp.recognition, key: `recognition ${county}` }, async tx => {
      for (const product of own)
        must(
          await recogniseProduct(tx, stage.kit, reach, stage.id('product', product.key), {
            ...{ from: '2025-01-01', to },
          }),
        )
      return ok(null)
    })
  })
}

/** The pavilions (馆) of the shop: one of recognised goods alone, one for each field of assistance. */
export async function openPavilions(stage: Stage): Promise<void> {
  const fields = [
    ['guangxi', '广西馆', 'Guangxi pavilion', ['45']],
    ['guangdong', '广东馆', 'Guangdong pavilion', ['44']],
    ['west', '西部馆', 'Western pavilion', ['51', '53', '54', '65', '15']],
  ] as const
  await stage.command({ who: 'system', at: setUp.products, key: 'pavilions' }, async tx => {
    const assistance = { key: 'assistance', nameZh: '采购帮扶馆', nameEn: 'Assistance pavilion' }
    must(await openPavilion(tx, { ...assistance, recognisedOnly: true, areaPrefixes: [] }))
    for (const [key, nameZh, nameEn, areaPrefixes] of fields)
      must(
        await openPavilion(tx, {
          key,
          nameZh,
          nameEn,
          recognisedOnly: false,
          areaPrefixes: [...areaPrefixes],
        }),
      )
    return ok(null)
  })
}
