import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Form, Modal, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { useIntention } from '../../api/intention.ts'
import { figuresQuery } from '../../figures/query.ts'
import { useMember } from '../../session/me.ts'
import { useProgrammeId } from '../../session/programme.ts'
import { useSay } from '../../ui/said.tsx'
import { Loaded, ProblemNotice } from '../../ui/states.tsx'

interface Draft {
  readonly countyCode: string
}

const empty: Draft = { countyCode: '' }

/** Makes a batch of what the households of a county are owed at this moment. */
export function NewBatch() {
  const programme = useProgrammeId()
  const figures = useQuery(figuresQuery(programme))
  const areas = useMember()?.roles.map(({ areaCode }) => areaCode) ?? []
  return (
    <Loaded query={figures} lines={1}>
      {list => {
        const counties = new Map(
          list.flatMap(({ rows }) => rows.map(row => [row.countyCode, row.countyName] as const)),
        )
        // a county's own office pays its own county; offices of the city all of them
        const own = [...counties].filter(([code]) => areas.includes(code))
        return <BatchForm counties={own.length > 0 ? own : [...counties]} />
      }}
    </Loaded>
  )
}

function BatchForm({ counties }: { counties: readonly (readonly [string, string])[] }) {
  const { t } = useTranslation(['payouts', 'common'])
  const programme = useProgrammeId()
  const client = useQueryClient()
  const say = useSay()
  const [asked, setAsked] = useState<Draft>()
  const { key, draft, setDraft, done } = useIntention(`${programme}.payout-batch`, empty)
  const send = useMutation({
    mutationFn: (body: Draft) => call('newPayoutBatch', { params: { programme }, key, body }),
    onSuccess: async () => {
      done()
      say(t('sent'))
      setAsked(undefined)
      await client.invalidateQueries()
    },
    onError: () => setAsked(undefined),
  })
  const name = counties.find(([code]) => code === asked?.countyCode)?.[1]
  return (
    <Form<Draft>
      className="card batch-form"
      layout="inline"
      initialValues={draft.countyCode ? draft : {}}
      onValuesChange={(_, all) => setDraft(all)}
      onFinish={setAsked}
    >
      <Form.Item<Draft>
        name="countyCode"
        label={t('county')}
        rules={[{ required: true, message: t('form.required', { ns: 'common' }) }]}
      >
        <Select
          style={{ minWidth: 220 }}
          showSearch={{ optionFilterProp: 'label' }}
          options={counties.map(([value, label]) => ({ value, label }))}
        />
      </Form.Item>
      <Button type="primary" htmlType="submit">
        {t('new.make')}
      </Button>
      {send.isError ? <ProblemNotice error={send.error} /> : null}
      <Modal
        open={asked !== undefined}
        title={t('new.sure')}
        okText={t('new.send')}
        cancelText={t('cancel', { ns: 'common' })}
        confirmLoading={send.isPending}
        onOk={() => asked && send.mutate(asked)}
        onCancel={() => setAsked(undefined)}
      >
        {t('new.sure.text', { county: name })}
      </Modal>
    </Form>
  )
}
