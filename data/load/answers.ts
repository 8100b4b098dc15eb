import type { Column, Value, Values } from '@silian/kernel/declared/columns.ts'
import type { Ask } from '@silian/kernel/process/ways.ts'

const words: Readonly<Record<string, string>> = {
  advice: '请完善企业标准与出厂检验记录，准备近一年的第三方检测报告。',
  laboratory: '示范检测中心',
}

/** What somebody answers to what a task asks: yes, the day, a share of the points. A refusal needs its note alone. */
export function answersTo(
  { form, sheet, ways }: Ask,
  { outcome, day, points }: { readonly outcome: string; readonly day: string; readonly points: number },
): Values {
  if (ways[outcome]?.note && !sheet) return {}
  return Object.fromEntries(
    Object.entries(form).flatMap(([name, column]) => {
      const value = answerOf(name, column, day, points)
      return value === undefined ? [] : [[name, value]]
    }),
  )
}

function answerOf(name: string, column: Column, day: string, points: number): Value | undefined {
  if (column.kind === 'yes') return true
  if (column.kind === 'date') return day
  if (column.kind === 'text') return words[name] ?? '符合要求。'
  if (column.kind !== 'number') return undefined
  if (column.unit === 'point') return Math.round((column.max ?? 0) * Math.min(1, points))
  return 20
}
