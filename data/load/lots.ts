import { changeOffer, listOffer } from '@silian/chains/supply/catalogue/service.ts'
import type { NewLot } from '@silian/chains/value/lots/contract.ts'
import { bringIn } from '@silian/chains/value/lots/service.ts'
import type { Writer } from '@silian/kernel/database/database.ts'
import type { Price } from '@silian/kernel/money/money.ts'
import { must, ok } from '@silian/kernel/result/result.ts'
import { monthOf } from '../world/calendar.ts'
import { offerTermsOf } from '../world/catalogue.ts'
import { lotsNeeded } from '../world/lots.ts'
import type { PlannedOrder } from '../world/orders-plan.ts'
import { type Account, whoIs } from '../world/people.ts'
import { productFamilies } from '../world/product-families.ts'
import { type Product, productOf, stockOf } from '../world/products.ts'
import { apportion, between, mulberry32 } from '../world/random.ts'
import { keptIn } from '../world/storage-places.ts'
import { at, openingDay } from './clock.ts'
import { acting } from './people.ts'
import { placeId } from './places.ts'
import { type PlacedLink, unitGrams } from './production.ts'
import { inParallel, type Stage } from './stage.ts'

/** A lot as it comes in, and from then on what its product's offer sells out of. */
export interface Arrival {
  readonly id: string
  readonly code: string
  readonly product: Product
  readonly harvestedOn: string
  /** In grams or pieces. */
  readonly quantity: number
  readonly at: Date
  /** Of the offer once it sells from this lot. */
  readonly version: number
}

/** Households bring three quarters of what is harvested, if any has promised to sell; the co-operative the rest. */
const householdsPercent = 75
/** What is harvested beyond the plan, for nobody knows it beforehand. */
const sparePercent = 8

/** The lots of a plan in the order of their days. Each is in stock in the morning of its day, or when the shop opens. */
export function arrivalsOf(stage: Stage, plan: readonly PlannedOrder[]): Arrival[] {
  const versions = new Map<string, number>()
  return lotsNeeded(plan, 'xun').map(need => {
    const version = (versions.get(need.product) ?? 0) + 1
    versions.set(need.product, version)
    const early = need.harvestDay < openingDay
    const day = early ? openingDay : need.harvestDay
    const code = `${need.product}-${need.period}`
    return {
      ...{ id: stage.id('lot', code), code, product: productOf(need.product), harvestedOn: need.harvestDay },
      ...{ quantity: Math.ceil((need.quantity * (100 + sparePercent)) / 100), at: at(day, '06:00'), version },
    }
  })
}

/** The lot that a product is sold from on a day. */
export function createSelling(arrivals: readonly Arrival[]): (product: string, on: Date) => Arrival {
  const byProduct = Map.groupBy(arrivals, ({ product }) => product.key)
  return (product, on) => {
    const there = byProduct.get(product)?.findLast(arrival => arrival.at <= on)
    if (!there) throw new RangeError(`no ${product} to sell on ${on.toISOString()}`)
    return there
  }
}

