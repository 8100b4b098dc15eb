import type { Lot } from '@silian/chains/value/lots/contract.ts'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { PickField } from '../../desk/fields.tsx'
import { useProgrammeId } from '../../session/programme.ts'
import { ProblemNotice } from '../../ui/states.tsx'
import { useQuantityText } from '../../ui/values.tsx'
import { useProducts } from './use-products.ts'

interface LotFieldProps {
  readonly productId: string
  readonly lotId: string
  pick(lotId: string): void
}

/** The lots of a product that something is left of, what was harvested last first; where there is none, what to do. */
export function LotField({ productId, lotId, pick }: LotFieldProps) {
  const { t } = useTranslation('supplier')
  const programme = useProgrammeId()
  const quantity = useQuantityText()
  const lots = useLots(productId)
  const unit = useProducts().data?.find(({ id }) => id === productId)?.unit ?? 'g'
  return (
    <>
      <PickField
        label={t('lot.code')}
        hint={t(productId === '' ? 'lot.pick.first' : 'lot.pick.hint')}
        required
        none={t(lots.isLoading ? 'lot.pick.going' : 'pick')}
        value={lotId}
        options={(lots.data ?? []).map(lot => [
          lot.id,
          [
            t('lot.left', {
              ...{ code: lot.code, day: lot.harvestedOn, left: quantity(lot.available, unit) },
            }),
            lot.placeName,
          ]
            .filter(Boolean)
            .join(' · '),
        ])}
        pick={pick}
      />
      {lots.isError ? <ProblemNotice error={lots.error} retry={lots.refetch} /> : null}
      {lots.data?.length === 0 ? (
        <p className="notice" role="status">
          {t('lot.pick.none')}{' '}
          <Link to="/p/$programme/supplier/lots" params={{ programme }}>
            {t('lots.new')}
          </Link>
        </p>
      ) : null}
    </>
  )
}

function useLots(productId: string) {
  const programme = useProgrammeId()
  return useQuery({
    queryKey: ['lots', programme, productId],
    queryFn: ({ signal }) =>
      call('lots', { params: { programme }, query: { product: productId, limit: 200 }, signal }),
    enabled: productId !== '',
    select: page => page.items.filter(({ available }) => available > 0).toSorted(lastFirst),
  })
}

const lastFirst = (a: Lot, b: Lot): number =>
  b.harvestedOn.localeCompare(a.harvestedOn) || a.code.localeCompare(b.code)
