import type { Lot } from '@silian/chains/value/lots/contract.ts'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { DialogForm } from '../../desk/dialog-form.tsx'
import { useProgrammeId } from '../../session/programme.ts'
import { PlaceField } from './place-field.tsx'

interface MoveLotProps {
  readonly lot: Lot
  close(): void
}

/** The whole lot goes to another place, from where this page shows it. */
export function MoveLot({ lot, close }: MoveLotProps) {
  const { t } = useTranslation('supplier')
  const programme = useProgrammeId()
  const { id, code, placeId: from, placeName } = lot
  return (
    <DialogForm
      name={`${programme}.move.${id}.${from ?? ''}`}
      title={t('lot.move.of', { code })}
      hint={t('lot.move.hint', { place: placeName ?? t('place.nowhere') })}
      empty={{ placeId: '' }}
      sendLabel={t('lot.move')}
      said={t('lot.moved')}
      send={({ placeId }, key) =>
        call('moveLot', { params: { programme, lot: id }, key, body: { placeId, from } })
      }
      close={close}
      fields={({ placeId }, put) => (
        <PlaceField value={placeId} except={from} pick={next => put({ placeId: next })} />
      )}
    />
  )
}
