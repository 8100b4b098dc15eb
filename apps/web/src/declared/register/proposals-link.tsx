import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { send } from '../../api/send.ts'
import { formatCount } from '../../i18n/format.ts'
import { useProgrammeId } from '../../session/programme.ts'
import { registerRoutes } from '../routes.ts'

/** How many proposed changes wait for the reader, by register. */
export function useProposalCounts() {
  const programme = useProgrammeId()
  return useQuery({
    queryKey: ['register', programme, 'proposals'],
    queryFn: ({ signal }) => send(registerRoutes.proposalCounts, { params: { programme }, signal }),
    refetchInterval: 60_000,
  })
}

interface ProposalsLinkProps {
  readonly register: string
  /** Before the words: of which register, where several stand together. */
  readonly title?: string
}

export function ProposalsLink({ register, title }: ProposalsLinkProps) {
  const { t } = useTranslation('register')
  const programme = useProgrammeId()
  const count = useProposalCounts().data?.find(each => each.register === register)?.count ?? 0
  return (
    <Link
      to="/p/$programme/registers/$register/proposals"
      params={{ programme, register }}
      className={title ? undefined : 'button'}
    >
      {title ? t('proposals.of', { register: title }) : t('proposals')}
      {count > 0 ? <span className="count"> {formatCount(count)}</span> : null}
    </Link>
  )
}
