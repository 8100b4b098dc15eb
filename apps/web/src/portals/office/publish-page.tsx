import type { Figure } from '@silian/chains/assurance/figures/contract.ts'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { MonthTable } from '../../figures/month-table.tsx'
import { figuresQuery } from '../../figures/query.ts'
import { formatFen, monthOf } from '../../i18n/format.ts'
import { useProgrammeId } from '../../session/programme.ts'
import { Page, Section } from '../../ui/page.tsx'
import { useSay } from '../../ui/said.tsx'
import { Empty, Loaded, ProblemNotice } from '../../ui/states.tsx'
import { Money } from '../../ui/values.tsx'

/** Months that are over and not yet published, each with what it would say. */
export function PublishPage() {
  const { t } = useTranslation('office')
  const programme = useProgrammeId()
  const figures = useQuery(figuresQuery(programme))
  return (
    <Page title={t('publish')} lead={t('publish.lead')}>
      <Loaded query={figures} lines={8}>
        {list => {
          const open = list.filter(({ published }) => !published)
          if (open.length === 0) return <Empty title={t('publish.none')} />
          return open.map(figure => <OpenMonth key={figure.period} figure={figure} />)
        }}
      </Loaded>
    </Page>
  )
}

function OpenMonth({ figure }: { figure: Figure }) {
  const { t } = useTranslation(['office', 'common'])
  const programme = useProgrammeId()
  const client = useQueryClient()
  const say = useSay()
  const [asked, setAsked] = useState(false)
  const running = figure.period >= monthOf(new Date())
  const publish = useMutation({
    mutationFn: () =>
      call('publishFigure', {
        params: { programme },
        body: { metric: 'completed_purchases', period: figure.period },
      }),
    onSuccess: async () => {
      say(t('publish.done', { month: figure.period }))
      await client.invalidateQueries()
    },
    onSettled: () => setAsked(false),
  })
  return (
    <Section title={t('publish.month', { month: figure.period })}>
      <p>
        {t('publish.total')}{' '}
        <strong>
          <Money fen={figure.totalFen} />
        </strong>
      </p>
      <MonthTable figure={figure} />
      {publish.isError ? <ProblemNotice error={publish.error} /> : null}
      {running ? (
        <p className="notice notice-wait">{t('publish.running')}</p>
      ) : (
        <div>
          <Button type="primary" onClick={() => setAsked(true)}>
            {t('publish.go', { month: figure.period })}
          </Button>
        </div>
      )}
      <Modal
        open={asked}
        title={t('publish.sure', { month: figure.period })}
        okText={t('publish.go', { month: figure.period })}
        cancelText={t('cancel', { ns: 'common' })}
        confirmLoading={publish.isPending}
        onOk={() => publish.mutate()}
        onCancel={() => setAsked(false)}
      >
        {t('publish.sure.text', { sum: formatFen(figure.totalFen) })}
      </Modal>
    </Section>
  )
}
