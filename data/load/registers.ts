import { base } from '@silian/chains/production/bases/base.register.ts'
import { visit } from '@silian/chains/production/visits/visit.register.ts'
import { vendingPoint } from '@silian/chains/supply/vending-points/vending_point.register.ts'
import { createProduct } from '@silian/chains/value/products/service.ts'
import type { Register } from '@silian/kernel/register/define.ts'
import { type RowInput, saveRows } from '@silian/kernel/register/save.ts'
import { must, ok } from '@silian/kernel/result/result.ts'
import { dateOf } from '@silian/kernel/time/shanghai.ts'
import { applicants } from '../world/applicants.ts'
import { type Base, bases } from '../world/bases.ts'
import { addDays } from '../world/calendar.ts'
import { type Candidate, candidates } from '../world/candidates.ts'
import type { Household } from '../world/households.ts'
import { inventName, inventPhone } from '../world/identity.ts'
import { type Account, applicantClerks, demoAccounts, whoIs } from '../world/people.ts'
import { productOf } from '../world/products.ts'
import { mulberry32 } from '../world/random.ts'
import { type VendingPoint, vendingPoints } from '../world/vending-points.ts'
import { findings, visitDays } from '../world/visits.ts'
import { days } from './clock.ts'
import { makeOrganisation } from './foundation.ts'
import { acting, makeMember, organisationId } from './people.ts'
import type { Stage } from './stage.ts'

/** Days before the present at which all this was put on record, before the first case. */
const RECORDED = 95

/** Rows of registers, and what the cases are about: those who apply, and products that are to be recognised. */
export async function fillRegisters(
  stage: Stage,
  households: readonly Household[],
  now: Date,
): Promise<void> {
  const when = days(now, -RECORDED)
  await stage.command({ who: 'system', at: when, key: 'applicants' }, async tx => {
    for (const applicant of applicants) await makeOrganisation(tx, stage, applicant)
    for (const clerk of applicantClerks) await makeMember(tx, stage, clerk)
    return ok(null)
  })
  await makeCandidates(stage, when)
  await makeBases(stage, now, when)
  await makePoints(stage, now, when)
  await makeVisits(stage, households, now)
}

async function save(
  stage: Stage,
  account: Account,
  register: Register,
  at: Date,
  key: string,
  rows: readonly RowInput[],
): Promise<void> {
  const { who, holder, reach } = acting(stage, account, `${register.name}.create`)
  await stage.command({ who, holder, at, key: `${register.name} ${key}` }, async tx => {
    const refused = (await saveRows(tx, stage.kit, register, reach, rows)).find(
      ({ kind }) => kind === 'refused',
    )
    if (refused) throw new Error(`${register.name} ${key}: ${JSON.stringify(refused)}`)
    return ok(null)
  })
}

async function makeCandidates(stage: Stage, at: Date): Promise<void> {
  for (const [coop, own] of Map.groupBy(candidates, candidate => candidate.coop)) {
    const { who, reach } = acting(stage, whoIs('coop_clerk', coop), 'product.create')
    await stage.command({ who, at, key: `candidates ${coop}` }, async tx => {
      for (const candidate of own)
        must(await createProduct(tx, stage.kit, reach, newProduct(stage, candidate)))
      return ok(null)
    })
  }
}

const newProduct = (stage: Stage, candidate: Candidate) => ({
  ...{ id: stage.id('product', candidate.key), key: candidate.key, source: candidate.source },
  ...{
    nameZh: candidate.name,
    nameEn: candidate.nameEn,
    class: candidate.class.path,
    unit: 'piece' as const,
  },
  ...{ countyCode: candidate.county, cooperativeId: organisationId(stage, candidate.coop) },
  ...{ storyZh: candidate.story.zh, storyEn: candidate.story.en },
})

