import type { LinkFormula } from '@silian/chains/production/links/contract.ts'
import { useTranslation } from 'react-i18next'
import { formatFen, formatRatio } from '../i18n/format.ts'
import { useQuantityText } from '../ui/values.tsx'

/** What a link promises, in a sentence that a household understands. */
export function useTermsText(): (formula: LinkFormula, product?: string | null) => string {
  const { t } = useTranslation('links')
  const quantity = useQuantityText()
  return (formula, product) => {
    if (formula.mechanism === 'share_dividend')
      return t('terms.share_dividend', {
        pool: formatRatio(formula.poolBp, 10_000),
        shares: formula.basicShares + formula.careShares + formula.fundShares,
      })
    const { fen, per } = formula.floor
    return t('terms.order_purchase', {
      product: product ?? t('terms.goods'),
      floor: formatFen(fen),
      per: per === 1 ? t('terms.piece') : quantity(per, 'g'),
      premium: formatRatio(formula.premiumBp, 10_000),
    })
  }
}
