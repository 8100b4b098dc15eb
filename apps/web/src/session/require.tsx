import { Outlet, useNavigate } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { Loaded, Loading } from '../ui/states.tsx'
import { useMe, useMember } from './me.ts'

/** Pages below are for members of the programme: others are led to sign in, and back afterwards. */
export function RequireMember() {
  const me = useMe()
  const navigate = useNavigate()
  const member = useMember()
  const stranger = me.data?.account === null
  useEffect(() => {
    if (stranger) void navigate({ to: '/sign-in', search: { to: location.pathname }, replace: true })
  }, [stranger, navigate])
  return (
    <Loaded query={me} lines={6}>
      {({ account }) => {
        if (!account) return <Loading lines={6} />
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
