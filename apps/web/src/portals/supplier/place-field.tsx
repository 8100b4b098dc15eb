import type { LyingAt } from '@silian/chains/value/lots/contract.ts'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { PickField } from '../../desk/fields.tsx'
import { useProgrammeId } from '../../session/programme.ts'
import { ProblemNotice } from '../../ui/states.tsx'
import { usePlaces } from './use-places.ts'

interface PlaceFieldProps {
  readonly value: string
  /** Where the lot lies already. */
  readonly except?: string | null
  pick(placeId: string): void
}

/** The seller's open places; where there is none, the way to put one on record. */
export function PlaceField({ value, except, pick }: PlaceFieldProps) {
  const { t } = useTranslation('supplier')
  const programme = useProgrammeId()
  const places = usePlaces()
  const open = openOf(places.data).filter(({ id }) => id !== except)
  if (places.isError) return <ProblemNotice error={places.error} retry={places.refetch} />
  if (places.data && open.length === 0)
    return (
      <p className="notice" role="status">
        {t('place.none')}{' '}
        <Link to="/p/$programme/registers/$register" params={{ programme, register: 'storage_place' }}>
          {t('places.open')}
        </Link>
      </p>
    )
  return (
    <PickField
      label={t('place')}
      required
      none={t('pick')}
      value={value}
      options={open.map(({ id, name, kind }) => [id, `${name} · ${t(`place.${kind}`)}`])}
      pick={pick}
    />
  )
}

interface OpenPlace {
  readonly id: string
  readonly name: string
  readonly kind: string
}

export const openOf = (places: readonly LyingAt[] = []): OpenPlace[] =>
  places.flatMap(({ placeId, name, kind, state }) =>
    state === 'open' ? [{ id: placeId!, name: name!, kind: kind! }] : [],
  )

/** What was chosen; before that the only place there is, of several none. */
export function chosenOf(places: readonly LyingAt[] | undefined, chosen: string): string {
  const open = openOf(places)
  return chosen || (open.length === 1 ? open[0]!.id : '')
}
