import { useTranslation } from 'react-i18next'

/** Money came that fits no payment of this: whoever reads it need not pay again. */
export function Checking() {
  const { t } = useTranslation('checkout')
  return (
    <p className="note" role="status">
      {t('pay.checking')}
    </p>
  )
}
