import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { addressOf } from '../../api/send.ts'
import { languageOf } from '../../i18n/i18n.ts'
import { shopCall } from '../api.ts'
import { forgetDraft } from '../checkout/use-draft.ts'
import { useProgramme } from '../ui/go.tsx'
import { useCommand } from '../ui/intention.ts'
import { Trouble } from '../ui/notice.tsx'

const placeOf = (programme: string): string => `silian.erasure.${programme}`

/** Has what is one’s own erased, after a second word; the number of the receipt outlives the session on this phone. */
export function Erase({ signedIn }: { signedIn: boolean }) {
  const { t } = useTranslation('mine')
  const programme = useProgramme()
  const queries = useQueryClient()
  const [erasure, setErasure] = useState(() => localStorage.getItem(placeOf(programme)))
  const erase = useCommand(
    key => shopCall('erase', { params: { programme }, key, body: {} }),
    asked => {
      localStorage.setItem(placeOf(programme), asked.erasure)
      setErasure(asked.erasure)
      void forgetDraft(programme)
      void queries.invalidateQueries({ queryKey: ['customer-erasure'] })
    },
  )
  if (!signedIn && !erasure) return null
  return (
    <section className="panel" aria-labelledby="erase">
      <h2 id="erase">{t('me.erase')}</h2>
      {erasure ? <Receipt erasure={erasure} /> : null}
      {signedIn ? <Ask isPending={erase.isPending} ask={() => erase.mutate()} /> : null}
      {erase.isError ? <Trouble error={erase.error} /> : null}
    </section>
  )
}

function Ask({ ask, isPending }: { ask: () => void; isPending: boolean }) {
  const { t } = useTranslation('mine')
  const [sure, setSure] = useState(false)
  return (
    <>
      <p className="soft">{t('me.erase.what')}</p>
      {sure ? (
        <p role="alert">
          <strong>{t('me.erase.sure')}</strong>
        </p>
      ) : null}
      <button
        type="button"
        className="button button-plain"
        disabled={isPending}
        onClick={() => {
          if (sure) ask()
          setSure(!sure)
        }}
      >
        {t(sure ? 'me.erase.yes' : 'me.erase.go')}
      </button>
      {sure ? (
        <button type="button" className="button button-soft" onClick={() => setSure(false)}>
          {t('me.erase.no')}
        </button>
      ) : null}
    </>
  )
}

function Receipt({ erasure }: { erasure: string }) {
  const { t, i18n } = useTranslation('mine')
  const programme = useProgramme()
  const found = useQuery({
    queryKey: ['customer-erasure', programme, erasure],
    queryFn: ({ signal }) => shopCall('erasure', { params: { programme, erasure }, signal }),
    // what was decided is carried out soon
    refetchInterval: ({ state: { data } }) => (data?.state === 'asked' ? 3000 : false),
  })
  const paper = addressOf('/p/:programme/shop/erasures/:erasure/receipt.pdf', {
    params: { programme, erasure },
    query: { language: languageOf(i18n) },
  })
  if (!found.data) return null
  return (
    <p role="status">
      {t(`me.erase.${found.data.state}`)} <a href={paper}>{t('me.erase.receipt')}</a>
    </p>
  )
}
