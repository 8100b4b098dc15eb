import type { Source } from './source.ts'

/** A base (菜篮子基地, 2.3). Dates are days before the present. */
export interface Base {
  readonly key: string
  readonly name: string
  readonly county: string
  readonly operator: string
  readonly type: 'crops' | 'livestock' | 'aquatic' | 'processing'
  readonly livestock: 'cattle_sheep' | 'poultry' | null
  /** Square metres; a mu is 2,000/3 of them. */
  readonly landArea: number
  readonly yearlyHead: number | null
  readonly yearlyTonnes: number
  readonly cityShareBp: number
  readonly testedAgo: number
  /** Papers that an application needs are all there. */
  readonly isWhole: boolean
  readonly source: Source
}

type Row = readonly [
  key: string,
  name: string,
  operator: string,
  county: string,
  type: Base['type'],
  mu: number,
  tonnes: number,
  shareBp: number,
  testedAgo: number,
  source: Source,
  more?: { livestock?: Base['livestock']; head?: number; isWhole?: boolean },
]

const rows: readonly Row[] = [
  [
    'BASE-451003-01',
    '田阳示范芒果基地',
    'coop.tianyang-mango',
    '451003',
    'crops',
    3000,
    4200,
    6200,
    210,
    'S3-15',
  ],
  [
    'BASE-451003-02',
    '田阳示范小番茄基地',
    'coop.tianyang-tomato',
    '451003',
    'crops',
    1200,
    3600,
    5500,
    130,
    'invented',
  ],
  [
    'BASE-451003-03',
    '田阳示范果品加工基地',
    'firm.tianyang-packing',
    '451003',
    'processing',
    60,
    16_000,
    5800,
    90,
    'S3-16',
  ],
  [
    'BASE-451003-04',
    '田阳示范晚熟芒果基地',
    'coop.tianyang-mango',
    '451003',
    'crops',
    1500,
    1900,
    5100,
    300,
    'invented',
  ],
  [
    'BASE-451003-05',
    '田阳示范林下芒果新园',
    'coop.tianyang-mango',
    '451003',
    'crops',
    640,
    500,
    3500,
    760,
    'invented',
    { isWhole: false },
  ],
  [
    'BASE-451028-01',
    '乐业示范猕猴桃产业园',
    'coop.leye-kiwi',
    '451028',
    'crops',
    20_000,
    15_000,
    5300,
    160,
    'S3-25',
  ],
  [
    'BASE-451028-02',
    '乐业示范芒果产业园',
    'coop.leye-kiwi',
    '451028',
    'crops',
    12_000,
    9000,
    5200,
    160,
    'S3-25',
  ],
  [
    'BASE-451226-01',
    '环江示范优果基地',
    'coop.huanjiang-orah',
    '451226',
    'crops',
    2600,
    3800,
    5600,
    240,
    'S3-20',
  ],
  [
    'BASE-451228-01',
    '都安示范瑶山牛养殖基地',
    'coop.duan-cattle',
    '451228',
    'livestock',
    300,
    420,
    5400,
    180,
    'S3-24',
    { livestock: 'cattle_sheep', head: 1800 },
  ],
  [
    'BASE-451229-01',
    '大化示范七百弄鸡养殖基地',
    'coop.dahua-chicken',
    '451229',
    'livestock',
    450,
    260,
    6000,
    120,
    'S3-19',
    { livestock: 'poultry', head: 150_000 },
  ],
  [
    'BASE-451229-02',
    '大化示范林下养鸡点',
    'coop.dahua-chicken',
    '451229',
    'livestock',
    120,
    60,
    4200,
    800,
    'invented',
    { livestock: 'poultry', head: 32_000, isWhole: false },
  ],
  [
    'BASE-451229-03',
    '大化示范红薯基地',
    'coop.dahua-chicken',
    '451229',
    'crops',
    1100,
    1700,
    5300,
    260,
    'invented',
  ],
  ['BASE-451227-01', '巴马示范香米基地', 'coop.bama-rice', '451227', 'crops', 3200, 1300, 5700, 200, 'S3-41'],
  [
    'BASE-441602-01',
    '源城示范蔬菜基地',
    'coop.yuancheng-greens',
    '441602',
    'crops',
    800,
    2400,
    7200,
    75,
    'S3-41',
  ],
  [
    'BASE-441625-01',
    '东源示范板栗基地',
    'coop.dongyuan-chestnut',
    '441625',
    'crops',
    2200,
    900,
    5200,
    310,
    'S3-41',
  ],
]

export const bases: readonly Base[] = rows.map(
  ([key, name, operator, county, type, mu, yearlyTonnes, cityShareBp, testedAgo, source, more = {}]) => ({
    ...{ key, name, operator, county, type, yearlyTonnes, cityShareBp, testedAgo, source },
    landArea: Math.round((mu * 2000) / 3),
    ...{ livestock: more.livestock ?? null, yearlyHead: more.head ?? null, isWhole: more.isWhole ?? true },
  }),
)

export function baseOf(key: string): Base {
  const found = bases.find(base => base.key === key)
  if (!found) throw new RangeError(`no base ${key}`)
  return found
}
