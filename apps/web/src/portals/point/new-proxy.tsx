import { useQuery } from '@tanstack/react-query'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { AreaInput } from '../../declared/columns/area-input.tsx'
import { DialogForm } from '../../desk/dialog-form.tsx'
import { NumberField, PickField } from '../../desk/fields.tsx'
import { formatFen } from '../../i18n/format.ts'
import { useProgrammeId } from '../../session/programme.ts'
import { Field } from '../../ui/field.tsx'

const empty = { name: '', phone: '', areaCode: '', address: '', offer: '', pieces: '1', note: '' }
type Draft = typeof empty

/** Who it is for, where they live, and what they need. */
export function NewProxy({ close }: { close(): void }) {
  const { t, i18n } = useTranslation('proxy')
  const programme = useProgrammeId()
  const area = useId()
  const offers = useQuery({
    queryKey: ['offers', programme, 'proxy'],
    queryFn: ({ signal }) => call('offers', { params: { programme }, query: { limit: 200 }, signal }),
  })
  const items = offers.data?.items ?? []
  const send = (draft: Draft, key: string) => {
    const offer = items.find(({ id }) => id === draft.offer)
    const { name, phone, areaCode, address, note } = draft
    return call('placeProxy', {
      params: { programme },
      key,
      body: {
        customer: { name, phone },
        home: { name, phone, areaCode, address },
        lines: [
          { offerId: draft.offer, offerVersion: offer?.version ?? 0, pieces: Number(draft.pieces) || 0 },
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
            </div>
            {text('address', 200)}
            <PickField
              label={t('goods')}
              none={t('goods.pick')}
              required
              value={draft.offer}
              options={items.map(offer => {
                const english = i18n.language === 'en'
                const name = (english && offer.nameEn) || offer.nameZh
                const spec = (english && offer.specEn) || offer.specZh
                const called = name.includes(spec) ? name : `${name} ${spec}`
                return [offer.id, `${called} ${formatFen(offer.priceFen)}`] as const
              })}
              pick={offer => put({ offer })}
            />
            <NumberField label={t('pieces')} required value={draft.pieces} put={pieces => put({ pieces })} />
            {text('note', 500, false)}
          </>
        )
      }}
    />
  )
}
