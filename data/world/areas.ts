import type { Source } from './source.ts'
import { inventedBelow } from './villages.ts'

export type AreaLevel = 'province' | 'prefecture' | 'county' | 'township' | 'village'

/** The three fields of assistance (S3-86). */
export type Pairing = 'paired_support' | 'east_west' | 'within_guangdong'

/** A programme is an assisting jurisdiction with its paired areas. */
export type ProgrammeSlug = 'shenzhen' | 'tongzhou'

export interface Area {
  readonly code: string
  readonly name: string
  readonly nameEn: string
  readonly level: AreaLevel
  readonly parent: string | null
  readonly programme: ProgrammeSlug | null
  readonly pairing: Pairing | null
  readonly is832: boolean
  /** Inside the second statistical scope, the cities of east, west and north Guangdong (S3-05). */
  readonly guangdong11: boolean
  /** The row that brings the area into the world; the code itself is of GB/T 2260 down to the county. */
  readonly source: Source
}

export interface ProgrammeSeed {
  readonly slug: ProgrammeSlug
  readonly name: string
  readonly nameEn: string
  readonly rootArea: string
  readonly source: Source
}

export const programmes: readonly ProgrammeSeed[] = [
  {
    slug: 'shenzhen',
    name: '深圳消费帮扶（演示）',
    nameEn: 'Shenzhen consumption assistance (demonstration)',
    rootArea: '440300',
    source: 'S3-01',
  },
  {
    slug: 'tongzhou',
    name: '通州京蒙消费帮扶（演示）',
    nameEn: 'Tongzhou–Inner Mongolia consumption assistance (demonstration)',
    rootArea: '110112',
    source: 'S2-02',
  },
]

export const pairingNames: Record<Pairing, { readonly zh: string; readonly en: string }> = {
  paired_support: { zh: '对口支援', en: 'Paired support' },
  east_west: { zh: '东西部协作', en: 'East–west cooperation' },
  within_guangdong: { zh: '广东省内对口帮扶', en: 'Paired assistance within Guangdong' },
}

type Plain = readonly [code: string, name: string, nameEn: string, source: Source]

const provinces: readonly Plain[] = [
  ['110000', '北京市', 'Beijing', 'S2-25'],
  ['150000', '内蒙古自治区', 'Inner Mongolia', 'S2-14'],
  ['440000', '广东省', 'Guangdong', 'S3-86'],
  ['450000', '广西壮族自治区', 'Guangxi', 'S3-14'],
  ['510000', '四川省', 'Sichuan', 'P82'],
  ['530000', '云南省', 'Yunnan', 'S3-84'],
  ['540000', '西藏自治区', 'Xizang', 'S3-19'],
  ['650000', '新疆维吾尔自治区', 'Xinjiang', 'S3-19'],
]

const prefectures: readonly Plain[] = [
  ['110100', '北京市市辖区', 'Districts of Beijing', 'S2-03'],
  ['150400', '赤峰市', 'Chifeng', 'S2-01'],
  ['150500', '通辽市', 'Tongliao', 'S2-01'],
  ['440300', '深圳市', 'Shenzhen', 'S3-01'],
  ['441500', '汕尾市', 'Shanwei', 'S3-60'],
  ['441600', '河源市', 'Heyuan', 'S3-41'],
  ['451000', '百色市', 'Baise', 'S3-19'],
  ['451200', '河池市', 'Hechi', 'S3-14'],
  ['513300', '甘孜藏族自治州', 'Garzê', 'P82'],
  ['530600', '昭通市', 'Zhaotong', 'S3-84'],
  ['540400', '林芝市', 'Nyingchi', 'S3-19'],
  ['653100', '喀什地区', 'Kashgar Prefecture', 'S3-03'],
]

/** Dapeng is a functional area without a code in GB/T 2260; 440323 is the one offices use for it. */
const demandSide: readonly Plain[] = [
  ['440303', '罗湖区', 'Luohu', 'S3-62'],
  ['440304', '福田区', 'Futian', 'S3-62'],
  ['440305', '南山区', 'Nanshan', 'S3-50'],
  ['440306', '宝安区', "Bao'an", 'S3-62'],
  ['440307', '龙岗区', 'Longgang', 'S3-62'],
  ['440308', '盐田区', 'Yantian', 'S3-50'],
  ['440309', '龙华区', 'Longhua', 'S3-51'],
  ['440310', '坪山区', 'Pingshan', 'S3-53'],
  ['440311', '光明区', 'Guangming', 'S3-50'],
  ['440323', '大鹏新区', 'Dapeng', 'S3-50'],
  ['110112', '通州区', 'Tongzhou', 'S2-01'],
]

type Paired = readonly [...Plain, pairing: Pairing, is832: boolean]

/**
 * S3-19 and S3-84 name only the city for Shanwei and Zhaotong: which of their counties stand for them is
 * our choice. The articles do not say under which field Zhaotong and Dêgê are helped either.
 */
