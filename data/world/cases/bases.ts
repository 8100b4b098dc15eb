import { objected, type Story, story, type Told } from './story.ts'

const of = (base: string, ago: number, ...told: readonly Told[]) =>
  story('base_recognition', base, ago, ...told)

const reviewed = (ago: number): Told => [ago, 'documents', 'submit', { points: 0.9 }]
const visited = (ago: number): Told => [ago, 'on_site', 'pass', { points: 0.86 }]

/** 菜篮子基地认定: three experts, on-site check, review, publicity, plaque (2.3). */
export const baseRecognitions: readonly Story[] = [
  of('BASE-451003-01', 64, reviewed(52), visited(35), [28, 'review', 'recognise']),
  of('BASE-451003-02', 26),
  of('BASE-451003-03', 12, [4, 'documents', 'submit', { points: 0.8, seats: 1 }]),
  of('BASE-451003-04', 24, [8, 'documents', 'submit', { points: 0.45 }]),
  of('BASE-451028-01', 48, reviewed(33)),
  of('BASE-451226-01', 28, reviewed(16)),
  of('BASE-451228-01', 50, reviewed(38), visited(17)),
  objected(of('BASE-451229-01', 60, reviewed(47), visited(28), [5, 'review', 'recognise']), {
    ago: 2,
    object: '基地附近水源检测日期与公示不符，请核实。',
  }),
  of('BASE-451229-03', 20, [6, 'documents', 'submit', { points: 0.5 }]),
  of('BASE-451227-01', 44, reviewed(30), visited(15), [3, 'review', 'recognise']),
  of('BASE-441625-01', 40, reviewed(28), [
    12,
    'on_site',
    'refuse',
    { note: '田间档案与投入品记录缺失，现场检查不通过。', points: 0.4 },
  ]),
]
