import { inventIdNumber, maxSerial } from '@silian/data/world/identity.ts'
import { dateOf } from '@silian/kernel/time/shanghai.ts'
import type { Tour } from './main.ts'
import { heading, tell, yuan } from './tell.ts'

export interface Grown {
  readonly householdId: string
  readonly linkId: string
  readonly offer: { readonly id: string; readonly version: number; readonly priceFen: number }
  readonly lotId: string
  readonly pieces: number
}

const KILOGRAM = 1000

/** A household is registered, its co-op promises it a price, the harvest comes in and goes on sale. */
export async function grow(tour: Tour): Promise<Grown> {
  heading('一、生产链与价值链', 'Production and value')
  const { householdId, code } = await registerHousehold(tour)
  const { linkId, productId } = await promise(tour, householdId)
  const { lotId, offer } = await harvest(tour, { linkId, productId })
  tell(
    '合作社',
    `农户 ${code} 的收成已入库上架，每箱 ${yuan(offer.priceFen)}`,
    'the harvest is in stock and on sale',
  )
  return { householdId, linkId, lotId, offer, pieces: 4 }
}

async function registerHousehold({ as, path, run }: Tour): Promise<{ householdId: string; code: string }> {
  const cadre = await as('cadre.tianyang')
  const me = await cadre.signIn()
  const villageCode = me.programmes[0]!.roles[0]!.areaCode!
  const code = `TOUR-${run.slice(0, 8)}`
  // beyond the numbers of the demonstration's own households, and another one for each tour
  const serial = 100_000 + (Number.parseInt(run.slice(0, 8), 16) % (maxSerial - 100_000))
  const household = {
    values: { code, villageCode, class: 'lifted', cause: 'labour', bankAccount: '6222000000000000' },
    parts: {
      member: [
        {
          ...{ name: '示例户主', idNumber: inventIdNumber(serial, '1971-03-08', 'male') },
          ...{ relation: 'head', sex: 'male', labour: 'ordinary' },
        },
      ],
    },
  }
  const register = path('/registers/household')
  const { id } = await cadre.post<{ id: string }>(register, household, `${run}-household`)
  const seen = await cadre.get<{ values: { headName: string }; parts: { member: { idNumber: string }[] } }>(
    `${register}/${id}`,
  )
  tell(
    '村干部',
    `登记农户 ${code}：${seen.values.headName}，证件号 ${seen.parts.member[0]!.idNumber}（已脱敏）`,
    'a household is registered; personal fields are masked',
  )
  return { householdId: id, code }
}

async function promise(
  { as, path, run }: Tour,
  householdId: string,
): Promise<{ linkId: string; productId: string }> {
  const coop = await as('coop.tianyang')
  const { items } = await coop.get<{
    items: { id: string; nameZh: string; cooperativeId: string; unit: string; recognised: unknown }[]
  }>(path('/products?limit=200'))
  const product = items.find(item => item.unit === 'g' && item.recognised)!
  const today = dateOf(new Date())
  const link = {
    cooperativeId: product.cooperativeId,
    householdId,
    startsOn: today,
    endsOn: `${Number(today.slice(0, 4)) + 1}${today.slice(4)}`.replace(/-02-29$/, '-02-28'),
    formula: {
      mechanism: 'order_purchase',
      productId: product.id,
      floor: { fen: 300, per: 500 },
      premiumBp: 500,
    },
  }
  const { id } = await coop.post<{ id: string }>(path('/links'), link, `${run}-link`)
  tell(
    '合作社',
    `向农户提出订单收购：${product.nameZh} 保护价 ${yuan(300)}/斤，随行就市上浮 5%`,
    'offers a benefit link: protect price, or the market plus 5 %',
  )
  await consent({ as, path, run }, id)
  return { linkId: id, productId: product.id }
}

/** A white picture stands for the photograph of the signed paper. */
const PAPER = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

async function consent({ as, path, run }: Pick<Tour, 'as' | 'path' | 'run'>, link: string): Promise<void> {
  const cadre = await as('cadre.tianyang')
  const file = path(`/files?name=paper.png&kind=photo`)
  const photoId = await cadre.upload(file, PAPER, 'image/png', `${run}-paper`)
  const answer = { given: true, photoId }
  await cadre.post(path(`/link-proposals/${link}/answer`), answer, `${run}-consent`)
  tell(
    '村干部',
    '登记农户同意，附签字纸件照片；联结即刻生效',
    'the household consents on paper: the link is signed',
  )
}

async function harvest(
  { as, path, run }: Tour,
  { linkId, productId }: { linkId: string; productId: string },
): Promise<Pick<Grown, 'lotId' | 'offer'>> {
  const coop = await as('coop.tianyang')
  const lot = {
    code: `TOUR-${run.slice(0, 8)}`,
    productId,
    harvestedOn: dateOf(new Date()),
    ownQuantity: 20 * KILOGRAM,
    sources: [{ linkId, quantity: 20 * KILOGRAM, marketPrice: { fen: 320, per: 500 } }],
  }
  const { id: lotId } = await coop.post<{ id: string }>(path('/lots'), lot, `${run}-lot`)
  const offer = {
    productId,
    lotId,
    specZh: '10斤装',
    specEn: '5 kg box',
    perPiece: 5 * KILOGRAM,
    priceFen: 6800,
    shipDays: 7,
  }
  const { id, version } = await coop.post<{ id: string; version: number }>(
    path('/offers'),
    offer,
    `${run}-offer`,
  )
  return { lotId, offer: { id, version, priceFen: offer.priceFen } }
}
