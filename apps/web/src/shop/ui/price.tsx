import { formatFen } from '../../i18n/format.ts'

/** A price as shops write it: the fen smaller than the yuan. */
export function Price({ fen }: { fen: number }) {
  const [whole = '', rest = ''] = formatFen(fen).split('.')
  return (
    <span className="price">
      <small>{whole.slice(0, 1)}</small>
      {whole.slice(1)}
      <small>.{rest}</small>
    </span>
  )
}

export const Money = ({ fen }: { fen: number }) => <span className="number">{formatFen(fen)}</span>
