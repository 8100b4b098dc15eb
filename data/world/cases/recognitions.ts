import { objected, type Story, story, type Told } from './story.ts'

const of = (product: string, ago: number, ...told: readonly Told[]) =>
  story('recognition', product, ago, ...told)

const noPapers = { note: '检测报告已过期，请补交近一年的报告。' }
const notHere = { note: '原料不产自本县，不符合认定条件。' }
const yearly = { note: '带动户数较申报时减少，需复核。' }

/** 产品认定 on its way through township, sector, county and publicity (2.4, P28, P32); products of Tianyang and Dahua. */
export const recognitions: readonly Story[] = [
  of('mango.tianyang.gift', 2),
  of('tomato.tianyang.gift', 3),
  of('mango.tianyang.dried', 1),
  // late with the township: the county has it since
  of('mango.tianyang.early', 13),
  of('mango.tianyang.direct', 16, [12, 'township_check', 'pass']),
  of('tomato.tianyang.dried', 9, [5, 'township_check', 'pass']),
  of('mango.tianyang.puree', 22, [19, 'township_check', 'pass'], [16, 'sector_check', 'pass']),
  of('tomato.tianyang.yellow', 12, [8, 'township_check', 'pass'], [5, 'sector_check', 'pass']),
  of(
    'mango.tianyang.late',
    24,
    [20, 'township_check', 'pass'],
    [15, 'sector_check', 'pass'],
    [4, 'county_approval', 'approve'],
  ),
  objected(
    of(
      'mango.tianyang.frozen',
      27,
      [23, 'township_check', 'pass'],
      [18, 'sector_check', 'pass'],
      [6, 'county_approval', 'approve'],
    ),
    { ago: 3, object: '公示的带动户数与村里了解的情况不一致，请核实。' },
  ),
  of(
    'tomato.tianyang.vine',
    46,
    [43, 'township_check', 'pass'],
    [40, 'sector_check', 'pass'],
    [33, 'county_approval', 'approve'],
  ),
  of('mango.tianyang.mini', 15, [11, 'township_check', 'return', noPapers]),
  of(
    'mango.tianyang.office',
    12,
    [8, 'township_check', 'pass'],
    [6, 'sector_check', 'return', { note: '申报价高于同规格同品质产品的均价，请重新核算。' }],
  ),
  of('potato.tianyang.red', 38, [35, 'township_check', 'pass'], [31, 'sector_check', 'refuse', notHere]),
  of(
    'greens.tianyang.spring',
    58,
    [55, 'township_check', 'pass'],
    [52, 'sector_check', 'pass'],
    [48, 'county_approval', 'approve'],
    [3, 'listed', 'recheck', yearly],
  ),
  of('chicken.dahua.soup', 2),
  of('chicken.dahua.wings', 1),
  of('walnut.dahua.hill', 4),
  of('chicken.dahua.legs', 17, [12, 'township_check', 'pass']),
  of('chicken.dahua.salted', 7, [4, 'township_check', 'pass']),
  of('potato.dahua.purple', 27, [23, 'township_check', 'pass'], [19, 'sector_check', 'pass']),
  of(
    'chicken.dahua.canteen',
    25,
    [21, 'township_check', 'pass'],
    [17, 'sector_check', 'pass'],
    [3, 'county_approval', 'approve'],
  ),
  of('chicken.dahua.smoked', 14, [10, 'township_check', 'return', noPapers]),
  of(
    'potato.dahua.noodles',
    50,
    [46, 'township_check', 'pass'],
    [42, 'sector_check', 'pass'],
    [36, 'county_approval', 'approve'],
  ),
]
