import type { Value, Values } from '@silian/kernel/declared/columns.ts'
import { creditCheck } from '@silian/kernel/declared/credit-code.ts'
import { applicants } from '../world/applicants.ts'
import { areaOf } from '../world/areas.ts'
import { bases } from '../world/bases.ts'
import { addDays } from '../world/calendar.ts'
import { type Candidate, candidateOf, candidates } from '../world/candidates.ts'
import type { Story } from '../world/cases/index.ts'
import { inventName, inventPhone } from '../world/identity.ts'
import { organisationOf } from '../world/organisations.ts'
import { type Product, productOf, products } from '../world/products.ts'
import { mulberry32 } from '../world/random.ts'
import { organisationId } from './people.ts'
import type { Stage } from './stage.ts'

/** What the applicant writes; `today` is the present, from which certificates are dated. The `n`-th case. */
export function formOf(stage: Stage, { process, of }: Story, n: number, today: string): Values {
  if (process === 'supplier_entry') return entryForm(stage, of, n, today)
  if (process === 'recognition') return recognitionForm(candidateOf(of), n)
  if (process === 'base_recognition')
    return { selfReport: '基地按标准组织生产，田间档案与投入品记录齐全。', promise: true }
  return markForm(productOf(of), true)
}

/** The same when it is asked for again, whole this time. */
export const correctedForm = (stage: Stage, story: Story, n: number, today: string): Values =>
  story.process === 'shenzhen_mark' ? markForm(productOf(story.of), false) : formOf(stage, story, n, today)

/** Days from the present at which an organisation's papers end; those of some end soon. */
const papersEnd: Readonly<
  Record<string, readonly [licence: number, foodPermit: number, testReport: number]>
> = {
  'coop.dahua-chicken': [640, 26, 6],
  'coop.tianyang-mango': [820, 61, 28],
  'firm.tianyang-packing': [75, 300, 14],
}

function entryForm(stage: Stage, of: string, n: number, today: string): Values {
  const { name, type, areaCode } = organisationOf(of)
  const random = mulberry32(20260901 + n)
  const [licence, foodPermit, testReport] = papersEnd[of] ?? [700 + n * 9, 380 + n * 5, 190 + n * 3]
  return {
    ...{ supplier: organisationId(stage, of), name, countyCode: areaCode, creditCode: creditCodeOf(n) },
    ...{ entityType: type === 'enterprise' ? 'enterprise' : 'cooperative', products: goodsOf(of) },
    ...{ legalPerson: inventName(random, 'male'), contact: inventName(random, 'female') },
    ...{ phone: inventPhone(400_000 + n), monthlySupply: (8 + (n % 7) * 3) * 1_000_000 },
    ...{ preference: n % 3 === 0 ? ['green', 'lead_industry'] : ['certificate'], mechanism: mechanismOf(n) },
    ...{ households: 24 + n * 7, incomePerHousehold: (2600 + n * 130) * 100 },
    ...{ licenceTo: addDays(today, licence), foodPermitTo: addDays(today, foodPermit) },
    ...{ testReportTo: addDays(today, testReport), promise: true },
  }
}

/** No office has the number 9999 99. */
function creditCodeOf(n: number): string {
  const body = `91999999MA${String(n + 1).padStart(7, '0')}`
  return body + creditCheck(body)
}

const mechanismOf = (n: number): Value => (n % 2 === 0 ? ['business', 'wage'] : ['business'])

function goodsOf(of: string): string {
  const sold = [...products, ...candidates].filter(({ coop }) => coop === of)
  const names = new Set(sold.map(({ name }) => name.split(' ')[0]))
  return applicants.find(({ key }) => key === of)?.goods ?? [...names].join('、')
}

const recognitionForm = ({ name, county, netGrams, priceFen }: Candidate, n: number): Values => ({
  ...{ townshipCode: `${county}901`, specification: name.split(' ').slice(1).join(' ') },
  ...{ standard: 'NY/T 示范标准', producerPrice: Math.round(priceFen * 0.62), retailPrice: priceFen },
  ...{ marketPrice: Math.round(priceFen * 1.04), monthlySupply: netGrams * (1500 + n * 40) },
  ...{ season: '全年供应', shelfLife: 15 + (n % 4) * 5, value: (60 + n * 8) * 1_000_000 },
  ...{ origin: 'made_here', certificates: n % 2 === 0 ? ['green', 'food_permit'] : ['certificate'] },
  ...{ mechanism: mechanismOf(n), households: 18 + n * 3, persons: 55 + n * 9 },
  ...{ incomePerHousehold: (2100 + n * 90) * 100, traceable: true, promise: true },
})

function markForm({ name, county, coop }: Product, isFirst: boolean): Values {
  const base = bases.find(({ operator }) => operator === coop)?.name ?? `${areaOf(county).name}示范基地`
  const later = isFirst ? {} : { standard: 'T/SZS 示范标准', selfScore: 86 }
  return { specification: name.split(' ').slice(1).join(' '), baseName: base, ...later, promise: true }
}
