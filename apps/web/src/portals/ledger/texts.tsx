import type { Account } from '@silian/server/ledger/contract.ts'
import { useWords } from '../../declared/words.ts'
import { formatCount, weightOf } from '../../i18n/format.ts'
import { Money } from '../../ui/values.tsx'

/** An amount in its account's unit: money, a weight, or things counted. */
export function Amount({ amount, unit }: { amount: number; unit: string }) {
  const words = useWords('ledger')
  if (unit === 'fen') return <Money fen={amount} />
  const sign = amount < 0 ? '−' : ''
  const size = Math.abs(amount)
  const { value, unit: of } =
    unit === 'g' ? weightOf(size) : { value: formatCount(size), unit: words.value('unit', unit) }
  return (
    <span className="number">
      {sign}
      {value} {of}
    </span>
  )
}

/** What an account is called: its kind, and whose it is. */
export function useAccountTitle(): (account: Account) => string {
  const words = useWords('ledger')
  return ({ place, of }) => [words.value('place', place), of].filter(part => part !== null).join(' ')
}
