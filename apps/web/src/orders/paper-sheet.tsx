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
  /** Of which lot each is, where the sheet says so. */
  readonly lotOf?: (line: L) => string
}

/** The goods as they are packed: how many, and a place to tick. */
export function PackedLines<L extends Line>({ lines, lotOf }: PackedProps<L>) {
  const { t } = useTranslation('delivery')
  return (
    <table className="table">
      <thead>
        <tr>
          <th scope="col">{t('goods')}</th>
          {lotOf ? <th scope="col">{t('lot')}</th> : null}
          <th scope="col" className="right">
            {t('pieces')}
          </th>
          <th scope="col">{t('packed')}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map(line => (
          <tr key={line.no}>
            <GoodsOf line={line} />
            {lotOf ? <td>{lotOf(line)}</td> : null}
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
