import { applicants } from './applicants.ts'
import { pairedCounties } from './areas.ts'
import type { Cited, Source } from './source.ts'

export type OrganisationType =
  | 'task_force'
  | 'assistance_office'
  | 'finance_bureau'
  | 'district_office'
  | 'market_regulator'
  | 'procurement_centre'
  | 'union'
  | 'budget_unit'
  | 'enterprise_buyer'
  | 'canteen_contractor'
  | 'county_assistance_office'
  | 'county_agriculture_office'
  | 'township'
  | 'village'
  | 'community'
  | 'cooperative'
  | 'enterprise'
  | 'bank'
  | 'auditor'
  | 'platform_operator'

export interface Organisation {
  readonly key: string
  /** Every actor carries 示范 in its name: a real office or company never does invented business here. */
  readonly name: string
  readonly nameEn: string
  readonly type: OrganisationType
  readonly areaCode: string
  readonly source: Source
  /** The row that describes an organisation of this kind. */
  readonly echoes: Cited | null
}

type Row = readonly [
  key: string,
  name: string,
  nameEn: string,
  type: OrganisationType,
  areaCode: string,
  echoes: Cited | null,
]

const city: readonly Row[] = [
  ['city.task-force', '示范市消费帮扶工作专班', 'Model City Task Force', 'task_force', '440300', 'S3-69'],
  [
    'city.assistance',
    '示范市乡村振兴和协作交流局',
    'Model City Assistance Office',
    'assistance_office',
    '440300',
    'S0-06',
  ],
  ['city.finance', '示范市财政局', 'Model City Finance Bureau', 'finance_bureau', '440300', 'S0-06'],
  [
    'city.regulator',
    '示范市市场监督管理局',
    'Model City Market Regulator',
    'market_regulator',
    '440300',
    'S3-10',
  ],
  [
    'city.procurement',
    '示范市政府采购中心',
    'Model City Procurement Centre',
    'procurement_centre',
    '440300',
    'S0-06',
  ],
  ['city.union', '示范市总工会', 'Model City Trade Union', 'union', '440300', 'S3-64'],
  ['city.bank', '示范沙盒银行', 'Model Sandbox Bank', 'bank', '440300', 'S0-42'],
  ['city.auditor', '示范审计事务所', 'Model Auditors', 'auditor', '440300', 'S0-43'],
  ['platform', '四链示范平台运营中心', 'Silian Model Operator', 'platform_operator', '440300', 'S0-37'],
]

const districts: readonly Row[] = [
  ['luohu', '罗湖', 'Luohu', '440303'],
  ['futian', '福田', 'Futian', '440304'],
  ['nanshan', '南山', 'Nanshan', '440305'],
  ['baoan', '宝安', "Bao'an", '440306'],
  ['longgang', '龙岗', 'Longgang', '440307'],
  ['yantian', '盐田', 'Yantian', '440308'],
  ['longhua', '龙华', 'Longhua', '440309'],
  ['pingshan', '坪山', 'Pingshan', '440310'],
  ['guangming', '光明', 'Guangming', '440311'],
  ['dapeng', '大鹏', 'Dapeng', '440323'],
].map(
  ([slug, zh, en, code]): Row => [
    `district.${slug}`,
    `${zh}示范消费帮扶办公室`,
    `${en} Model District Office`,
    'district_office',
    code as string,
    'S3-50',
  ],
)

/** Where elderly people have somebody order for them. */
const communities: readonly Row[] = [
  [
    'community.futian',
    '福田示范社区服务站',
    'Futian Model Community Station',
    'community',
    '440304',
    'S3-80',
  ],
]

