import type { MetricShape } from '@silian/kernel/metric/contract.ts'
import { Link } from '@tanstack/react-router'
import { useProgrammeId } from '../../session/programme.ts'
import { useWords } from '../words.ts'
import type { Narrowed } from './narrow.ts'

interface MetricLinkProps {
  readonly shape: MetricShape
  readonly narrowed: Narrowed
}

/** A metric by its name; its page opens narrowed as the card is. */
export function MetricLink({ shape, narrowed }: MetricLinkProps) {
  const programme = useProgrammeId()
  const { title } = useWords(shape.name)
  return (
    <Link
      to="/p/$programme/metrics/$metric"
      params={{ programme, metric: shape.name }}
      search={{ ...narrowed.where }}
    >
      {title}
    </Link>
  )
}
