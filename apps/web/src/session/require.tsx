import { Navigate, Outlet, useLocation } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Loaded } from '../ui/states.tsx'
import { useMe, useMember } from './me.ts'

/** Pages below are for members of the programme: others are led to sign in, and back afterwards. */
export function RequireMember() {
  const me = useMe()
  const { pathname } = useLocation()
  const member = useMember()
  return (
    <Loaded query={me} lines={6}>
      {({ account }) => {
        if (!account) return <Navigate to="/sign-in" search={{ to: pathname }} replace />
        return member ? <Outlet /> : <NotMember />
      }}
    </Loaded>
  )
}

function NotMember() {
  const { t } = useTranslation()
  return (
    <div className="notice notice-bad" role="alert">
      <p>{t('notMember')}</p>
    </div>
  )
}
