import { between, mulberry32, shuffled } from './random.ts'

export interface InventedPlace {
  readonly code: string
  readonly name: string
  readonly nameEn: string
  readonly level: 'township' | 'village'
  readonly parent: string
}

type Name = readonly [zh: string, en: string]

const townshipNames: readonly Name[] = [
  ['禾岫', 'Hexiu'],
  ['霁川', 'Jichuan'],
  ['澄坡', 'Chengpo'],
  ['岚浦', 'Lanpu'],
  ['穗源', 'Suiyuan'],
  ['芷塘', 'Zhitang'],
  ['栎岗', 'Ligang'],
  ['晴岭', 'Qingling'],
  ['沐河', 'Muhe'],
  ['蓼溪', 'Liaoxi'],
  ['樵湾', 'Qiaowan'],
  ['桑屿', 'Sangyu'],
  ['莳田', 'Shitian'],
  ['榆坪', 'Yuping'],
  ['蔓坡', 'Manpo'],
]

const villageNames: readonly Name[] = [
  ['上禾', 'Shanghe'],
  ['下禾', 'Xiahe'],
  ['新穗', 'Xinsui'],
  ['望岚', 'Wanglan'],
  ['听泉', 'Tingquan'],
  ['稻香', 'Daoxiang'],
  ['竹影', 'Zhuying'],
  ['云耕', 'Yungeng'],
  ['晓牧', 'Xiaomu'],
  ['青箬', 'Qingruo'],
  ['映山', 'Yingshan'],
  ['知稼', 'Zhijia'],
  ['拾穗', 'Shisui'],
  ['牧云', 'Muyun'],
  ['枕溪', 'Zhenxi'],
  ['问茶', 'Wencha'],
  ['采薇', 'Caiwei'],
  ['和畦', 'Heqi'],
  ['耘心', 'Yunxin'],
  ['长禾', 'Changhe'],
  ['临渚', 'Linzhu'],
  ['听蝉', 'Tingchan'],
]

/** Real townships are numbered 001 to 599; from 901 on nobody can mistake one of ours for a real one. */
const townshipCode = (county: string, ordinal: number): string => `${county}${900 + ordinal}`

/** Villages are numbered from 200 on, neighbourhoods below. */
const villageCode = (township: string, ordinal: number): string => `${township}${200 + ordinal}`

/** Three to five townships with three to eight villages each, always the same for one county. */
export function inventedBelow(county: string): InventedPlace[] {
  const random = mulberry32(Number(county))
  const names = shuffled(random, townshipNames).slice(0, between(random, 3, 5))
  return names.flatMap(([zh, en], index) => {
    const code = townshipCode(county, index + 1)
    const township: InventedPlace = {
      ...{ code, name: `${zh}镇`, nameEn: `${en} Town`, level: 'township', parent: county },
    }
    const below = shuffled(random, villageNames).slice(0, between(random, 3, 8))
    return [township, ...below.map((name, ordinal) => village(code, ordinal + 1, name))]
  })
}

const village = (parent: string, ordinal: number, [zh, en]: Name): InventedPlace => ({
  ...{
    code: villageCode(parent, ordinal),
    name: `${zh}村`,
    nameEn: `${en} Village`,
    level: 'village',
    parent,
  },
})
