import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { useProduceTree } from '../../api/produce-tree.ts'
import { DialogForm } from '../../desk/dialog-form.tsx'
import { PickField } from '../../desk/fields.tsx'
import { useProgrammeId } from '../../session/programme.ts'
import { Field } from '../../ui/field.tsx'
import { useOwnSeller } from './own-side.ts'

const empty = {
  ...{ key: '', nameZh: '', nameEn: '', class: '', variety: '', grade: '' },
  ...{ unit: 'g', storyZh: '', countyCode: '' },
}
type Draft = typeof empty

/** Puts a product on record. Its recognition is applied for afterwards, as a case of its own. */
export function NewProduct({ close }: { close(): void }) {
  const { t } = useTranslation(['supplier', 'common'])
  const programme = useProgrammeId()
  const seller = useOwnSeller()
  const classes = useClasses()
  const send = (draft: Draft, key: string) =>
    call('newProduct', {
      params: { programme },
      key,
      body: {
        ...draft,
        countyCode: draft.countyCode || seller?.county || '',
        unit: draft.unit === 'piece' ? 'piece' : 'g',
        cooperativeId: seller?.id ?? '',
        source: 'own',
      },
    })
  return (
    <DialogForm<Draft>
      name={`${programme}.product`}
      title={t('products.new')}
      hint={t('products.new.hint')}
      empty={empty}
      sendLabel={t('save')}
      said={t('products.made')}
      send={send}
      close={close}
      fields={(draft, put) => (
        <>
          <Field
            label={t('product.nameZh')}
            required
            maxLength={80}
            value={draft.nameZh}
            onChange={event => put({ nameZh: event.target.value })}
          />
          <Field
            label={t('product.nameEn')}
            required
            maxLength={120}
            value={draft.nameEn}
            onChange={event => put({ nameEn: event.target.value })}
          />
          <Field
            label={t('product.key')}
            hint={t('product.key.hint')}
            required
            maxLength={64}
            value={draft.key}
            onChange={event => put({ key: event.target.value })}
          />
          <div className="field-pair">
            <PickField
              label={t('product.class')}
              value={draft.class}
              required
              none={t('pick')}
              options={classes}
              pick={value => put({ class: value })}
            />
            <PickField
              label={t('unit')}
              value={draft.unit}
              options={[
                ['g', t('unit.g')],
                ['piece', t('unit.piece')],
              ]}
              pick={unit => put({ unit })}
            />
          </div>
          <div className="field-pair">
            <Field
              label={t('product.variety')}
              maxLength={60}
              value={draft.variety}
              onChange={event => put({ variety: event.target.value })}
            />
            <Field
              label={t('product.grade')}
              maxLength={20}
              value={draft.grade}
              onChange={event => put({ grade: event.target.value })}
            />
          </div>
          <Field
            label={t('product.countyCode')}
            hint={t('product.countyCode.hint')}
            required
            pattern="[0-9]{6}"
            value={draft.countyCode || seller?.county || ''}
            onChange={event => put({ countyCode: event.target.value })}
          />
          <Field
            label={t('product.story')}
            maxLength={500}
            value={draft.storyZh}
            onChange={event => put({ storyZh: event.target.value })}
          />
        </>
      )}
    />
  )
}

/** The leaves of the produce tree, each under the name of what it belongs to. */
const useClasses = (): readonly (readonly [path: string, label: string])[] =>
  useProduceTree()
    .filter(({ level }) => level === 3)
    .map(({ path, trail }) => [path, `${trail[0]} · ${trail[2]}`])