/** Each seller brings in what has come on a day; `name` tells the days apart. */
export async function bringAll(
  stage: Stage,
  links: readonly PlacedLink[],
  arrivals: readonly Arrival[],
  name: string,
): Promise<void> {
  const bySeller = Map.groupBy(arrivals, ({ product, at: on }) => `${product.coop} ${on.toISOString()}`)
  await inParallel([...bySeller], 6, async ([seller, own]) => {
    const clerk = whoIs('coop_clerk', own[0]!.product.coop)
    const { who } = acting(stage, clerk, 'lot.harvest')
    // by unit, so that two sellers take turns on the accounts of both in one order
    const sorted = own.toSorted((a, b) => compare(a.product.unit, b.product.unit) || compare(a.code, b.code))
    await stage.command({ who, at: own[0]!.at, key: `lots ${seller} ${name}` }, async tx => {
      for (const arrival of sorted) await bring(tx, stage, clerk, links, arrival)
      return ok(null)
    })
  })
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** Brings a lot in and lets its product's offer sell from it; the first lot of a product lists the offer. */
async function bring(
  tx: Writer,
  stage: Stage,
  clerk: Account,
  links: readonly PlacedLink[],
  arrival: Arrival,
): Promise<void> {
  const { reach } = acting(stage, clerk, 'lot.harvest')
  must(await bringIn(tx, stage.kit, reach, newLot(stage, links, arrival)))
  const listing = acting(stage, clerk, 'offer.list').reach
  const [id, lotId] = [offerId(stage, arrival.product), arrival.id]
  if (arrival.version === 1)
    must(await listOffer(tx, stage.kit, listing, { id, lotId, ...termsOf(stage, arrival.product) }))
  else {
    const change = { version: arrival.version - 1, lotId, state: 'listed' } as const
    must(await changeOffer(tx, stage.kit, listing, id, change))
  }
}

export const offerId = (stage: Stage, product: Product): string => stage.id('offer', product.key)

const familyOf = new Map(productFamilies.map(family => [family.key, family]))

function termsOf(stage: Stage, product: Product) {
  const family = familyOf.get(product.family)!
  return {
    ...offerTermsOf(product),
    ...{
      productId: stage.id('product', product.key),
      perPiece: stockOf(product, 1),
      priceFen: product.priceFen,
    },
    specZh: product.name.slice(family.name.length).trim(),
    specEn: product.nameEn.slice(family.nameEn.length + 1).trim(),
    shipDays: product.shelfLifeDays <= 15 ? (7 as const) : (15 as const),
  }
}

function newLot(stage: Stage, links: readonly PlacedLink[], arrival: Arrival): NewLot {
  const { id, code, product, harvestedOn, quantity } = arrival
  const sources = sourcesOf(links, arrival)
  const brought = sources.reduce((sum, source) => sum + source.quantity, 0)
  return {
    ...{ id, code, harvestedOn, productId: stage.id('product', product.key), sources },
    ownQuantity: quantity - brought,
    placeId: placeId(stage, product.coop, keptIn(product)),
  }
}

/** Every household that promised this product brings some, as chance has it. */
function sourcesOf(
  links: readonly PlacedLink[],
  { id, product, quantity, harvestedOn }: Arrival,
): NewLot['sources'] {
  const promised = links.filter(link => link.product?.key === product.key)
  if (promised.length === 0) return []
  const random = mulberry32(Number.parseInt(id.slice(0, 8), 16))
  const weights = promised.map(() => between(random, 3, 9))
  const parts = apportion(Math.floor((quantity * householdsPercent) / 100), weights)
  const marketPrice = marketOf(product, harvestedOn)
  return promised
    .map((link, n) => ({ linkId: link.id, quantity: parts[n]!, ...(marketPrice ? { marketPrice } : {}) }))
    .filter(source => source.quantity > 0)
}

/** Percent of the basis in each month: wholesale is dear about the Spring Festival and cheap at the harvest. */
const marketPercent = [112, 114, 108, 104, 101, 98, 96, 95, 94, 97, 101, 107]

/** The wholesale market's price for a unit of the product; where the basis is a retail price there is none to go by. */
function marketOf(product: Product, day: string): Price | undefined {
  const { priceBasis: basis } = product
  if (basis.kind !== 'xinfadi') return undefined
  const milliyuan = Math.round(Number(basis.yuanPerJin) * 1000)
  // yuan/1000 for 500 g, in percent: fen for 500 × 10 × 100 grams
  return { fen: milliyuan * marketPercent[monthOf(day) - 1]! * unitGrams(product), per: 500_000 }
}

/** Takes offers out of the shop whose season is over. */
export async function withdraw(
  stage: Stage,
  offers: readonly { readonly product: Product; readonly version: number }[],
  on: Date,
): Promise<void> {
  for (const [seller, own] of Map.groupBy(offers, ({ product }) => product.coop)) {
    const { who, reach } = acting(stage, whoIs('coop_clerk', seller), 'offer.list')
    await stage.command({ who, at: on, key: `withdrawn ${seller}` }, async tx => {
      for (const { product, version } of own)
        must(
          await changeOffer(tx, stage.kit, reach, offerId(stage, product), { version, state: 'withdrawn' }),
        )
      return ok(null)
    })
  }
}
