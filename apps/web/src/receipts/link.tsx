import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useProgrammeId } from '../session/programme.ts'

interface ReceiptsLinkProps {
  /** Of an order, a payout to a household, a figure; else the process that the thing is a case of. */
  readonly kind: 'orders' | 'payout-items' | 'figures' | (string & {})
  readonly thing: string
}

/** The way to the receipts of a thing. */
export function ReceiptsLink({ kind, thing }: ReceiptsLinkProps) {
  const { t } = useTranslation('receipts')
  const programme = useProgrammeId()
  return (
    <Link to="/p/$programme/receipts/$kind/$thing" params={{ programme, kind, thing }}>
      {t('title')}
    </Link>
  )
}

/** The way to the page that checks any receipt: a phone's bar has no room for it. */
export function CheckLink() {
  const { t } = useTranslation('receipts')
  const programme = useProgrammeId()
  return (
    <Link to="/p/$programme/open/check" params={{ programme }}>
      {t('check.title')}
    </Link>
  )
}
