import { type Story, story, type Told } from './story.ts'

const of = (organisation: string, ago: number, ...told: readonly Told[]) =>
  story('supplier_entry', organisation, ago, ...told)

const admitted: readonly Told[] = [
  [40, 'agriculture_check', 'pass'],
  [36, 'revitalisation_check', 'pass'],
  [34, 'county_recommendation', 'recommend'],
  [30, 'platform_review', 'admit'],
]

/** 供应商入驻 through the county's two departments and the platform (2.1). The last three were admitted before the process began and file their papers. */
export const entries: readonly Story[] = [
  of('applicant.tianyang-orchard', 2),
  of('applicant.tianyang-greens', 12),
  of('applicant.tianyang-duck', 8, [3, 'agriculture_check', 'pass']),
  of('applicant.tianyang-sugar', 21, [13, 'agriculture_check', 'pass']),
  of('applicant.tianyang-rice', 14, [10, 'agriculture_check', 'pass'], [2, 'revitalisation_check', 'pass']),
  of(
    'applicant.tianyang-mushroom',
    26,
    [22, 'agriculture_check', 'pass'],
    [17, 'revitalisation_check', 'pass'],
    [13, 'county_recommendation', 'recommend'],
  ),
  of(
    'applicant.tianyang-lychee',
    15,
    [11, 'agriculture_check', 'pass'],
    [7, 'revitalisation_check', 'pass'],
    [4, 'county_recommendation', 'recommend'],
  ),
  of('applicant.tianyang-honey', 20, [
    16,
    'agriculture_check',
    'return',
    { note: '缺少利益联结证明，请补充后再报。' },
  ]),
  of('applicant.tianyang-tea', 33, [
    29,
    'agriculture_check',
    'refuse',
    { note: '无自有生产基地，不具备稳定供货能力。' },
  ]),
  of('applicant.dahua-fish', 3),
  of('applicant.dahua-goat', 9, [4, 'agriculture_check', 'pass']),
  of('applicant.dahua-walnut', 11, [7, 'agriculture_check', 'pass'], [1, 'revitalisation_check', 'pass']),
  of(
    'applicant.dahua-noodles',
    16,
    [12, 'agriculture_check', 'pass'],
    [8, 'revitalisation_check', 'pass'],
    [2, 'county_recommendation', 'recommend'],
  ),
  of(
    'applicant.leye-oil',
    18,
    [14, 'agriculture_check', 'pass'],
    [9, 'revitalisation_check', 'pass'],
    [3, 'county_recommendation', 'recommend'],
  ),
  of(
    'applicant.zijin-citrus',
    13,
    [9, 'agriculture_check', 'pass'],
    [5, 'revitalisation_check', 'pass'],
    [1, 'county_recommendation', 'recommend'],
  ),
  of('coop.dahua-chicken', 44, ...admitted),
  of('coop.tianyang-mango', 43, ...admitted),
  of('firm.tianyang-packing', 42, ...admitted, [
    9,
    'active',
    'warn',
    { note: '检测报告逾期未更新，予以提醒。' },
  ]),
]
