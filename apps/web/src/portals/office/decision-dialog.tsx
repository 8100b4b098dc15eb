import type { Declaration } from '@silian/chains/supply/quota/contract.ts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Form, Input, Modal, Radio } from 'antd'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { useIntention } from '../../api/intention.ts'
import { formatFen, formatRatio } from '../../i18n/format.ts'
import { useProgrammeId } from '../../session/programme.ts'
import { useSay } from '../../ui/said.tsx'
import { ProblemNotice } from '../../ui/states.tsx'

interface Draft {
  /** Nothing is decided before somebody decides. */
  readonly approve?: boolean
  readonly note: string
}

const empty: Draft = { note: '' }

interface DecisionDialogProps {
  readonly declaration: Declaration
  close(): void
}

/** Confirms a declaration or returns it with a word why. */
export function DecisionDialog({ declaration, close }: DecisionDialogProps) {
  const { t } = useTranslation(['office', 'common'])
  const programme = useProgrammeId()
  const client = useQueryClient()
  const say = useSay()
  const { key, draft, setDraft, done } = useIntention(`${programme}.declaration.${declaration.id}`, empty)
  const decide = useMutation({
    mutationFn: ({ approve = false, note }: Draft) =>
      call('decideDeclaration', {
        ...{ params: { programme, declaration: declaration.id }, key },
        body: { approve, note },
      }),
    onSuccess: async () => {
      done()
      say(t('decided'))
      close()
      await client.invalidateQueries()
    },
  })
  const facts = {
    unit: declaration.unitName,
    base: formatFen(declaration.baseFen),
    reserved: formatFen(declaration.reservedFen),
    ratio: formatRatio(declaration.ratioBp, 10_000),
  }
  return (
    <Modal open title={t('decide.title')} onCancel={close} footer={null} destroyOnHidden>
      <p>{t('decide.text', facts)}</p>
      <Form<Draft>
        layout="vertical"
        initialValues={draft}
        onValuesChange={(_, all) => setDraft(all)}
        onFinish={values => decide.mutate(values)}
      >
        <Form.Item<Draft>
          name="approve"
          label={t('decide')}
          rules={[{ required: true, message: t('form.required', { ns: 'common' }) }]}
        >
          <Radio.Group
            options={[
              { value: true, label: t('decide.yes') },
              { value: false, label: t('decide.no') },
            ]}
          />
        </Form.Item>
        <Form.Item<Draft>
          name="note"
          label={t('note')}
          dependencies={['approve']}
          rules={[{ required: draft.approve === false, whitespace: true, message: t('decide.reason') }]}
        >
          <Input.TextArea rows={3} maxLength={500} showCount />
        </Form.Item>
        {decide.isError ? <ProblemNotice error={decide.error} /> : null}
        <div className="form-actions">
          <Button onClick={close}>{t('cancel', { ns: 'common' })}</Button>
          <Button type="primary" htmlType="submit" loading={decide.isPending}>
            {t('decide.send')}
          </Button>
        </div>
      </Form>
    </Modal>
  )
}
