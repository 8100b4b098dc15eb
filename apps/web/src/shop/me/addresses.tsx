import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { shopCall } from '../api.ts'
import { AreaName } from '../ui/area-name.tsx'
import { useProgramme } from '../ui/go.tsx'
import { useCommand } from '../ui/intention.ts'
import { Trouble } from '../ui/notice.tsx'

/** Where things were sent; each can be taken off. */
export function Addresses() {
  const { t } = useTranslation('mine')
  const programme = useProgramme()
  const queries = useQueryClient()
  const { data } = useQuery({
    queryKey: ['addresses', programme],
    queryFn: ({ signal }) => shopCall('addresses', { params: { programme }, signal }),
  })
  const remove = useCommand(
    (key, address: string) => shopCall('removeAddress', { params: { programme, address }, key, body: {} }),
    () => void queries.invalidateQueries({ queryKey: ['addresses'] }),
  )
  if (!data || data.items.length === 0) return null
  return (
    <section className="panel" aria-labelledby="addresses">
      <h2 id="addresses">{t('me.addresses')}</h2>
      <ul className="choices">
        {data.items.map(item => (
          <li key={item.id} className="choice">
            <span>
              <strong>{item.name}</strong> <span className="number">{item.phone}</span>
              <br />
              <AreaName code={item.areaCode} />
              {item.address}
            </span>
            <button
              type="button"
              className="button button-plain"
              aria-label={t('me.addresses.remove.of', { name: item.name })}
              onClick={() => remove.mutate(item.id)}
            >
              {t('me.addresses.remove')}
            </button>
          </li>
        ))}
      </ul>
      {remove.isError ? <Trouble error={remove.error} /> : null}
    </section>
  )
}
