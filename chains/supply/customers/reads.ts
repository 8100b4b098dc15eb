import type { Principal } from '@silian/kernel/access/principal.ts'
import type { Reader } from '@silian/kernel/database/database.ts'
import { balances } from '@silian/kernel/ledger/accounts.ts'
import { maskName, maskPhone } from '@silian/kernel/personal/masks.ts'
import type { Selectable } from 'kysely'
import type { Kit } from '../../kit.ts'
import { wallet } from './accounts.ts'
import type { ShopSession } from './contract.ts'
import { NAME, PHONE } from './service.ts'
import type { CustomerTable } from './tables.ts'

type Row = Selectable<CustomerTable>

/** Who the shopper is, by mask: the cookie may lie on a phone that others hold. */
export async function readShopper(
  tx: Reader,
  { vault }: Pick<Kit, 'vault'>,
  principal: Principal,
): Promise<ShopSession> {
  if (principal.kind !== 'customer') return { customer: null }
  const [row] = await tx.query<Row>(
    'select * from customer where programme_id = $1 and id = $2 and closed_at is null',
    [tx.programme, principal.id],
  )
  if (!row) return { customer: null }
  const [phone, name] = await vault.openMany(tx, [
    { subject: row.id, field: PHONE, sealed: row.phone },
    { subject: row.id, field: NAME, sealed: row.name },
  ])
  const money = (await balances(tx, [wallet(row.id)])).get(wallet(row.id))
  return {
    customer: {
      id: row.id,
      phone: maskPhone(phone ?? ''),
      name: name ? maskName(name) : null,
      proven: row.proven_at !== null,
      walletFen: money ? money.balance - money.held : 0,
    },
  }
}
