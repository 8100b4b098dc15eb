import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { AreaInput } from '../../declared/columns/area-input.tsx'
import { DialogForm } from '../../desk/dialog-form.tsx'
import { NumberField } from '../../desk/fields.tsx'
import { useProgrammeId } from '../../session/programme.ts'
import { Field } from '../../ui/field.tsx'
import { type Chosen, GoodsField } from './goods-field.tsx'
import { PointField } from './point-field.tsx'

interface Draft {
  readonly point: string
  readonly name: string
  readonly phone: string
  readonly areaCode: string
  readonly address: string
  readonly goods: Chosen | null
  readonly pieces: string
  readonly note: string
}

const empty: Draft = {
  point: '',
  name: '',
  phone: '',
  areaCode: '',
  address: '',
  goods: null,
  pieces: '1',
  note: '',
}

/** Who it is for, where they live, and what they need. */
export function NewProxy({ close }: { close(): void }) {
  const { t } = useTranslation('proxy')
  const programme = useProgrammeId()
  const area = useId()
  const send = (draft: Draft, key: string) => {
    const { name, phone, areaCode, address, goods, note } = draft
    return call('placeProxy', {
      params: { programme },
      key,
      body: {
        ...(draft.point && { pointId: draft.point }),
        customer: { name, phone },
        home: { name, phone, areaCode, address },
        lines: [
          { offerId: goods?.id ?? '', offerVersion: goods?.version ?? 0, pieces: Number(draft.pieces) || 0 },
        ],
        note,
      },
    })
  }
  return (
    <DialogForm<Draft>
      name={`${programme}.proxy`}
      title={t('new')}
      hint={t('new.hint')}
      empty={empty}
      sendLabel={t('new.send')}
      said={t('new.done')}
      send={send}
      close={close}
      fields={(draft, put) => {
        const text = (field: 'name' | 'phone' | 'address' | 'note', max: number, required = true) => (
          <Field
            label={t(field)}
            required={required}
            maxLength={max}
            value={draft[field]}
            onChange={event => put({ [field]: event.target.value })}
          />
        )
        return (
          <>
            <PointField value={draft.point} pick={point => put({ point })} />
            {text('name', 40)}
            {text('phone', 24)}
            <div className="field">
              <label htmlFor={area}>{t('area')}</label>
              <AreaInput
                id={area}
                column={{ level: 'county' }}
                required
                value={draft.areaCode}
                change={code => put({ areaCode: code ?? '' })}
              />
              <p className="field-hint">{t('area.hint')}</p>
            </div>
            {text('address', 200)}
            <GoodsField chosen={draft.goods} choose={goods => put({ goods })} />
            <NumberField label={t('pieces')} required value={draft.pieces} put={pieces => put({ pieces })} />
            {text('note', 500, false)}
          </>
        )
      }}
    />
  )
}