/** Each county's officer keeps its bases. */
async function makeBases(stage: Stage, now: Date, at: Date): Promise<void> {
  for (const [county, own] of Map.groupBy(bases, item => item.county)) {
    const officer = whoIs('county_officer', `county.${county}.assistance`)
    const rows = own.map(item => baseRow(stage, item, dateOf(now)))
    await save(stage, officer, base, at, county, rows)
  }
}

function baseRow(stage: Stage, item: Base, today: string): RowInput {
  const serial = bases.indexOf(item)
  const random = mulberry32(20260902 + serial)
  const papers = { licence: '种养殖及销售', agreement: true, records: true, exitPermission: 'commissioned' }
  return {
    id: stage.id('base', item.key),
    values: {
      ...{
        code: item.key,
        name: item.name,
        areaCode: item.county,
        type: item.type,
        livestock: item.livestock,
      },
      ...{
        operatorId: organisationId(stage, item.operator),
        landArea: item.landArea,
        yearlyHead: item.yearlyHead,
      },
      ...{ yearlyOutput: item.yearlyTonnes * 1_000_000, cityShare: item.cityShareBp },
      ...{ operatedSince: addDays(today, -1500), producingSince: addDays(today, -900) },
      ...{ landUntil: addDays(today, 3650), soilTestedOn: addDays(today, -item.testedAgo) },
      waterTestedOn: addDays(today, -item.testedAgo),
      ...(item.isWhole ? papers : { licence: '种养殖及销售', agreement: true, exitPermission: 'none' }),
      ...{ contactName: inventName(random, 'male'), contactPhone: inventPhone(410_000 + serial) },
    },
  }
}

/** Each operator keeps its points. */
async function makePoints(stage: Stage, now: Date, at: Date): Promise<void> {
  for (const [operator, own] of Map.groupBy(vendingPoints, point => point.operator)) {
    const rows = own.map(point => pointRow(stage, point, dateOf(now)))
    await save(stage, whoIs('coop_clerk', operator), vendingPoint, at, operator, rows)
  }
}

function pointRow(stage: Stage, point: VendingPoint, today: string): RowInput {
  const serial = vendingPoints.indexOf(point)
  return {
    id: stage.id('vending_point', point.key),
    values: {
      ...{
        code: point.key,
        name: point.name,
        kind: point.kind,
        areaCode: point.area,
        address: point.address,
      },
      ...{ operatorId: organisationId(stage, point.operator), cabinets: point.cabinets, state: point.state },
      placedOn: addDays(today, -point.placedAgo - RECORDED),
      withdrawnOn: point.state === 'withdrawn' ? addDays(today, -RECORDED - 20) : null,
      ...{ monthlyRent: point.cabinets * 20_000, contactPhone: inventPhone(420_000 + serial) },
    },
    parts: {
      good: point.goods.map(product => ({ product, price: productOf(product).priceFen })),
    },
  }
}

/** The cadres who sign in went to see the households of their village. */
async function makeVisits(stage: Stage, households: readonly Household[], now: Date): Promise<void> {
  const cadres = demoAccounts.filter(({ role }) => role === 'village_cadre')
  for (const cadre of cadres) {
    const own = households.filter(({ villageCode }) => villageCode === cadre.areaCode)
    if (own.length === 0) continue
    const rows = visitDays.map((ago, n) => visitRow(stage, cadre, own[n % own.length]!, n, days(now, -ago)))
    await save(stage, cadre, visit, now, cadre.username, rows)
  }
}

function visitRow(stage: Stage, cadre: Account, household: Household, n: number, when: Date): RowInput {
  const { topics, way, findings: found, needs } = findings[n % findings.length]!
  return {
    id: stage.id('visit', cadre.username, String(n)),
    values: {
      ...{ householdId: stage.id('household', household.code), visitedOn: dateOf(when), way, topics },
      ...{ visitor: cadre.displayName, findings: found, needs },
      followUpOn: needs ? addDays(dateOf(when), 14) : null,
    },
  }
}
