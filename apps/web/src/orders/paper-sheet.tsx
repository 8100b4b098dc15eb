import type { Picked } from '@silian/chains/supply/delivery/contract.ts'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { type Goods, GoodsOf } from './lines.tsx'
import './orders.css'

interface PaperSheetProps {
  readonly title: ReactNode
  readonly note: string
  /** Whose signature it is for. */
  readonly signed: string
  readonly children: ReactNode
}

/** A sheet that goes with the goods: printed it is a page of its own, with what the buyer said and a line to sign on. */
export function PaperSheet({ title, note, signed, children }: PaperSheetProps) {
  const { t } = useTranslation('delivery')
  return (
    <section className="card packing-sheet">
      <h2>{title}</h2>
      {children}
      {note ? <p>{t('note', { text: note })}</p> : null}
      <p className="sign-line">{signed}</p>
    </section>
  )
}

type Line = Goods & { readonly no: number; readonly pieces: number }

interface PackedProps<L extends Line> {
  readonly lines: readonly L[]
  /** Of which lot each is and where that lies, in the order in which places are gone to. */
  readonly from: readonly Picked[]
}

/** The goods as they are packed: where they lie, how many, and a box to tick. */
export function PackedLines<L extends Line>({ lines, from }: PackedProps<L>) {
  const { t } = useTranslation('delivery')
  const byNo = new Map(lines.map(line => [line.no, line]))
  const walked = from.flatMap(({ no, lot, place }) => {
    const line = byNo.get(no)
    return line ? [{ line, lot, place }] : []
  })
  return (
    <table className="table">
      <thead>
        <tr>
          <th scope="col">{t('goods')}</th>
          <th scope="col">{t('place')}</th>
          <th scope="col" className="right">
            {t('pieces')}
          </th>
          <th scope="col">{t('packed')}</th>
        </tr>
      </thead>
      <tbody>
        {walked.map(({ line, lot, place }) => (
          <tr key={line.no}>
            <GoodsOf line={line} />
            <td className="lies-at">
              {place ?? '—'}
              <span className="line-spec">{lot}</span>
            </td>
            <td className="right number">{line.pieces}</td>
            <td>
              <span className="tick-box" aria-hidden="true" />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
