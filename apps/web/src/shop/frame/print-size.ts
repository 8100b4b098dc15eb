import { useState } from 'react'
import { keep, kept } from '../../i18n/kept.ts'

const sizes = ['normal', 'large'] as const
export type PrintSize = (typeof sizes)[number]

/** Large print is a choice of this device: everything grows, nothing is left out. */
export function applyPrint(size: PrintSize = kept('print', sizes)): void {
  document.documentElement.dataset.print = size
}

export function usePrintSize(): [PrintSize, (size: PrintSize) => void] {
  const [size, setSize] = useState<PrintSize>(() => kept('print', sizes))
  return [
    size,
    wanted => {
      keep('print', wanted)
      applyPrint(wanted)
      setSize(wanted)
    },
  ]
}
