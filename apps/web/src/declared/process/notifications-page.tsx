import type { notification } from '@silian/kernel/process/contract.ts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { newId } from '../../api/ids.ts'
import type { Out } from '../../api/route.ts'
import { send } from '../../api/send.ts'
import { useProgrammeId } from '../../session/programme.ts'
import { Paged, usePages } from '../../ui/load-more.tsx'
import { Page } from '../../ui/page.tsx'
import { Empty } from '../../ui/states.tsx'
import { Instant } from '../../ui/values.tsx'
import { processRoutes } from '../routes.ts'
import { useWordsOf, type Words } from '../words.ts'
import '../declared.css'
import './process.css'

type Notification = Out<typeof notification>

/** What was told to the member, the newest first. */
export function NotificationsPage() {
  const { t } = useTranslation('process')
  const programme = useProgrammeId()
  const pages = usePages(['notifications', programme, 'list'], (after, signal) =>
    send(processRoutes.notifications, { params: { programme }, query: { limit: 30, ...after }, signal }),
  )
  return (
    <Page title={t('notifications')}>
      <Paged pages={pages} empty={<Empty title={t('notifications.empty')} />}>
        {items => <Told items={items} />}
      </Paged>
    </Page>
  )
}

function Told({ items }: { items: readonly Notification[] }) {
  const { t } = useTranslation('process')
  const programme = useProgrammeId()
  const client = useQueryClient()
  const words = useWordsOf([...new Set(items.flatMap(({ process }) => (process ? [process] : [])))])
  const newest = items[0]
  const read = useMutation({
    mutationFn: (upTo: string) =>
      send(processRoutes.read, { params: { programme }, key: newId(), body: { upTo } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['notifications'] }),
  })
  return (
    <>
      {newest && items.some(one => !one.read) ? (
        <p>
          <button
            type="button"
            className="button button-small"
            disabled={read.isPending}
            onClick={() => read.mutate(newest.id)}
          >
            {t('notifications.read')}
          </button>
        </p>
      ) : null}
      <ul className="tasks told">
        {items.map(one => (
          <ToldLine key={one.id} one={one} words={one.process ? words(one.process) : undefined} />
        ))}
      </ul>
    </>
  )
}

function ToldLine({ one, words }: { one: Notification; words: Words | undefined }) {
  const { t } = useTranslation(['process', 'declared/notification'])
  const programme = useProgrammeId()
  const { state, column } = one.params
  const text = t(one.kind, {
    ns: 'declared/notification',
    ...one.params,
    process: words?.title ?? '',
    ...(state ? { state: words?.text(`state.${state}`, state) ?? state } : {}),
    ...(column ? { column: words?.column(column) ?? column } : {}),
    defaultValue: words?.find(one.kind) ?? one.kind,
  })
  return (
    <li className={`card task ${one.read ? '' : 'told-new'}`}>
      {one.process && one.case ? (
        <Link
          to="/p/$programme/cases/$process/$case"
          params={{ programme, process: one.process, case: one.case }}
          className="task-link"
        >
          {one.title ? <strong>{one.title}</strong> : null}
          <span>{text}</span>
        </Link>
      ) : one.kind === 'order.to_ship' && one.params.order ? (
        <Link
          to="/p/$programme/supplier/orders/$order"
          params={{ programme, order: one.params.order }}
          className="task-link"
        >
          <span>{text}</span>
        </Link>
      ) : (
        <span>{text}</span>
      )}
      <span className="muted">
        {one.read ? null : <span className="badge badge-wait">{t('notifications.new')}</span>}{' '}
        <Instant at={one.at} />
      </span>
    </li>
  )
}
