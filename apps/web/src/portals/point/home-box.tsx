import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { useProgrammeId } from '../../session/programme.ts'
import { Loading, ProblemNotice } from '../../ui/states.tsx'
import { useGoodsNames } from '../shop/use-names.ts'

/** With whom and where it goes, whole; asked for only when somebody wants to see it, since each look is recorded. */
export function HomeBox({ order }: { order: string }) {
  const { t } = useTranslation('proxy')
  const { nameOf } = useGoodsNames()
  const programme = useProgrammeId()
  const found = useQuery({
    queryKey: ['proxy-order', programme, order],
    queryFn: ({ signal }) => call('proxyOrder', { params: { programme, order }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  })
  if (!found.data) return found.isError ? <ProblemNotice error={found.error} /> : <Loading />
  const { home, lines } = found.data
  return (
    <dl className="facts">
      <div>
        <dt>{t('home')}</dt>
        <dd>
          {home.phone === '' ? t('erased') : home.name} <a href={`tel:${home.phone}`}>{home.phone}</a>
          <br />
          {home.area}
          {home.address}
        </dd>
      </div>
      <div>
        <dt>{t('goods')}</dt>
        <dd>{lines.map(line => `${nameOf(line)} ×${line.pieces}`).join(' · ')}</dd>
      </div>
    </dl>
  )
}
