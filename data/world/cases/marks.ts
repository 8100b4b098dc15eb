import { objected, type Story, story, type Told } from './story.ts'

const of = (product: string, ago: number, ...told: readonly Told[]) =>
  story('shenzhen_mark', product, ago, ...told)

const invited = (ago: number): Told => [ago, 'guided', 'invite']
const applied = (ago: number): Told => [ago, 'applied', 'resubmit']
const reviewed = (ago: number): Told => [ago, 'documents', 'pass', { points: 0.85 }]
const visited = (ago: number, points = 0.88): Told => [ago, 'on_site', 'submit', { points }]

/** 圳品评价: guidance, documents, five experts, sample test, decision, publicity (2.2). */
export const marks: readonly Story[] = [
  of('rice.bama.2500g', 4),
  of('peach.lianping.a.5jin', 33),
  of('chicken.dahua.hen', 18, invited(9)),
  of('mango.tianyang.b.5jin', 16, invited(7)),
  of('mango.tianyang.a.5jin', 32, invited(26), applied(10)),
  of('tomato.tianyang.a.4jin', 50, invited(44), applied(28)),
  of('chestnut.dongyuan.a.500g', 40, invited(34), applied(22), reviewed(9)),
  of('tea.zijin.100g', 45, invited(38), applied(25), reviewed(12)),
  of('mango.tianyang.a.10jin', 60, invited(54), applied(46), reviewed(34)),
  of('kiwi.leye.a.5jin', 58, invited(52), applied(40), reviewed(24), [
    6,
    'on_site',
    'submit',
    { points: 0.9, seats: 2 },
  ]),
  of('chicken.dahua.cock', 70, invited(64), applied(55), reviewed(42), visited(13)),
  of('orah.huanjiang.a.5jin', 72, invited(66), applied(58), reviewed(45), visited(25), [
    8,
    'sample_test',
    'pass',
  ]),
  of(
    'camellia.longchuan.500ml',
    74,
    invited(68),
    applied(60),
    reviewed(48),
    visited(30),
    [16, 'sample_test', 'pass'],
    [4, 'decision', 'license'],
  ),
  objected(
    of(
      'beef.duan.standard.500g',
      76,
      invited(70),
      applied(62),
      reviewed(50),
      visited(32),
      [20, 'sample_test', 'pass'],
      [6, 'decision', 'license'],
    ),
    { ago: 2, object: '产地标注与包装不一致，请核实。' },
  ),
  of(
    'greens.yuancheng.a.2jin',
    80,
    invited(74),
    applied(66),
    reviewed(54),
    visited(40),
    [30, 'sample_test', 'pass'],
    [22, 'decision', 'license'],
  ),
  of('bacon.zhaoyang.standard.500g', 66, invited(60), applied(52), reviewed(38), visited(20, 0.4)),
]
