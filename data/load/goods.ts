import { admitSupplier } from '@silian/chains/production/suppliers/service.ts'
import { flagship } from '@silian/chains/supply/catalogue/flagship.register.ts'
import { pavilion } from '@silian/chains/supply/catalogue/pavilion.register.ts'
import { harvestSeason } from '@silian/chains/value/products/harvest_season.register.ts'
import { createProduct, recogniseProduct } from '@silian/chains/value/products/service.ts'
import { everythingOf } from '@silian/kernel/access/permit.ts'
import type { Register } from '@silian/kernel/register/define.ts'
import { type RowInput, saveRows } from '@silian/kernel/register/save.ts'
import { must, ok } from '@silian/kernel/result/result.ts'
import { dateOf } from '@silian/kernel/time/shanghai.ts'
import { areaOf } from '../world/areas.ts'
import { countyPavilion, flagshipFamilies, harvestSeasons, partners, pavilions } from '../world/catalogue.ts'
import { marksOf, papersOf, varietyOf } from '../world/marks.ts'
import { whoIs } from '../world/people.ts'
import { classOf } from '../world/product-classes.ts'
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
            ...{
              variety: varietyOf(product.family),
              grade: product.grade,
              marks: [...marksOf(product.family)],
            },
            certificates: [...papersOf(product.family)],
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

/** The pavilions (馆) of the shop: storefronts, and one for each county that has a flagship. */
export function openPavilions(stage: Stage): Promise<void> {
  const counties = flagshipsOf(stage).map(({ county }) => {
    const { code, name, nameEn } = areaOf(county)
    return countyPavilion(code, name, nameEn)
  })
  const rows = [...pavilions, ...counties].map(({ areaPrefixes, seenBy, marks, ...plan }, place) => ({
    id: stage.id('pavilion', plan.key),
    values: { ...plan, ...{ seenBy: [...seenBy], marks: [...marks], place, state: 'open' } },
    parts: { area: areaPrefixes.map(prefix => ({ areaCode: prefix.padEnd(6, '0') })) },
  }))
  return putOnRecord(stage, pavilion, rows)
}

const flagshipsOf = ({ programme }: Stage) =>
  flagshipFamilies.filter(({ county }) => areaOf(county).programme === programme)

/** 一县一品 and 上市月历: what counties are known for, and when what is harvested where. */
export async function keepCalendar(stage: Stage): Promise<void> {
  const flagships = flagshipsOf(stage).map(({ key, name, nameEn, leaf, county, story, source }) => ({
    id: stage.id('flagship', key),
    values: {
      ...{ nameZh: name, nameEn, countyCode: county, class: classOf(leaf).path, state: 'shown' },
      ...{ storyZh: story.zh, storyEn: story.en, source },
    },
    parts: { partner: partners.map(partner => ({ ...partner })) },
  }))
  await putOnRecord(stage, flagship, flagships)
  const seasons = harvestSeasons
    .filter(({ county }) => areaOf(county).programme === stage.programme)
    .map(({ class: path, county, months, source }) => ({
      id: stage.id('harvest', county, path),
      values: { class: path, countyCode: county, harvestedIn: months.map(String), state: 'shown', source },
    }))
  await putOnRecord(stage, harvestSeason, seasons)
}

async function putOnRecord(stage: Stage, register: Register, rows: readonly RowInput[]): Promise<void> {
  const doing = { who: 'system', at: setUp.products, key: `${register.name} rows` }
  await stage.command(doing, async tx => {
    const saved = await saveRows(tx, stage.kit, register, everythingOf(stage.programme), rows)
    const refused = saved.find(({ kind }) => kind === 'refused')
    if (refused) throw new Error(`${register.name}: ${JSON.stringify(refused)}`)
    return ok(null)
  })
}
