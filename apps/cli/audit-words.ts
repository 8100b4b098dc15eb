import { inUnit } from '@silian/kernel/sheets/table.ts'
import type { SampledParty, SampledVoucher } from './audit-file.ts'
import { type AuditMessage, auditMessages } from './audit-messages.ts'
import { type Params, told } from './say.ts'

/** What a sheet that is read in both languages says. */
export const both = (key: AuditMessage, params: Params = {}): string =>
  told(auditMessages[key], params).join(' / ')

/** What is said, a line in Chinese and one in English. */
export const linesOf = (key: AuditMessage, params: Params = {}): string[] => told(auditMessages[key], params)

/** How an amount of a figure is shown: yuan with two decimals, kilograms with three, other units whole. */
export function amountIn(unit: string, amount: bigint | number): string {
  if (unit !== 'fen' && unit !== 'gram') return String(amount)
  return inUnit(unit, Number(amount)).toFixed(unit === 'fen' ? 2 : 3)
}

/** What the amounts of a figure are called: in Chinese, in English. */
export const unitWords = (unit: string): readonly [string, string] =>
  unit === 'fen' || unit === 'gram' ? auditMessages[`unit.${unit}`] : [unit, unit]

export const unitIn = (unit: string): string => [...new Set(unitWords(unit))].join(' / ')

/** The facts that one rests on or is borne out by, as `bank.credited (own) 1f2e…`. */
export const besideText = (beside: SampledVoucher['refs']): string =>
  beside.map(({ type, by, id }) => `${type} (${by}) ${id}`).join('; ')

export const partyText = (party: SampledParty | null): string =>
  party === null ? '' : [party.name, party.id].filter(Boolean).join(' ')

/** A line a voucher: what is to be asked for, and by whom it was said. */
export function sayVoucher(voucher: SampledVoucher, unit: string): void {
  const { logIndex, fact, place, type, amount, times, by, grade, refs, countersigned, number } = voucher
  const parts = [
    ...[
      logIndex,
      `${fact}#${place}`,
      type,
      number ?? '',
      partyText(voucher.buyer),
      partyText(voucher.seller),
    ],
    ...[`${amountIn(unit, BigInt(amount))} ${unitIn(unit)}`, `×${times}`, both(`by.${by}`)],
    ...[both(`grade.${grade}`), besideText([...refs, ...countersigned])],
  ]
  process.stdout.write(`${parts.filter(part => part !== '').join('  ')}\n`)
}