/** Who eats where, and so who declares a quota, is told in quota.ts. */
const buyers: readonly Row[] = [
  ['unit.first', '深圳市示范第一机关', 'First Model Bureau', 'budget_unit', '440304', 'S3-80'],
  ['unit.second', '深圳市示范第二机关', 'Second Model Bureau', 'budget_unit', '440304', 'S3-80'],
  ['unit.third', '深圳市示范第三机关', 'Third Model Bureau', 'budget_unit', '440304', 'P8'],
  ['unit.police', '龙岗示范公安分局', 'Longgang Model Police Branch', 'budget_unit', '440307', 'S3-85'],
  ['unit.hospital', '深圳市示范医院', 'Model Hospital', 'budget_unit', '440303', 'S3-79'],
  ['unit.school', '南山示范学校', 'Nanshan Model School', 'budget_unit', '440305', 'S3-79'],
  ['unit.library', '深圳市示范图书馆', 'Model Library', 'budget_unit', '440304', 'P8'],
  ['unit.baoan', '宝安示范街道办事处', "Bao'an Model Sub-district", 'budget_unit', '440306', 'S0-02'],
  ['unit.pingshan', '坪山示范政务中心', 'Pingshan Model Service Centre', 'budget_unit', '440310', 'S3-80'],
  ['unit.longhua', '龙华示范职业学院', 'Longhua Model College', 'budget_unit', '440309', 'S3-79'],
  [
    'contractor.canteen',
    '深圳市示范餐饮服务有限公司',
    'Model Catering Ltd',
    'canteen_contractor',
    '440305',
    'P10',
  ],
  [
    'buyer.insurance',
    '示范保险集团工会',
    'Model Insurance Group Union',
    'enterprise_buyer',
    '440304',
    'S3-67',
  ],
  ['buyer.logistics', '示范物流有限公司', 'Model Logistics Ltd', 'enterprise_buyer', '440306', 'S3-78'],
  ['buyer.electronics', '示范电子有限公司', 'Model Electronics Ltd', 'enterprise_buyer', '440309', 'S3-78'],
]

const countyOffices: readonly Row[] = pairedCounties.flatMap(({ code, name, nameEn }): Row[] => [
  [
    `county.${code}.assistance`,
    `${name}示范帮扶办公室`,
    `${nameEn} Model Assistance Office`,
    'county_assistance_office',
    code,
    'P28',
  ],
  [
    `county.${code}.agriculture`,
    `${name}示范农业农村办公室`,
    `${nameEn} Model Agriculture Office`,
    'county_agriculture_office',
    code,
    'P2',
  ],
])

/** The townships and villages in which somebody signs in; their areas are the first of their county. */
const places: readonly Row[] = [
  ['451003', 'tianyang', '田阳', 'Tianyang'],
  ['451229', 'dahua', '大化', 'Dahua'],
  ['441623', 'lianping', '连平', 'Lianping'],
].flatMap(([county, slug, zh, en]): Row[] => [
  [`township.${slug}`, `${zh}示范镇政府`, `${en} Model Township`, 'township', `${county}901`, 'P32'],
  [
    `village.${slug}`,
    `${zh}示范村委会`,
    `${en} Model Village Committee`,
    'village',
    `${county}901201`,
    'P57',
  ],
])

type CoopRow = readonly [slug: string, areaCode: string, name: string, nameEn: string, echoes: Cited | null]

