import { useState } from 'react'
import { keep, kept } from '../../i18n/kept.ts'

export const printSizes = ['normal', 'large'] as const
export type PrintSize = (typeof printSizes)[number]

/** Large print is a choice of this device: everything grows, nothing is left out. */
export function applyPrint(size: PrintSize = kept('print', printSizes)): void {
  document.documentElement.dataset.print = size
  keep('print', size)
}

export function usePrintSize(): [PrintSize, (size: PrintSize) => void] {
  const [size, setSize] = useState<PrintSize>(() => kept('print', printSizes))
  return [
    size,
    wanted => {
      applyPrint(wanted)
      setSize(wanted)
    },
  ]
}
