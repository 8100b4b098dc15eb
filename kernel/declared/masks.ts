import { maskAddress, maskBank, maskId, maskName, maskPhone } from '../personal/masks.ts'
import type { Column } from './columns.ts'

/** What is shown of a sealed value to those who have not said why they look. */
export function maskValue(column: Column, clear: string): string {
  if (column.kind !== 'text') return '***'
  if (column.format === 'identity') return maskId(clear)
  if (column.format === 'phone') return maskPhone(clear)
  if (column.format === 'account') return maskBank(clear)
  if (column.format === 'long') return column.personal === 'sensitive' ? '***' : maskAddress(clear)
  return column.personal === 'sensitive' ? '***' : maskName(clear)
}
