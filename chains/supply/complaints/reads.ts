import type { Reader } from '@silian/kernel/database/database.ts'
import type { Vault } from '@silian/kernel/personal/vault.ts'
import { openNotes } from '@silian/kernel/process/note.ts'
import type { Complaint } from './contract.ts'

interface Row {
  readonly id: string
  readonly matter: Complaint['matter']
  readonly state: Complaint['state']
  readonly said: string
  readonly answer: string | null
  readonly note: null
  readonly note_sealed: Buffer | null
  readonly opened_at: Date
  readonly due_on: string | null
}

/** What was complained of about an order, the newest first. Whether the order may be read was settled before. */
export async function complaintsOf(
  tx: Reader,
  { vault }: { readonly vault: Vault },
  orderNumber: string,
): Promise<Complaint[]> {
  const rows = await tx.query<Row>(
    `select c.id, c.form->>'matter' as matter, c.state, c.form->>'said' as said, a.answer, null as note, d.note_sealed,
       c.opened_at, c.due_on
     from process_case c
     left join lateral (select t.form->>'answer' as answer from process_task t
       where t.programme_id = c.programme_id and t.case_id = c.id and t.state = 'answer' and t.outcome = 'answer'
       limit 1) a on true
     left join lateral (select m.note_sealed from process_move m
       where m.programme_id = c.programme_id and m.case_id = c.id and m.from_state = 'decide' limit 1) d on true
     where c.programme_id = $1 and c.process = 'complaint' and c.form->>'orderNumber' = $2
     order by c.opened_at desc, c.id desc`,
    [tx.programme, orderNumber],
    'order-complaints',
  )
  return Promise.all(
    rows.map(async row => ({
      ...{ id: row.id, matter: row.matter, state: row.state, said: row.said, answer: row.answer },
      decision: (await openNotes(tx, vault, row.id, [row]))[0] ?? null,
      ...{ openedAt: row.opened_at.toISOString(), dueOn: row.due_on },
    })),
  )
}

/** That of an order which is not over. */
export async function openComplaint(tx: Reader, orderNumber: string): Promise<string | undefined> {
  const [row] = await tx.query<{ id: string }>(
    `select c.id from process_case c where c.programme_id = $1 and c.process = 'complaint'
       and c.form->>'orderNumber' = $2 and c.ended_at is null`,
    [tx.programme, orderNumber],
    'order-complaint-open',
  )
  return row?.id
}
