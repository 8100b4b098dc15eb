import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { send } from '../../api/send.ts'
import { useProgrammeId } from '../../session/programme.ts'
import { Icon } from '../../ui/icons.tsx'
import { processRoutes } from '../routes.ts'

/** The way to what was told to the member, with how much of it is new. */
export function Bell() {
  const { t } = useTranslation()
  const programme = useProgrammeId()
  const { data } = useQuery({
    queryKey: ['notifications', programme, 'unread'],
    queryFn: ({ signal }) =>
      send(processRoutes.notifications, { params: { programme }, query: { limit: 1 }, signal }),
    refetchInterval: 60_000,
    retry: false,
  })
  const unread = data?.unread ?? 0
  return (
    <Link
      to="/p/$programme/notifications"
      params={{ programme }}
      className="bell"
      aria-label={unread > 0 ? t('bell.unread', { count: unread }) : t('bell')}
    >
      <Icon name="bell" />
      {unread > 0 ? (
        <span className="bell-count" aria-hidden="true">
          {unread > 99 ? '99+' : unread}
        </span>
      ) : null}
    </Link>
  )
}
