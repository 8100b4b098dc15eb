import type { By } from '@silian/kernel/access/acts.ts'
import { holderOf } from '@silian/kernel/access/holder.ts'
import type { Principal } from '@silian/kernel/access/principal.ts'
import type { Command } from '@silian/kernel/database/command.ts'
import type { Scope } from '@silian/kernel/database/database.ts'

interface Asked {
  readonly scope: Scope
  readonly principal: Principal
  readonly command: Command
  readonly requestId: string
}

/** Who administers, from the call of a route. */
export const by = ({ scope, principal, command, requestId }: Asked): By => ({
  scope,
  command,
  requestId,
  holder: holderOf(principal),
})
