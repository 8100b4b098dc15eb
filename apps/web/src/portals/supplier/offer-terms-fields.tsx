import type { OfferPrice } from '@silian/chains/supply/catalogue/contract.ts'
import { useTranslation } from 'react-i18next'
import { Choices, NumberField, PickField } from '../../desk/fields.tsx'
import { Field } from '../../ui/field.tsx'
import type { TermsDraft, TierDraft } from './offer-terms.ts'

interface TermsFieldsProps {
  readonly draft: TermsDraft
  put(change: Partial<TermsDraft>): void
}

/** Weight, season, keeping and numbers of an offer, and what lowers its price. */
export function TermsFields({ draft, put }: TermsFieldsProps) {
  const { t } = useTranslation('supplier')
  const number = (name: 'leadDays' | 'shelfLife' | 'least' | 'most') => (
    <NumberField label={t(`offer.${name}`)} value={draft[name]} put={value => put({ [name]: value })} />
  )
  return (
    <>
      <div className="field-pair">
        <Field
          label={t('offer.code')}
          hint={t('offer.code.hint')}
          maxLength={40}
          value={draft.code}
          onChange={event => put({ code: event.target.value })}
        />
        <NumberField label={t('offer.net')} decimals={3} value={draft.net} put={net => put({ net })} />
      </div>
      <div className="field-pair">
        <MonthField
          label={t('offer.seasonFrom')}
          value={draft.seasonFrom}
          pick={seasonFrom => put({ seasonFrom })}
        />
        <MonthField label={t('offer.seasonTo')} value={draft.seasonTo} pick={seasonTo => put({ seasonTo })} />
      </div>
      <div className="field-pair">
        {number('leadDays')}
        {number('shelfLife')}
      </div>
      <div className="field-pair">
        {number('least')}
        {number('most')}
      </div>
      <label className="check">
        <input
          type="checkbox"
          checked={draft.coldChain}
          onChange={event => put({ coldChain: event.target.checked })}
        />{' '}
        {t('offer.coldChain')}
      </label>
      <TierFields tiers={draft.tiers} put={tiers => put({ tiers })} />
    </>
  )
}

interface MonthFieldProps {
  readonly label: string
  readonly value: string
  pick(month: string): void
}

function MonthField({ label, value, pick }: MonthFieldProps) {
  const { t } = useTranslation('supplier')
  const months = Array.from({ length: 12 }, (_, i) => String(i + 1))
  return (
    <PickField
      label={label}
      none={t('season.none')}
      value={value}
      options={months.map(month => [month, t('season.month', { month })])}
      pick={pick}
    />
  )
}

const groups: readonly OfferPrice['group'][] = ['all', 'unit', 'union', 'citizen']

interface TierFieldsProps {
  readonly tiers: readonly TierDraft[]
  put(tiers: readonly TierDraft[]): void
}

function TierFields({ tiers, put }: TierFieldsProps) {
  const { t } = useTranslation('supplier')
  const change = (at: number, to: Partial<TierDraft>) =>
    put(tiers.map((tier, i) => (i === at ? { ...tier, ...to } : tier)))
  return (
    <Choices legend={t('tiers')}>
      <p className="muted">{t('tiers.hint')}</p>
      {tiers.map((tier, at) => (
        // a row is nothing but its place until it is sent
        // biome-ignore lint/suspicious/noArrayIndexKey: rows are told apart by their place
        <div key={at} className="field-pair">
          <PickField
            label={t('tier.group')}
            value={tier.group}
            options={groups.map(group => [group, t(`tier.group.${group}`)])}
            pick={group => change(at, { group: group as OfferPrice['group'] })}
          />
          <NumberField label={t('tier.from')} required value={tier.from} put={from => change(at, { from })} />
          <NumberField
            label={t('tier.price')}
            decimals={2}
            required
            value={tier.price}
            put={price => change(at, { price })}
          />
          <button
            type="button"
            className="button button-small"
            onClick={() => put(tiers.filter((_, i) => i !== at))}
          >
            {t('tier.remove')}
          </button>
        </div>
      ))}
      <button
        type="button"
        className="button button-small"
        onClick={() => put([...tiers, { group: 'all', from: '', price: '' }])}
      >
        {t('tier.add')}
      </button>
    </Choices>
  )
}
