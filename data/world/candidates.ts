import { organisationOf } from './organisations.ts'
import { classOf, type ProductClass } from './product-classes.ts'
import type { Source } from './source.ts'

/** A product on its way to recognition: on record, not yet on sale. */
export interface Candidate {
  readonly key: string
  readonly name: string
  readonly nameEn: string
  readonly class: ProductClass
  readonly county: string
  readonly coop: string
  readonly netGrams: number
  readonly priceFen: number
  readonly story: { readonly zh: string; readonly en: string }
  readonly source: Source
}

type Row = readonly [
  key: string,
  name: string,
  nameEn: string,
  leaf: string,
  coop: string,
  grams: number,
  yuan: number,
  source: Source,
]

const [mango, tomato, packing] = ['coop.tianyang-mango', 'coop.tianyang-tomato', 'firm.tianyang-packing']
const chicken = 'coop.dahua-chicken'

const rows: readonly Row[] = [
  [
    'mango.tianyang.gift',
    '百色芒果 礼盒 3千克',
    'Baise mango, gift box, 3 kg',
    'mango',
    mango,
    3000,
    68,
    'invented',
  ],
  // the pre-processing centre and its direct lines
  [
    'mango.tianyang.direct',
    '百色芒果 产地直发 4千克',
    'Baise mango, direct, 4 kg',
    'mango',
    mango,
    4000,
    62,
    'S3-22',
  ],
  [
    'mango.tianyang.early',
    '百色芒果 早熟 2.5千克',
    'Baise mango, early, 2.5 kg',
    'mango',
    mango,
    2500,
    45,
    'invented',
  ],
  [
    'mango.tianyang.late',
    '百色芒果 晚熟 2.5千克',
    'Baise mango, late, 2.5 kg',
    'mango',
    mango,
    2500,
    42,
    'invented',
  ],
  [
    'mango.tianyang.mini',
    '百色小台芒 2千克',
    'Baise small mango, 2 kg',
    'mango',
    mango,
    2000,
    36,
    'invented',
  ],
  // processed where it grows
  [
    'mango.tianyang.dried',
    '田阳芒果干 250克',
    'Tianyang dried mango, 250 g',
    'mango',
    packing,
    250,
    22,
    'S3-16',
  ],
  [
    'mango.tianyang.puree',
    '田阳芒果原浆 1千克',
    'Tianyang mango purée, 1 kg',
    'mango',
    packing,
    1000,
    39,
    'S3-16',
  ],
  [
    'mango.tianyang.frozen',
    '田阳冻芒果丁 1千克',
    'Tianyang frozen mango, 1 kg',
    'mango',
    packing,
    1000,
    33,
    'S3-16',
  ],
  [
    'tomato.tianyang.gift',
    '田阳小番茄 礼盒 2千克',
    'Tianyang cherry tomato, gift box, 2 kg',
    'tomato',
    tomato,
    2000,
    46,
    'invented',
  ],
  [
    'tomato.tianyang.yellow',
    '田阳黄樱桃番茄 2千克',
    'Tianyang yellow tomato, 2 kg',
    'tomato',
    tomato,
    2000,
    40,
    'invented',
  ],
  [
    'tomato.tianyang.dried',
    '田阳番茄干 200克',
    'Tianyang dried tomato, 200 g',
    'tomato',
    tomato,
    200,
    18,
    'invented',
  ],
  [
    'tomato.tianyang.vine',
    '田阳串番茄 2千克',
    'Tianyang vine tomato, 2 kg',
    'tomato',
    tomato,
    2000,
    38,
    'invented',
  ],
  [
    'greens.tianyang.spring',
    '田阳菜心 2千克',
    'Tianyang choy sum, 2 kg',
    'greens',
    tomato,
    2000,
    24,
    'invented',
  ],
  [
    'potato.tianyang.red',
    '田阳红薯 2.5千克',
    'Tianyang sweet potato, 2.5 kg',
    'sweet-potato',
    tomato,
    2500,
    25,
    'invented',
  ],
  [
    'mango.tianyang.office',
    '百色芒果 食堂装 10千克',
    'Baise mango, canteen pack, 10 kg',
    'mango',
    mango,
    10_000,
    120,
    'invented',
  ],
  [
    'chicken.dahua.soup',
    '大化七百弄鸡 煲汤装 1千克',
    'Qibainong chicken for soup, 1 kg',
    'chicken',
    chicken,
    1000,
    78,
    'S3-19',
  ],
  [
    'chicken.dahua.wings',
    '大化七百弄鸡 鸡翅 500克',
    'Qibainong chicken wings, 500 g',
    'chicken',
    chicken,
    500,
    45,
    'invented',
  ],
  [
    'chicken.dahua.legs',
    '大化七百弄鸡 鸡腿 500克',
    'Qibainong chicken legs, 500 g',
    'chicken',
    chicken,
    500,
    42,
    'invented',
  ],
  [
    'chicken.dahua.canteen',
    '大化七百弄鸡 食堂装 5千克',
    'Qibainong chicken, canteen pack, 5 kg',
    'chicken',
    chicken,
    5000,
    330,
    'invented',
  ],
  [
    'chicken.dahua.salted',
    '大化盐焗鸡 800克',
    'Dahua salt-baked chicken, 800 g',
    'chicken',
    chicken,
    800,
    69,
    'invented',
  ],
  [
    'chicken.dahua.smoked',
    '大化熏鸡 800克',
    'Dahua smoked chicken, 800 g',
    'chicken',
    chicken,
    800,
    72,
    'invented',
  ],
  [
    'potato.dahua.purple',
    '大化紫薯 2.5千克',
    'Dahua purple sweet potato, 2.5 kg',
    'sweet-potato',
    chicken,
    2500,
    28,
    'invented',
  ],
  [
    'potato.dahua.noodles',
    '大化红薯粉丝 500克',
    'Dahua sweet potato noodles, 500 g',
    'sweet-potato',
    chicken,
    500,
    16,
    'invented',
  ],
  ['walnut.dahua.hill', '大化核桃 500克', 'Dahua walnut, 500 g', 'walnut', chicken, 500, 32, 'invented'],
]

const story = {
  zh: '由村民与合作社共同生产，正在申请消费帮扶产品认定。',
  en: 'Made by villagers with their co-operative; its recognition is applied for.',
}

export const candidates: readonly Candidate[] = rows.map(
  ([key, name, nameEn, leaf, coop, netGrams, yuan, source]) => ({
    ...{ key, name, nameEn, class: classOf(leaf), coop, netGrams, source, story },
    ...{ county: organisationOf(coop).areaCode, priceFen: yuan * 100 },
  }),
)

const byKey = new Map(candidates.map(candidate => [candidate.key, candidate]))

export function candidateOf(key: string): Candidate {
  const found = byKey.get(key)
  if (!found) throw new RangeError(`no candidate ${key}`)
  return found
}
