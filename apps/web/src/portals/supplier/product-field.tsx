import type { Product } from '@silian/chains/value/products/contract.ts'
import { useTranslation } from 'react-i18next'
import { PickField } from '../../desk/fields.tsx'
import { useGoodsNames } from '../shop/use-names.ts'

interface ProductFieldProps {
  readonly label: string
  readonly products: readonly Product[]
  readonly value: string
  pick(productId: string): void
}

/** One of the seller's products; none is chosen for them. */
export function ProductField({ label, products, value, pick }: ProductFieldProps) {
  const { t } = useTranslation('supplier')
  const { nameOf } = useGoodsNames()
  return (
    <PickField
      label={label}
      required
      none={t('pick')}
      value={value}
      options={products.map(product => [product.id, nameOf(product)])}
      pick={pick}
    />
  )
}
