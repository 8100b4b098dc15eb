import type { OrderDetail } from '@silian/chains/supply/orders/contract.ts'
import { useNavigate } from '@tanstack/react-router'
import { Button, Form, Modal } from 'antd'
import { useTranslation } from 'react-i18next'
import { useIntention } from '../api/intention.ts'
import { Problem } from '../api/problem.ts'
import { formatFen } from '../i18n/format.ts'
import { useProgrammeId } from '../session/programme.ts'
import { useSay } from '../ui/said.tsx'
import { ProblemNotice } from '../ui/states.tsx'
import { ActionFields } from './action-fields.tsx'
import type { FormAction } from './actions.tsx'
import { type Draft, useSend } from './send.ts'

interface ActionDialogProps {
  readonly action: FormAction
  readonly order: OrderDetail
  close(): void
}

const nothing: Draft = {}

/** The form of one action. It is one intention: what was typed and its key stay until it succeeded. */
export function ActionDialog({ action, order, close }: ActionDialogProps) {
  const { t } = useTranslation(['orders', 'common'])
  const programme = useProgrammeId()
  const navigate = useNavigate()
  const say = useSay()
  const send = useSend(action, order)
  const intention = useIntention<Draft>(`${programme}.order.${order.id}.${action}`, nothing)
  const submit = (draft: Draft) =>
    send.mutate(
      { draft, key: intention.key },
      {
        onSuccess: payment => {
          intention.done()
          say(t(`action.${action}.done`))
          close()
          if (payment)
            void navigate({ to: '/p/$programme/buyer/payments/$payment', params: { programme, payment } })
        },
        onError: error => {
          // the key was used up by other input: what is on the form now is a new intention
          if (error instanceof Problem && error.code === 'idempotency.mismatch') intention.done()
        },
      },
    )
  return (
    <Modal open title={t(`action.${action}`)} onCancel={close} footer={null} destroyOnHidden>
      <p className="action-hint">{t(`action.${action}.hint`, { sum: formatFen(order.dueFen) })}</p>
      <Form<Draft>
        layout="vertical"
        initialValues={intention.draft}
        onValuesChange={(_, draft) => intention.setDraft(draft)}
        onFinish={submit}
        scrollToFirstError={{ focus: true }}
      >
        <ActionFields action={action} />
        {send.isError ? <ProblemNotice error={send.error} /> : null}
        <div className="form-actions">
          <Button onClick={close}>{t('cancel', { ns: 'common' })}</Button>
          <Button type="primary" htmlType="submit" loading={send.isPending}>
            {t(`action.${action}.send`)}
          </Button>
        </div>
      </Form>
    </Modal>
  )
}
