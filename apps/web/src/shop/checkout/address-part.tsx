import type { ShopSession } from '@silian/chains/supply/customers/contract.ts'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { type ShopAnswer, shopCall } from '../api.ts'
import { AreaName } from '../ui/area-name.tsx'
import { Field } from '../ui/field.tsx'
import { useProgramme } from '../ui/go.tsx'
import { AreaInput } from './area-input.tsx'
import { type Form, keptFor, type Missing } from './draft.ts'

export interface PartProps {
  readonly form: Form
  readonly customer: ShopSession['customer']
  change(part: Partial<Form>): void
}

interface AddressProps extends PartProps {
  readonly missing: Missing
  /** On its way: nothing is chosen anew by itself. */
  readonly isSent: boolean
}

/** Whom it goes to and where. A guest says a phone number; whoever proved theirs chooses among their addresses. */
export function AddressPart({ form, missing, customer, isSent, change }: AddressProps) {
  const { t } = useTranslation('checkout')
  const programme = useProgramme()
  const kept = useQuery({
    queryKey: ['addresses', programme],
    queryFn: ({ signal }) => shopCall('addresses', { params: { programme }, signal }),
    enabled: customer !== null,
  })
  const items = kept.data?.items ?? []
  useKept(form, isSent || kept.isFetching ? undefined : kept.data?.items, change)
  return (
    <section className="panel" aria-labelledby="to">
      <h2 id="to">{t('to.title')}</h2>
      {items.length > 0 ? (
        <fieldset className="choices">
          <legend className="unseen">{t('to.kept')}</legend>
          {items.map(item => (
            <label key={item.id} className="choice">
              <input
                type="radio"
                name="address"
                checked={form.addressId === item.id}
                onChange={() => change({ addressId: item.id })}
              />
              <span>
                <strong>{item.name}</strong> <span className="number">{item.phone}</span>
                <br />
                <AreaName code={item.areaCode} />
                {item.address}
              </span>
            </label>
          ))}
          <label className="choice">
            <input
              type="radio"
              name="address"
              checked={form.addressId === ''}
              onChange={() => change({ addressId: '', areaCode: '', address: '' })}
            />
            <span>{t('to.other')}</span>
          </label>
        </fieldset>
      ) : null}
      {form.addressId === '' || (customer === null && items.length === 0) ? (
        <NewAddress form={form} missing={missing} change={change} />
      ) : null}
      {customer === null ? <p className="small soft">{t('to.guest')}</p> : null}
    </section>
  )
}

type Kept = ShopAnswer<'addresses'>['items']

/** Once it is known what is kept: what stands in the form and is kept, or else the one used last, is chosen. */
function useKept(form: Form, items: Kept | undefined, change: PartProps['change']): void {
  const seen = useRef(false)
  useEffect(() => {
    if (seen.current || items === undefined) return
    seen.current = true
    const wanted = keptFor(form, items)
    if (wanted !== form.addressId) change({ addressId: wanted })
  })
}

function NewAddress({ form, missing, change }: Pick<PartProps, 'form' | 'change'> & { missing: Missing }) {
  const { t } = useTranslation('checkout')
  return (
    <>
      <div className="two">
        <Field label={t('field.name')} bad={missing.name}>
          {its => (
            <input
              {...its}
              className="input"
              autoComplete="name"
              maxLength={40}
              value={form.name}
              onChange={event => change({ name: event.target.value })}
            />
          )}
        </Field>
        <Field label={t('field.phone')} bad={missing.phone}>
          {its => (
            <input
              {...its}
              className="input"
              type="tel"
              inputMode="tel"
              autoComplete="tel"
              maxLength={24}
              value={form.phone}
              onChange={event => change({ phone: event.target.value })}
            />
          )}
        </Field>
      </div>
      <AreaInput value={form.areaCode} bad={missing.areaCode} onChange={areaCode => change({ areaCode })} />
      <Field label={t('field.address')} bad={missing.address}>
        {its => (
          <input
            {...its}
            className="input"
            autoComplete="street-address"
            maxLength={200}
            value={form.address}
            onChange={event => change({ address: event.target.value })}
          />
        )}
      </Field>
    </>
  )
}
