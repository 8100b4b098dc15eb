import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { formatFen } from '../../i18n/format.ts'
import { sessionOf } from '../queries.ts'
import { useProgramme } from '../ui/go.tsx'
import { Ready } from '../ui/notice.tsx'
import { useTitle } from '../ui/title.ts'
import { Addresses } from './addresses.tsx'
import { End } from './end.tsx'
import { Erase } from './erase.tsx'
import { PhoneForm } from './phone-form.tsx'
import { Settings } from './settings.tsx'
import '../styles/me.css'

/** Who shops here, how the shop should look, and the other doors of the house. */
export function MePage() {
  const { t } = useTranslation('mine')
  useTitle(t('me.title'))
  const programme = useProgramme()
  const session = useQuery(sessionOf(programme))
  return (
    <div className="page page-narrow">
      <h1>{t('me.title')}</h1>
      <Settings />
      <Ready query={session} cards={1}>
        {({ customer }) => (
          <>
            <section className="panel" aria-labelledby="who">
              <h2 id="who">{customer?.proven ? t('me.hello') : t('me.signIn')}</h2>
              {customer ? (
                <p>
                  <strong className="number">{customer.phone}</strong> {customer.name}
                </p>
              ) : null}
              {customer && customer.walletFen > 0 ? (
                <p>{t('me.wallet', { amount: formatFen(customer.walletFen) })}</p>
              ) : null}
              {customer?.proven ? null : <PhoneForm guest={customer !== null} />}
              {customer ? <End /> : null}
            </section>
            {customer ? <Addresses /> : null}
            <Erase signedIn={customer !== null} />
          </>
        )}
      </Ready>
      <section className="panel" aria-labelledby="doors">
        <h2 id="doors">{t('me.doors')}</h2>
        <ul className="doors">
          {(['shop', 'point/orders', 'open/figures', 'bulletins'] as const).map(door => (
            <li key={door}>
              <a href={`/p/${programme}/${door}`}>{t(`me.door.${door.replace('/', '.')}`)}</a>
            </li>
          ))}
          <li>
            <a href="/sign-in">{t('me.door.desk')}</a>
          </li>
        </ul>
      </section>
    </div>
  )
}
