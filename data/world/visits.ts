/** What a cadre found at a household and what it needs; all of it invented. */
export interface Finding {
  readonly topics: readonly string[]
  readonly way: 'home' | 'phone' | 'field' | 'village_office'
  readonly findings: string
  readonly needs: string | null
}

const finding = (
  way: Finding['way'],
  topics: readonly string[],
  findings: string,
  needs: string | null = null,
): Finding => ({ way, topics, findings, needs })

/** Told in turn, household by household. */
export const findings: readonly Finding[] = [
  finding('home', ['income', 'industry'], '今年果园挂果良好，已与合作社签订收购协议。'),
  finding('home', ['health'], '户主慢性病复诊按时，药费已报销。', '希望乡镇卫生院每月上门测一次血压。'),
  finding('field', ['industry', 'work'], '在合作社务工，月收入约两千元，技术掌握较好。'),
  finding('phone', ['school'], '孩子在县城读高中，助学金已到账。'),
  finding('home', ['housing', 'water'], '屋顶雨季有渗漏，自来水正常。', '请村里联系施工队检修屋顶。'),
  finding(
    'village_office',
    ['policy'],
    '来村委会咨询小额信贷政策，已讲解并发放资料。',
    '有意贷款扩大养殖，需银行上门评估。',
  ),
  finding('home', ['income', 'work'], '两人外出务工，逢年返乡，收入稳定。'),
  finding('field', ['industry'], '养鸡三百羽，防疫到位，等待合作社收购。'),
]

/** Days ago of a cadre's visits, the nearest first. */
export const visitDays: readonly number[] = [1, 2, 4, 6, 9, 12, 15, 19, 23, 28, 34, 40, 47, 55]
