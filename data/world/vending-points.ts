import type { Source } from './source.ts'

/** A point where goods of the pavilion are sold to passers-by (2.14). */
export interface VendingPoint {
  readonly key: string
  readonly name: string
  readonly kind:
    | 'canteen'
    | 'unit'
    | 'supermarket'
    | 'market'
    | 'park'
    | 'community'
    | 'party_centre'
    | 'post_office'
  readonly area: string
  readonly address: string
  readonly operator: string
  readonly cabinets: number
  readonly state: 'in_use' | 'repair' | 'withdrawn'
  readonly placedAgo: number
  /** Keys of products. */
  readonly goods: readonly string[]
  readonly source: Source
}

type Row = readonly [
  name: string,
  kind: VendingPoint['kind'],
  district: string,
  operator: string,
  cabinets: number,
  placedAgo: number,
  source: Source,
  state?: VendingPoint['state'],
]

const [futian, longgang, baoan, pingshan, nanshan] = ['440304', '440307', '440306', '440310', '440305']
const [mango, chicken, kiwi, water] = [
  'coop.tianyang-mango',
  'coop.dahua-chicken',
  'coop.leye-kiwi',
  'firm.bama-water',
]

const rows: readonly Row[] = [
  ['示范第一机关饭堂柜', 'canteen', futian, mango, 2, 320, 'S3-80'],
  ['示范第二机关饭堂柜', 'canteen', futian, chicken, 2, 300, 'S3-80'],
  ['福田示范园区售货机', 'park', futian, water, 4, 210, 'S3-80'],
  ['福田示范社区售货机', 'community', futian, mango, 3, 180, 'S3-80'],
  ['福田示范党群服务中心柜', 'party_centre', futian, kiwi, 1, 150, 'S3-80'],
  ['福田示范农贸市场专柜', 'market', futian, chicken, 2, 260, 'S3-80', 'repair'],
  ['福田示范商超专柜', 'supermarket', futian, kiwi, 3, 400, 'S3-80', 'withdrawn'],
  ['宝安示范街道饭堂柜', 'canteen', baoan, mango, 2, 240, 'S3-80'],
  ['宝安示范园区售货机', 'park', baoan, water, 6, 140, 'S3-80'],
  ['宝安示范农贸市场专柜', 'market', baoan, chicken, 2, 90, 'S3-80'],
  ['宝安示范社区售货机', 'community', baoan, kiwi, 2, 60, 'S3-80', 'repair'],
  ['龙岗示范公安分局专柜', 'unit', longgang, chicken, 3, 280, 'S3-85'],
  ['龙岗示范商超专柜', 'supermarket', longgang, mango, 2, 170, 'S3-80'],
  ['坪山示范邮政网点一', 'post_office', pingshan, mango, 1, 230, 'S3-53'],
  ['坪山示范邮政网点二', 'post_office', pingshan, kiwi, 1, 230, 'S3-53'],
  ['坪山示范邮政网点三', 'post_office', pingshan, chicken, 1, 230, 'S3-53'],
  ['坪山示范邮政网点四', 'post_office', pingshan, water, 1, 220, 'S3-53'],
  ['南山示范学校饭堂柜', 'canteen', nanshan, mango, 2, 110, 'S3-80'],
  ['南山示范社区售货机', 'community', nanshan, water, 3, 45, 'S3-80'],
]

const sold: Readonly<Record<string, readonly string[]>> = {
  [mango]: ['mango.tianyang.a.5jin', 'mango.tianyang.b.5jin', 'mango.tianyang.a.10jin'],
  [chicken]: ['chicken.dahua.hen', 'chicken.dahua.cock', 'chicken.dahua.half'],
  [kiwi]: ['kiwi.leye.a.5jin', 'kiwi.leye.b.5jin', 'mango.leye.a.5jin'],
  [water]: ['water.bama.12x500ml'],
}

export const vendingPoints: readonly VendingPoint[] = rows.map(
  ([name, kind, area, operator, cabinets, placedAgo, source, state = 'in_use'], n) => ({
    ...{ name, kind, area, operator, cabinets, placedAgo, source, state, goods: sold[operator]! },
    key: `VP-${area}-${String(n + 1).padStart(2, '0')}`,
    address: `示范路 ${n * 6 + 8} 号`,
  }),
)
