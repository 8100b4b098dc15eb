import type { SampledVoucher } from './audit-file.ts'

/** How a grade is called in a sheet that is read in both languages. */
export const gradeWords = {
  declared: '自报 / declared',
  countersigned: '对方签认 / countersigned',
  device: '设备 / device',
  bank: '银行 / bank',
} as const

/** The facts that one rests on or is borne out by, as `bank.credited (own) 1f2e…`. */
export const besideText = (beside: SampledVoucher['refs']): string =>
  beside.map(({ type, by, id }) => `${type} (${by}) ${id}`).join('; ')

/** A line a voucher: what is to be asked for, and by whom it was said. */
export function sayVoucher(voucher: SampledVoucher): void {
  const { logIndex, fact, place, type, amount, times, by, grade, refs, countersigned } = voucher
  const beside = besideText([...refs, ...countersigned])
  process.stdout.write(
    `${[logIndex, `${fact}#${place}`, type, amount, `×${times}`, by, gradeWords[grade], beside].join('  ')}\n`,
  )
}
