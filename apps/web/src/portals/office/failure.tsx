import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'

/** What each code of a provider for a refund that it will not do comes down to for the person who decides. */
const kinds = {
  ABNORMAL: ['ABNORMAL', 'USER_ACCOUNT_ABNORMAL', 'ACQ.BUYER_ERROR', 'ACQ.BUYER_NOT_EXIST'],
  CLOSED: ['CLOSED'],
  balance: ['NOT_ENOUGH', 'ACQ.SELLER_BALANCE_NOT_ENOUGH'],
  busy: ['SYSTEM_ERROR', 'FREQUENCY_LIMITED', 'ACQ.SYSTEM_ERROR'],
  over: ['ACQ.TRADE_HAS_FINISHED', 'ACQ.TRADE_NOT_ALLOW_REFUND', 'ACQ.TRADE_STATUS_ERROR'],
  settings: ['SIGN_ERROR', 'NO_AUTH', 'MCH_NOT_EXISTS', 'PARAM_ERROR', 'ACQ.INVALID_PARAMETER'],
  sum: [
    ...['INVALID_REQUEST', 'ACQ.REFUND_AMT_NOT_EQUAL_TOTAL', 'ACQ.DISCORDANT_REPEAT_REQUEST'],
    ...['ACQ.REASON_TRADE_REFUND_FEE_ERR', 'ACQ.REFUND_FEE_ERROR'],
  ],
  unknown: ['RESOURCE_NOT_EXISTS', 'ORDER_NOT_EXIST', 'ACQ.TRADE_NOT_EXIST', 'REFUND_NOT_EXIST'],
  withheld: ['REQUEST_BLOCKED', 'ACQ.REASON_TRADE_BEEN_FREEZEN'],
} as const
type Kind = keyof typeof kinds | 'other'

export const failureKindOf = (code: string): Kind =>
  (Object.keys(kinds) as (keyof typeof kinds)[]).find(kind =>
    (kinds[kind] as readonly string[]).includes(code),
  ) ?? 'other'

/** What happened and what a person can do about it, with the provider's own code for whoever asks it. */
export const failureOf = (t: TFunction<'reconciliation'>, code: string): string =>
  t('refund.failure', { words: t(`refund.failure.${failureKindOf(code)}`), code })

export function Failure({ code }: { code: string }) {
  const { t } = useTranslation('reconciliation')
  return (
    <>
      <span className="muted">{t(`refund.failure.${failureKindOf(code)}`)}</span>{' '}
      <small className="muted">{t('refund.failure.code', { code })}</small>
    </>
  )
}