const paired: readonly Paired[] = [
  ['451003', '田阳区', 'Tianyang', 'S3-15', 'east_west', true],
  ['451028', '乐业县', 'Leye', 'S3-25', 'east_west', true],
  ['451030', '西林县', 'Xilin', 'S3-58', 'east_west', true],
  ['451226', '环江毛南族自治县', 'Huanjiang', 'S3-41', 'east_west', true],
  ['451227', '巴马瑶族自治县', 'Bama', 'S3-14', 'east_west', true],
  ['451228', '都安瑶族自治县', "Du'an", 'S3-19', 'east_west', true],
  ['451229', '大化瑶族自治县', 'Dahua', 'S3-19', 'east_west', true],
  ['441602', '源城区', 'Yuancheng', 'S3-41', 'within_guangdong', false],
  ['441621', '紫金县', 'Zijin', 'S3-41', 'within_guangdong', false],
  ['441622', '龙川县', 'Longchuan', 'S3-41', 'within_guangdong', false],
  ['441623', '连平县', 'Lianping', 'S3-19', 'within_guangdong', false],
  ['441625', '东源县', 'Dongyuan', 'S3-41', 'within_guangdong', false],
  ['441502', '城区', 'Shanwei Urban District', 'S3-60', 'within_guangdong', false],
  ['441521', '海丰县', 'Haifeng', 'S3-60', 'within_guangdong', false],
  ['441523', '陆河县', 'Luhe', 'S3-60', 'within_guangdong', false],
  ['441581', '陆丰市', 'Lufeng', 'S3-60', 'within_guangdong', false],
  ['653101', '喀什市', 'Kashgar', 'S3-03', 'paired_support', true],
  ['653131', '塔什库尔干塔吉克自治县', 'Taxkorgan', 'S3-38', 'paired_support', true],
  ['540425', '察隅县', 'Zayü', 'S3-19', 'paired_support', true],
  ['513330', '德格县', 'Dêgê', 'P82', 'paired_support', true],
  ['530602', '昭阳区', 'Zhaoyang', 'S3-84', 'east_west', true],
  ['530628', '彝良县', 'Yiliang', 'S3-84', 'east_west', true],
  ['150426', '翁牛特旗', 'Ongniud', 'S2-01', 'east_west', true],
  ['150525', '奈曼旗', 'Naiman', 'S2-01', 'east_west', true],
]

const unpaired = { programme: null, pairing: null, is832: false, guangdong11: false } as const

const prefix = (code: string, digits: 2 | 4) => code.slice(0, digits).padEnd(6, '0')

const provinceAreas = provinces.map(
  ([code, name, nameEn, source]): Area => ({
    ...{ code, name, nameEn, source, level: 'province', parent: null },
    ...unpaired,
  }),
)

const isGuangdong11 = (code: string) => code.startsWith('4415') || code.startsWith('4416')

const prefectureAreas = prefectures.map(
  ([code, name, nameEn, source]): Area => ({
    ...{ code, name, nameEn, source, level: 'prefecture', parent: prefix(code, 2) },
    ...unpaired,
    programme: code === '440300' ? 'shenzhen' : null,
    guangdong11: isGuangdong11(code),
  }),
)

const demandAreas = demandSide.map(
  ([code, name, nameEn, source]): Area => ({
    ...{ code, name, nameEn, source, level: 'county', parent: prefix(code, 4) },
    ...unpaired,
    programme: code.startsWith('11') ? 'tongzhou' : 'shenzhen',
  }),
)

export const pairedCounties: readonly Area[] = paired.map(
  ([code, name, nameEn, source, pairing, is832]): Area => ({
    ...{ code, name, nameEn, source, level: 'county', parent: prefix(code, 4), pairing, is832 },
    programme: code.startsWith('15') ? 'tongzhou' : 'shenzhen',
    guangdong11: isGuangdong11(code),
  }),
)

const inventedAreas: readonly Area[] = pairedCounties.flatMap(county =>
  inventedBelow(county.code).map(
    (place): Area => ({
      ...county,
      ...place,
      source: 'invented',
    }),
  ),
)

/** Parents come before their children, so that the list can be entered in order. */
export const areas: readonly Area[] = [
  ...provinceAreas,
  ...prefectureAreas,
  ...demandAreas,
  ...pairedCounties,
  ...inventedAreas,
]

const byCode = new Map(areas.map(area => [area.code, area]))

export function areaOf(code: string): Area {
  const area = byCode.get(code)
  if (!area) throw new RangeError(`no area ${code}`)
  return area
}

/** GB/T 2260 is a prefix code, so the county of a village is its first six digits. */
export const countyOf = (code: string): string => code.slice(0, 6)

export const villagesOf = (programme: ProgrammeSlug): readonly Area[] =>
  inventedAreas.filter(area => area.level === 'village' && area.programme === programme)
