import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { send } from '../../api/send.ts'
import { useWords } from '../../declared/words.ts'
import { useProgrammeId } from '../../session/programme.ts'
import { erasureRoutes } from './routes.ts'

/** From a case that was decided to the receipt of the erasure that came of it; nothing where none did. */
export function ErasureReceiptLink({ row, caseId }: { row: string; caseId: string }) {
  const words = useWords('retention')
  const programme = useProgrammeId()
  const found = useQuery({
    queryKey: ['erasures', programme, 'of', row],
    queryFn: ({ signal }) =>
      send(erasureRoutes.list, { params: { programme }, query: { row, limit: 10 }, signal }),
  })
  const erasure = found.data?.items.find(each => each.caseId === caseId)
  if (!erasure) return null
  return (
    <p>
      <Link to="/p/$programme/erasures/$erasure" params={{ programme, erasure: erasure.id }}>
        {words.text('receipt.of', '')}
      </Link>
    </p>
  )
}
