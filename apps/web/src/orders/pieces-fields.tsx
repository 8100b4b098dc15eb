import type { OrderDetail } from '@silian/chains/supply/orders/contract.ts'
import { useGoodsNames } from '../portals/shop/use-names.ts'
import { Field } from '../ui/field.tsx'

interface Line {
  readonly no: number
  readonly pieces: number
}

/** By the line's number, as typed. */
export type Typed = Readonly<Record<number, string>>

export interface PiecesDraft {
  readonly pieces: Typed
  readonly reason: string
}

interface LinePiecesProps {
  readonly order: OrderDetail
  /** What may be asked for, and how much of it at most. */
  readonly lines: readonly Line[]
  readonly pieces: Typed
  labelOf(line: { readonly name: string; readonly count: number }): string
  putPieces(pieces: Typed): void
}

/** How many pieces of an order's lines. */
export function LinePieces({ order, lines, pieces, labelOf, putPieces }: LinePiecesProps) {
  const { nameOf } = useGoodsNames()
  const lineOf = (no: number) => order.lines.find(one => one.no === no)!
  return lines.map(line => (
    <Field
      key={line.no}
      label={labelOf({ name: nameOf(lineOf(line.no)), count: line.pieces })}
      type="number"
      inputMode="numeric"
      min={0}
      max={line.pieces}
      value={pieces[line.no] ?? ''}
      onChange={event => putPieces({ ...pieces, [line.no]: event.target.value })}
    />
  ))
}

interface PiecesFieldsProps extends Omit<LinePiecesProps, 'pieces' | 'putPieces'> {
  readonly draft: PiecesDraft
  readonly reasonLabel: string
  put(change: Partial<PiecesDraft>): void
}

/** How many pieces of an order's lines, and why. */
export function PiecesFields({ draft, reasonLabel, put, ...lines }: PiecesFieldsProps) {
  return (
    <>
      <LinePieces {...lines} pieces={draft.pieces} putPieces={pieces => put({ pieces })} />
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
export const piecesOf = (lines: readonly Line[], { pieces }: { readonly pieces: Typed }): Line[] =>
  lines.map(({ no }) => ({ no, pieces: Number(pieces[no] ?? 0) })).filter(line => line.pieces > 0)
