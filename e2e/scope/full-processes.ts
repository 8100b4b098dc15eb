import { createMember } from '@silian/kernel/access/members.ts'
import { addTarget } from '@silian/kernel/notify/targets.ts'
import { tell } from '@silian/kernel/notify/tell.ts'
import { clock } from '@silian/kernel/process/desk.ts'
import { object } from '@silian/kernel/process/objection.ts'
import { must, ok } from '@silian/kernel/result/result.ts'
import { declaredProcesses, type Whole } from '@silian/server/compose.ts'
import { ProcessDrive } from '../process-drive.ts'
import { type SmallWorld, worldTime } from '../small-world.ts'

/** A recognition that hangs out and was objected to, somebody away, somebody told: a row in every table of processes. */
export async function addProcesses(kit: Whole, world: SmallWorld): Promise<void> {
  const drive = new ProcessDrive(kit, world)
  const recognition = declaredProcesses.of('recognition')
  const { id } = must(await drive.open(recognition, { about: world.id('mango') }))
  for (let step = 0; step < 3; step++) must(await drive.decide((await drive.tasks(id))[0]!))
  const caseKit = { ...kit, processes: declaredProcesses }
  const citizen = { ...clock, account: 'a citizen' }
  await world.write(tx => object(tx, caseKit, citizen, id, { text: '示例', files: [] }))
  await world.write(async tx =>
    ok(
      await tx.query(
        `insert into process_draw (programme_id, case_id, move_no, seed, log_size, pool, excluded, drawn, fact_id)
         values ($1, $2, 9, $3, 0, '{}', '{}', '{}', $2)`,
        [tx.programme, id, Buffer.alloc(32)],
      ),
    ),
  )
  const [away, deputy] = await Promise.all(
    ['away', 'deputy'].map(name =>
      world.write(tx =>
        createMember(tx, kit.vault, { accountId: world.id(`account ${name}`), name: '示例' }),
      ),
    ),
  )
  await world.write(async tx => {
    await tx.db
      .insertInto('process_absence')
      .values({
        ...{
          programme_id: tx.programme,
          id: world.id('absence'),
          member_id: away!.id,
          deputy_id: deputy!.id,
        },
        ...{ from_on: '2026-01-01', to_on: '2026-01-02', recorded_at: worldTime, recorded_by: 'system' },
        ended_at: null,
      })
      .execute()
    const target = must(
      await addTarget(
        tx,
        kit.vault,
        away!.id,
        { channel: 'email', address: 'nobody@example.com', language: 'zh' },
        '',
      ),
    )
    const audience = { member_id: away!.id, role: null, organisation_id: null, area_path: null }
    await tell(tx, audience, { kind: 'case.moved', cause: 'x', params: {} })
    await tx.query(
      `insert into notification_delivery (programme_id, notification_id, target_id, delivered_at)
       select $1, id, $2, $3 from notification where programme_id = $1 and member_id = $4`,
      [tx.programme, target.id, tx.at, away!.id],
    )
    return ok(null)
  })
}
