import { useMutation } from '@tanstack/react-query'
import { QRCode } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { useIntention } from '../../api/intention.ts'
import { PickField } from '../../desk/fields.tsx'
import { useProgrammeId } from '../../session/programme.ts'
import { ProblemNotice } from '../../ui/states.tsx'

type Way = 'wechat' | 'alipay'

/** A square that whoever pays scans with their own phone. */
export function PayBox({ order }: { order: string }) {
  const { t } = useTranslation('proxy')
  const programme = useProgrammeId()
  const [way, setWay] = useState<Way>('wechat')
  const { key } = useIntention(`${programme}.proxy.pay.${order}.${way}`, {})
  const pay = useMutation({
    mutationFn: () => call('payProxy', { params: { programme, order }, key, body: { way } }),
  })
  return (
    <div className="stack">
      <PickField
        label={t('pay.way')}
        value={way}
        options={[
          ['wechat', t('pay.wechat')],
          ['alipay', t('pay.alipay')],
        ]}
        pick={value => setWay(value as Way)}
      />
      <button type="button" className="button" disabled={pay.isPending} onClick={() => pay.mutate()}>
        {t('pay.open')}
      </button>
      {pay.isError ? <ProblemNotice error={pay.error} /> : null}
      {pay.data?.payUrl ? (
        <>
          <p className="muted">{t('pay.hint')}</p>
          <QRCode value={pay.data.payUrl} size={220} />
        </>
      ) : null}
    </div>
  )
}
