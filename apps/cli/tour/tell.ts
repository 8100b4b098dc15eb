/** The tour is a story for newcomers: one line a step, Chinese with English beside it. */
export function tell(who: string, zh: string, en: string): void {
  process.stdout.write(`  ${who.padEnd(4, '　')} ${zh}${en ? `\n  ${' '.repeat(10)}${en}` : ''}\n`)
}

export function heading(zh: string, en: string): void {
  process.stdout.write(`\n${zh} · ${en}\n`)
}

export const yuan = (fen: number | string): string => `¥${(Number(fen) / 100).toFixed(2)}`