/** At least one in each paired county, so that no household lacks somebody to link with. */
const coops: readonly CoopRow[] = [
  ['tianyang-mango', '451003', '田阳示范金果芒果专业合作社', 'Tianyang Model Mango Co-op', 'S3-15'],
  ['tianyang-tomato', '451003', '田阳示范红珠蔬菜专业合作社', 'Tianyang Model Tomato Co-op', 'S3-41'],
  ['leye-kiwi', '451028', '乐业示范翠岭果业专业合作社', 'Leye Model Fruit Co-op', 'S3-25'],
  ['xilin-citrus', '451030', '西林示范橘乡专业合作社', 'Xilin Model Citrus Co-op', 'S3-58'],
  ['huanjiang-orah', '451226', '环江示范优果专业合作社', 'Huanjiang Model Orah Co-op', 'S3-20'],
  ['bama-rice', '451227', '巴马示范香稻专业合作社', 'Bama Model Rice Co-op', 'S3-41'],
  ['duan-cattle', '451228', '都安示范瑶山牛专业合作社', "Du'an Model Cattle Co-op", 'S3-24'],
  ['dahua-chicken', '451229', '大化示范七百弄养鸡专业合作社', 'Dahua Model Poultry Co-op', 'S3-19'],
  ['yuancheng-greens', '441602', '源城示范绿畦蔬菜专业合作社', 'Yuancheng Model Vegetable Co-op', 'S3-41'],
  ['zijin-tea', '441621', '紫金示范云雾茶叶专业合作社', 'Zijin Model Tea Co-op', 'S3-41'],
  ['longchuan-camellia', '441622', '龙川示范山茶油专业合作社', 'Longchuan Model Camellia Co-op', 'S3-41'],
  ['lianping-peach', '441623', '连平示范鹰嘴桃专业合作社', 'Lianping Model Peach Co-op', 'S3-19'],
  ['dongyuan-chestnut', '441625', '东源示范板栗专业合作社', 'Dongyuan Model Chestnut Co-op', 'S3-41'],
  ['shanwei-sea', '441502', '汕尾城区示范海味专业合作社', 'Shanwei Model Dried Seafood Co-op', null],
  ['haifeng-pumpkin', '441521', '海丰示范金瓜专业合作社', 'Haifeng Model Pumpkin Co-op', 'S3-19'],
  ['luhe-plum', '441523', '陆河示范青梅专业合作社', 'Luhe Model Plum Co-op', null],
  ['lufeng-tuber', '441581', '陆丰示范薯乡专业合作社', 'Lufeng Model Tuber Co-op', null],
  ['kashgar-jujube', '653101', '喀什示范枣园农民专业合作社', 'Kashgar Model Jujube Co-op', 'S3-19'],
  ['taxkorgan-daisy', '653131', '塔县示范雪菊农民专业合作社', 'Taxkorgan Model Snow Daisy Co-op', 'S3-39'],
  ['zayu-kiwi', '540425', '察隅示范雪城猕猴桃专业合作社', 'Zayü Model Kiwi Co-op', 'S3-19'],
  ['dege-yak', '513330', '德格示范高原牦牛专业合作社', 'Dêgê Model Yak Co-op', 'S3-29'],
  ['zhaoyang-bacon', '530602', '昭阳示范高原特产专业合作社', 'Zhaoyang Model Highland Co-op', 'S3-84'],
  ['yiliang-gastrodia', '530628', '彝良示范天麻专业合作社', 'Yiliang Model Gastrodia Co-op', null],
  ['ongniud-chicken', '150426', '翁牛特示范蒙香鸡专业合作社', 'Ongniud Model Poultry Co-op', 'S2-21'],
  ['naiman-tomato', '150525', '奈曼示范大棚蔬菜专业合作社', 'Naiman Model Greenhouse Co-op', null],
]

const cooperatives = coops.map(
  ([slug, areaCode, name, nameEn, echoes]): Row => [
    `coop.${slug}`,
    name,
    nameEn,
    'cooperative',
    areaCode,
    echoes,
  ],
)

const enterprises: readonly Row[] = [
  [
    'firm.tianyang-packing',
    '田阳示范果品加工有限公司',
    'Tianyang Model Packing Ltd',
    'enterprise',
    '451003',
    'S3-16',
  ],
  ['firm.bama-water', '巴马示范饮用水有限公司', 'Bama Model Water Ltd', 'enterprise', '451227', 'S3-42'],
  ['firm.zijin-tea', '紫金示范茶业有限公司', 'Zijin Model Tea Ltd', 'enterprise', '441621', 'S3-33'],
]

const tongzhou: readonly Row[] = [
  [
    'tongzhou.assistance',
    '通州示范支援合作办公室',
    'Tongzhou Model Assistance Office',
    'assistance_office',
    '110112',
    'S2-03',
  ],
  [
    'tongzhou.finance',
    '通州示范财政局',
    'Tongzhou Model Finance Bureau',
    'finance_bureau',
    '110112',
    'S2-24',
  ],
  ['tongzhou.unit', '通州示范机关', 'Tongzhou Model Bureau', 'budget_unit', '110112', 'S2-24'],
]

export const organisations: readonly Organisation[] = [
  ...city,
  ...districts,
  ...buyers,
  ...countyOffices,
  ...places,
  ...cooperatives,
  ...enterprises,
  ...tongzhou,
  ...communities,
].map(([key, name, nameEn, type, areaCode, echoes]) => ({
  ...{ key, name, nameEn, type, areaCode, echoes },
  source: 'invented',
}))

const byKey = new Map([...organisations, ...applicants].map(organisation => [organisation.key, organisation]))

/** Also those that only apply to become suppliers. */
export function organisationOf(key: string): Organisation {
  const organisation = byKey.get(key)
  if (!organisation) throw new RangeError(`no organisation ${key}`)
  return organisation
}

export const organisationsOfType = (...types: readonly OrganisationType[]): readonly Organisation[] =>
  organisations.filter(organisation => types.includes(organisation.type))
