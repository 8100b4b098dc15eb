import type { Writer } from '@silian/kernel/database/database.ts'
import type { LoggedFact } from '@silian/kernel/fact/subscribe.ts'

/**
 * A unit that moves under another district takes with it what is open: its declarations of that year and later are the
 * new district's to decide and to follow, with their orders. Those of earlier years stay where they were closed (P6).
 */
export async function moveDeclarations(tx: Writer, { pub }: LoggedFact): Promise<void> {
  if (pub.what !== 'parent') return
  await tx.query(
    `update declaration d set area_path = a.path from area a
      where d.programme_id = $1 and d.unit_id = any($2::uuid[]) and d.year >= $3 and a.code = $4`,
    [tx.programme, pub.organisations, Number(String(pub.date).slice(0, 4)), pub.area],
  )
}
