import { utf8 } from '@silian/verifier/bytes.ts'
import { toFragment } from '@silian/verifier/link.ts'
import { useQuery } from '@tanstack/react-query'
import { QRCode } from 'antd'
import { useTranslation } from 'react-i18next'

/** A square with more than this is no longer read from paper. */
const MOST = 2048

/** The square that opens the check page with the receipt in it; of a long one with the page alone. */
export function Square({ receipt, programme }: { receipt: string; programme: string }) {
  const { t } = useTranslation('receipts')
  const page = `${location.origin}/p/${programme}/open/check`
  const fragment = useQuery({
    queryKey: ['receipt-link', receipt],
    queryFn: async () => (await toFragment(utf8(receipt))) ?? null,
    staleTime: Number.POSITIVE_INFINITY,
  })
  if (fragment.data === undefined) return null
  const fits = fragment.data !== null && fragment.data.length <= MOST
  const address = fits ? `${page}#r=${fragment.data}` : page
  return (
    <figure className="receipt-square">
      <div>
        <QRCode
          aria-label={t('square')}
          value={address}
          type="svg"
          errorLevel="L"
          size={300}
          bordered={false}
        />
      </div>
      <figcaption>
        {t(fits ? 'square.whole' : 'square.page')} <a href={address}>{t('square.open')}</a>
      </figcaption>
    </figure>
  )
}
