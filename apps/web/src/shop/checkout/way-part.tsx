import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { formatFen } from '../../i18n/format.ts'
import { payWaysOf } from '../queries.ts'
import { useProgramme } from '../ui/go.tsx'
import { Words } from '../ui/words.tsx'
import type { PartProps } from './address-part.tsx'

/** How it is paid, what of it the wallet pays, and a word to the seller. */
export function WayPart({ form, customer, total, change }: PartProps & { total: number }) {
  const { t } = useTranslation('checkout')
  const wallet = customer?.walletFen ?? 0
  const { data } = useQuery(payWaysOf(useProgramme()))
  const ways = data?.ways ?? [form.way]
  const [first] = ways
  // whatever was chosen before, only what is open can be chosen now
  useEffect(() => {
    if (first && !ways.some(way => way === form.way)) change({ way: first })
  })
  return (
    <section className="panel" aria-labelledby="way">
      <h2 id="way">{t('way.title')}</h2>
      {wallet > 0 ? (
        <label className="choice">
          <input
            type="checkbox"
            checked={form.fromWallet}
            onChange={event => change({ fromWallet: event.target.checked })}
          />
          <span>
            {t('way.wallet', { amount: formatFen(Math.min(wallet, total)), held: formatFen(wallet) })}
          </span>
        </label>
      ) : null}
      {data && ways.length === 0 ? <p className="note">{t('way.none')}</p> : null}
      <fieldset className="choices">
        <legend className="unseen">{t('way.title')}</legend>
        {ways.map(way => (
          <label key={way} className="choice">
            <input type="radio" name="way" checked={form.way === way} onChange={() => change({ way })} />
            <span className={`way way-${way}`}>{t(`way.${way}`)}</span>
          </label>
        ))}
      </fieldset>
      <Words label={t('field.note')} value={form.note} onChange={note => change({ note })} />
    </section>
  )
}
