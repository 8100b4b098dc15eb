import { Checkbox, Form, Input, Radio } from 'antd'
import { useTranslation } from 'react-i18next'
import { PhotosInput } from '../desk/photos-input.tsx'
import { useBrowserKeys } from '../signing/use-signing.ts'
import type { FormAction } from './actions.tsx'
import type { Draft } from './send.ts'

/** The inputs of an action's form. */
export function ActionFields({ action }: { action: FormAction }) {
  switch (action) {
    case 'approve':
      return <ApprovalFields />
    case 'cancel':
      return <TextItem name="reason" max={500} rows={3} required />
    case 'accept':
      return <AcceptanceFields />
    case 'evaluate':
      return <EvaluationFields />
    case 'pay':
      return null
  }
}

interface TextItemProps {
  readonly name: keyof Draft
  readonly max: number
  readonly rows?: number
  readonly required?: boolean
}

function TextItem({ name, max, rows, required = false }: TextItemProps) {
  const { t } = useTranslation(['orders', 'common'])
  const rules = required
    ? [{ required, whitespace: true, message: t('form.required', { ns: 'common' }) }]
    : []
  return (
    <Form.Item<Draft> name={name} label={t(`field.${name}`)} rules={rules}>
      {rows ? <Input.TextArea rows={rows} maxLength={max} showCount /> : <Input maxLength={max} />}
    </Form.Item>
  )
}

function ApprovalFields() {
  const { t } = useTranslation('orders')
  return (
    <>
      <Form.Item<Draft> name="approve" label={t('field.approve')} initialValue={true}>
        <Radio.Group
          options={[
            { value: true, label: t('field.approve.yes') },
            { value: false, label: t('field.approve.no') },
          ]}
        />
      </Form.Item>
      <TextItem name="note" max={500} rows={3} />
    </>
  )
}

function AcceptanceFields() {
  const { t } = useTranslation(['orders', 'signing'])
  const keys = useBrowserKeys()
  return (
    <>
      <TextItem name="invoiceNumber" max={40} required />
      <Form.Item<Draft> name="photos" label={t('field.photos')} extra={t('field.photos.hint')}>
        <PhotosInput most={9} />
      </Form.Item>
      <Form.Item<Draft>
        name="goodsOk"
        valuePropName="checked"
        rules={[
          {
            validator: (_, ok) =>
              ok ? Promise.resolve() : Promise.reject(new Error(t('field.goodsOk.needed'))),
          },
        ]}
      >
        <Checkbox>{t('field.goodsOk')}</Checkbox>
      </Form.Item>
      {keys.length > 0 ? (
        <Form.Item<Draft> name="sign" valuePropName="checked">
          <Checkbox>{t('sign.also', { ns: 'signing' })}</Checkbox>
        </Form.Item>
      ) : null}
    </>
  )
}

function EvaluationFields() {
  const { t } = useTranslation(['orders', 'common'])
  return (
    <>
      <Form.Item<Draft>
        name="score"
        label={t('field.score')}
        rules={[{ required: true, message: t('form.required', { ns: 'common' }) }]}
      >
        <Radio.Group
          options={[5, 4, 3, 2, 1].map(score => ({ value: score, label: t('evaluation.score', { score }) }))}
        />
      </Form.Item>
      <TextItem name="text" max={1000} rows={3} />
    </>
  )
}
