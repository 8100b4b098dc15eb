import type { OrderDetail } from '@silian/chains/supply/orders/contract.ts'
import { NumberField } from '../desk/fields.tsx'
import { useGoodsNames } from '../portals/shop/use-names.ts'
import { Field } from '../ui/field.tsx'

interface Line {
  readonly no: number
  readonly pieces: number
}

export interface PiecesDraft {
  /** By the line's number, as typed. */
  readonly pieces: Readonly<Record<number, string>>
  readonly reason: string
}

interface PiecesFieldsProps {
  readonly order: OrderDetail
  /** What may be asked for, and how much of it at most. */
  readonly lines: readonly Line[]
  readonly draft: PiecesDraft
  readonly reasonLabel: string
  labelOf(line: { readonly name: string; readonly count: number }): string
  put(change: Partial<PiecesDraft>): void
}

/** How many pieces of an order's lines, and why. */
export function PiecesFields({ order, lines, draft, reasonLabel, labelOf, put }: PiecesFieldsProps) {
  const { nameOf } = useGoodsNames()
  const lineOf = (no: number) => order.lines.find(one => one.no === no)!
  return (
    <>
      {lines.map(({ no, pieces }) => (
        <NumberField
          key={no}
          label={labelOf({ name: nameOf(lineOf(no)), count: pieces })}
          value={draft.pieces[no] ?? ''}
          put={value => put({ pieces: { ...draft.pieces, [no]: value } })}
        />
      ))}
      <Field
        label={reasonLabel}
        required
        maxLength={500}
        value={draft.reason}
        onChange={event => put({ reason: event.target.value })}
      />
    </>
  )
}

/** The lines of which there is something. */
export const piecesOf = (lines: readonly Line[], { pieces }: PiecesDraft): Line[] =>
  lines.map(({ no }) => ({ no, pieces: Number(pieces[no] ?? 0) })).filter(line => line.pieces > 0)
