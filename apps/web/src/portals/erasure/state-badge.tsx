import type { Erasure } from '@silian/kernel/retention/contract.ts'
import { useWords } from '../../declared/words.ts'

const kinds: Readonly<Record<Erasure['state'], string>> = {
  asked: 'badge badge-wait',
  waiting: 'badge badge-wait',
  restricted: 'badge',
  done: 'badge badge-plain',
}

export function StateBadge({ state }: Pick<Erasure, 'state'>) {
  const words = useWords('retention')
  return <span className={kinds[state]}>{words.text(`state.${state}`, state)}</span>
}
