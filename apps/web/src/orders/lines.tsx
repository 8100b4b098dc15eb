import type { OrderDetail } from '@silian/chains/supply/orders/contract.ts'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { formatCount } from '../i18n/format.ts'
import { useGoodsNames } from '../portals/shop/use-names.ts'
import { ScrollArea } from '../ui/scroll-area.tsx'
import { Money } from '../ui/values.tsx'

/** The goods with what each costs, and how the sum is covered. */
export function Lines({ order }: { order: OrderDetail }) {
  const { t } = useTranslation('orders')
  return (
    <ScrollArea className="card" label={t('lines')}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{t('goods')}</th>
            <th scope="col" className="right">
              {t('price')}
            </th>
            <th scope="col" className="right">
              {t('pieces')}
            </th>
            <th scope="col" className="right">
              {t('amount')}
            </th>
          </tr>
        </thead>
        <tbody>
          {order.lines.map(line => (
            <tr key={line.no}>
              <GoodsOf line={line}>
                {line.recognised ? null : <span className="badge badge-wait">{t('notRecognised')}</span>}
              </GoodsOf>
              <td className="right">
                <Money fen={line.priceFen} />
              </td>
              <td className="right number">{formatCount(line.pieces)}</td>
              <td className="right">
                <Money fen={line.amountFen} />
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          {order.tenders.map(tender => (
            <tr key={tender.no} className="tender">
              <td colSpan={3}>{t(`tender.${tender.kind}`, t('tender.other'))}</td>
              <td className="right">
                <Money fen={tender.amountFen} />
              </td>
            </tr>
          ))}
          <tr>
            <th scope="row" colSpan={3}>
              {t('total')}
            </th>
            <td className="right">
              <Money fen={order.totalFen} />
            </td>
          </tr>
        </tfoot>
      </table>
    </ScrollArea>
  )
}

export type Goods = Pick<OrderDetail['lines'][number], 'nameZh' | 'nameEn' | 'specZh' | 'specEn'>

interface GoodsOfProps {
  readonly line: Goods
  readonly children?: ReactNode
}

/** What a line is of, in the reader's language. */
export function GoodsOf({ line, children }: GoodsOfProps) {
  const { nameOf, besideOf } = useGoodsNames()
  return (
    <th scope="row">
      {nameOf(line)}
      <span className="line-spec">{besideOf(line)}</span>
      {children}
    </th>
  )
}
