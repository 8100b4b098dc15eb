import type { Reach } from '../access/permit.ts'
import type { Writer } from '../database/database.ts'
import { ok, type Result, refuse } from '../result/result.ts'
import type { Register } from './define.ts'
import type { RegisterKit } from './kit.ts'
import { openProposals } from './propose.ts'
import { findRow } from './reads.ts'
import { saveRows } from './save.ts'
import { type RowSaved, refusalFrom } from './service.ts'

/**
 * Accepts or declines values that were proposed. Refuses `proposal.not_found` (also another's), `proposal.decided`,
 * `proposal.own` for whoever proposed them, and what `saveRows` says of values that do not fit any more.
 */
export async function decideProposal(
  tx: Writer,
  kit: RegisterKit,
  register: Register,
  reach: Reach,
  id: string,
  { accept, note }: { readonly accept: boolean; readonly note?: string | undefined },
): Promise<Result<RowSaved>> {
  const [held] = await tx.query<{ row_id: string; state: string; proposed_by: string }>(
    `select row_id, state, proposed_by from register_proposal
      where programme_id = $1 and register = $2 and id = $3 for no key update`,
    [tx.programme, register.name, id],
  )
  const row = held && (await findRow(tx, kit, register, reach, held.row_id))
  if (!held || !row) return refuse('proposal.not_found', { id })
  if (held.state !== 'open') return refuse('proposal.decided', { state: held.state })
  if (held.proposed_by === tx.actor) return refuse('proposal.own', { id })
  const saved = accept ? await accepted(tx, kit, register, reach, row.id, id) : ok(row)
  if (!saved.ok) return saved
  const sealed = note ? await kit.vault.seal(tx, row.id, 'register_proposal.note', note) : null
  await tx.query(
    `update register_proposal set state = $3, decided_at = $4, decided_by = $5, note_sealed = $6
      where programme_id = $1 and id = $2`,
    [tx.programme, id, accept ? 'accepted' : 'declined', tx.at, tx.actor, sealed],
  )
  return ok({ id: row.id, version: saved.value.version, proposal: null })
}

async function accepted(
  tx: Writer,
  kit: RegisterKit,
  register: Register,
  reach: Reach,
  rowId: string,
  id: string,
): Promise<Result<{ version: number }>> {
  const proposals = await openProposals(tx, kit, register, [rowId])
  const { values } = proposals.find(proposal => proposal.id === id)!
  const [outcome] = await saveRows(tx, kit, register, reach, [{ id: rowId, values }], {
    mode: 'change',
    decided: true,
  })
  return outcome!.kind === 'refused' ? refusalFrom(outcome!.faults) : ok({ version: outcome!.version })
}
