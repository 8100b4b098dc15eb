import { registerHouseholds } from '@silian/chains/production/households/service.ts'
import type { LinkFormula } from '@silian/chains/production/links/contract.ts'
import { signLink } from '@silian/chains/production/links/service.ts'
import type { RowInput } from '@silian/kernel/register/save.ts'
import { must, ok } from '@silian/kernel/result/result.ts'
import { countyOf, type ProgrammeSlug, villagesOf } from '../world/areas.ts'
import { generateHouseholds, type Household } from '../world/households.ts'
import {
  type BenefitLink,
  generateLinks,
  linkTemplates,
  type OrderPurchase,
  shareDividend,
} from '../world/links.ts'
import { whoIs } from '../world/people.ts'
import { type Product, products } from '../world/products.ts'
import { setUp } from './clock.ts'
import { organisationsOf } from './foundation.ts'
import { acting, organisationId } from './people.ts'
import { chunks, inParallel, type Stage } from './stage.ts'

/** Codes of the world and of the register differ where the register took them from another source. */
const classes = {
  tuopin: 'lifted',
  unstable: 'unstable',
  marginal: 'marginal',
  sudden_hardship: 'sudden',
} as const
const causeCodes: Partial<Record<Household['cause'], string>> = {
  schooling: 'study',
  skills: 'skill',
  motivation: 'drive',
}

export const householdsOf = (programme: ProgrammeSlug, count: number): Household[] =>
  generateHouseholds(count, 20250609, villagesOf(programme))

const newHousehold = (stage: Stage, household: Household): RowInput => ({
  id: stage.id('household', household.code),
  values: {
    ...{ code: household.code, villageCode: household.villageCode, class: classes[household.class] },
    ...{ cause: causeCodes[household.cause] ?? household.cause, bankAccount: household.bankAccount },
  },
  parts: {
    member: household.members.map(({ name, idNumber, relation, sex, labour, health }, n) => ({
      ...{ name, idNumber, relation, sex, labour, health, insurance: 'resident' },
      ...(n === 0 ? { phone: household.phone } : {}),
    })),
  },
})

/** Each county's officer registers its households, at most fifty at a time. */
export async function makeHouseholds(stage: Stage, households: readonly Household[]): Promise<void> {
  const batches = [...Map.groupBy(households, ({ villageCode }) => countyOf(villageCode))].flatMap(
    ([county, own]) => chunks(own, 50).map((some, n) => ({ county, some, n })),
  )
  let done = 0
  await inParallel(batches, 4, async ({ county, some, n }) => {
    const officer = whoIs('county_officer', `county.${county}.assistance`)
    const { who, holder, reach } = acting(stage, officer, 'household.create')
    await stage.command({ who, holder, at: setUp.households, key: `households ${county} ${n}` }, tx =>
      registerHouseholds(
        tx,
        stage.kit,
        reach,
        some.map(household => newHousehold(stage, household)),
      ),
    )
    done += some.length
    stage.tell('households', done, households.length)
  })
}

export interface PlacedLink extends BenefitLink {
  readonly id: string
  /** Of an order purchase, the one product that it promises to buy. */
  readonly product: Product | null
}

/** A link names one product of its seller and kind; households are dealt over its grades and packs in turn. */
export function linksOf(stage: Stage, households: readonly Household[]): PlacedLink[] {
  const sellers = organisationsOf(stage.programme).filter(({ type }) =>
    ['cooperative', 'enterprise'].includes(type),
  )
  const turns = new Map<string, number>()
  return generateLinks(households, sellers, 20250618).map(link => {
    const turn = turns.get(`${link.seller} ${link.template}`) ?? 0
    turns.set(`${link.seller} ${link.template}`, turn + 1)
    const fitting = products.filter(
      product => product.coop === link.seller && `order.${product.class.labels[2].slug}` === link.template,
    )
    return { ...link, id: stage.id('link', link.key), product: fitting[turn % fitting.length] ?? null }
  })
}

export async function makeLinks(stage: Stage, links: readonly PlacedLink[], endsOn: string): Promise<void> {
  const batches = [...Map.groupBy(links, ({ seller }) => seller)].flatMap(([seller, own]) =>
    chunks(own, 50).map((some, n) => ({ seller, some, n })),
  )
  let done = 0
  await inParallel(batches, 4, async ({ seller, some, n }) => {
    const { who, reach } = acting(stage, whoIs('coop_clerk', seller), 'link.propose')
    await stage.command({ who, at: setUp.links, key: `links ${seller} ${n}` }, async tx => {
      for (const link of some)
        must(
          await signLink(tx, stage.kit, reach, {
            ...{ id: link.id, cooperativeId: organisationId(stage, seller) },
            ...{ householdId: stage.id('household', link.household), startsOn: '2024-01-01', endsOn },
            formula: formulaOf(stage, link),
          }),
        )
      return ok(null)
    })
    done += some.length
    stage.tell('links', done, links.length)
  })
}

function formulaOf(stage: Stage, link: PlacedLink): LinkFormula {
  if (!link.product) return dividendOf(link)
  const { protect, premiumBp } = linkTemplates.find(({ key }) => key === link.template) as OrderPurchase
  return {
    ...{ mechanism: 'order_purchase', productId: stage.id('product', link.product.key), premiumBp },
    floor: { fen: protect.fen * unitGrams(link.product), per: protect.grams },
  }
}

/** Grams in one unit of a product's stock, so that prices by weight hold for what is counted too. */
export const unitGrams = ({ unit, netGrams }: Product): number => (unit === 'g' ? 1 : netGrams)

/** The shares of the three classes (S3-26); together they are what the household holds. */
function dividendOf({ shareClass, shares }: PlacedLink): LinkFormula {
  const terms = shareDividend.classes.find(({ code }) => code === shareClass)!
  const care = terms.code === 'base' ? 0 : shares * 0.3
  const fund = terms.code === 'base_care_own' ? shares * 0.2 : 0
  const [careShares, fundShares] = [Math.round(care), Math.round(fund)]
  return {
    ...{ mechanism: 'share_dividend', poolBp: terms.salesBp, careShares, fundShares },
    basicShares: shares - careShares - fundShares,
  }
}
