import type { CheckReport, Difference } from './report.ts'

export type Language = 'zh' | 'en'

const words = {
  zh: {
    title: '核对',
    facts: '已入日志的事实',
    pending: '待入日志',
    opened: '已打开的隐藏字段',
    erased: '已销毁的隐藏字段',
    rows: '已比对的记录',
    differences: '不一致',
    expected: '应为',
    found: '实为',
    ok: '全部一致',
    more: '另有',
    unread: '未参与重算的事实',
    late: '迟报的事实',
  },
  en: {
    title: 'Check of',
    facts: 'facts in the log',
    pending: 'facts that wait',
    opened: 'hidden fields opened',
    erased: 'hidden fields erased',
    rows: 'rows compared',
    differences: 'differences',
    expected: 'expected',
    found: 'found',
    ok: 'everything agrees',
    more: 'more',
    unread: 'facts that move nothing counted',
    late: 'facts that were told late',
  },
} as const

const totalNames: Readonly<Record<Language, Readonly<Record<keyof CheckReport['totals'], string>>>> = {
  zh: {
    orders: '订单',
    placedFen: '有效下单金额',
    paidFen: '已付款',
    completedFen: '已完成（采购方）',
    countedFen: '计入预留份额',
    settledFen: '已结算',
    cooperativesFen: '归合作社',
    householdsFen: '归农户',
    sentFen: '已发起兑付',
    paidOutFen: '银行已兑付',
    confirmedFen: '农户已确认',
    suspenseFen: '挂账',
    buyers: '采购单位',
    sellers: '供货方',
    households: '受益农户',
  },
  en: {
    orders: 'orders',
    placedFen: 'placed and not closed',
    paidFen: 'paid',
    completedFen: 'completed (buyers)',
    countedFen: 'counted towards reserved shares',
    settledFen: 'settled',
    cooperativesFen: 'to co-operatives',
    householdsFen: 'to households',
    sentFen: 'sent to the bank for households',
    paidOutFen: 'paid out by the bank',
    confirmedFen: 'confirmed by households',
    suspenseFen: 'in suspense',
    buyers: 'buying units',
    sellers: 'sellers',
    households: 'households reached',
  },
}

const MOST = 100

/** The report for a terminal: totals in yuan, then each difference on a line of its own, at most 100. */
export function reportText(report: CheckReport, language: Language = 'zh'): string {
  const w = words[language]
  const { logged, pending, opened, erased } = report.facts
  const [unread, late] = [report.notRecomputed, report.late].map(counts =>
    Object.entries(counts).map(([type, n]) => `${type} ${n}`),
  ) as [string[], string[]]
  const hidden = report.differences.length + report.more - Math.min(report.differences.length, MOST)
  return [
    `${w.title} ${report.programme}`,
    ...[
      [w.facts, logged],
      [w.pending, pending],
      [w.opened, opened],
      [w.erased, erased],
      [w.rows, report.compared],
    ].map(([name, count]) => `  ${name}: ${count}`),
    ...Object.entries(report.totals).map(
      ([name, amount]) =>
        `  ${totalNames[language][name as keyof CheckReport['totals']]}: ${name.endsWith('Fen') ? yuan(amount) : amount}`,
    ),
    ...(unread.length > 0 ? [`  ${w.unread}: ${unread.join(', ')}`] : []),
    ...(late.length > 0 ? [`  ${w.late}: ${late.join(', ')}`] : []),
    report.ok ? w.ok : `${w.differences}: ${report.differences.length + report.more}`,
    ...report.differences.slice(0, MOST).map(difference => lineOf(difference, language)),
    ...(hidden > 0 ? [`  … ${w.more} ${hidden}`] : []),
    '',
  ].join('\n')
}

const lineOf = ({ table, key, field, expected, found }: Difference, language: Language): string =>
  `  ${table} ${key} ${field}: ${words[language].expected} ${expected ?? '—'}, ${words[language].found} ${found ?? '—'}`

/** Fen as yuan, exactly: `-1234` is `-12.34`. */
const yuan = (fen: number): string =>
  `${fen < 0 ? '-' : ''}${Math.trunc(Math.abs(fen) / 100)}.${String(Math.abs(fen) % 100).padStart(2, '0')}`
