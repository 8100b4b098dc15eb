import type { Database, Reader, Scope } from '../database/database.ts'
import type { Words } from '../declared/words.ts'
import { defineJob, type Job } from '../jobs/define.ts'
import type { Vault } from '../personal/vault.ts'
import { ok } from '../result/result.ts'
import type { Channels } from './channels.ts'
import { deliverJob } from './deliver-job.ts'
import type { NotificationRow, TargetRow } from './tables.ts'
import { ADDRESS, SECRET } from './targets.ts'
import { textOf } from './text.ts'

export interface DeliveryKit {
  readonly app: Database
  readonly vault: Vault
  /** Without it nothing leaves the house: in tests, in the loader. */
  readonly post?: Post
}

/** What an installation says with, and how it gets out. */
export interface Post {
  readonly words: Words
  readonly channels: Channels
  /** Where people reach the server. */
  readonly publicUrl: string
}

interface Letter {
  readonly notification: NotificationRow
  readonly target: TargetRow
  readonly address: string
  readonly secret: string | null
}

/** Brings a notification to one target. Tried again with growing pauses; what has arrived is not sent again. */
export const deliveryJob: Job<DeliveryKit> = defineJob<DeliveryKit, typeof deliverJob.payload>({
  ...deliverJob,
  run: async ({ kit, scope }, { notification, target }) => {
    if (kit.post) await deliver(kit, kit.post, scope, notification, target)
  },
}) as unknown as Job<DeliveryKit>

/** Sends it, unless it was sent or the target is no more. Throws where it could not be delivered. */
export async function deliver(
  kit: DeliveryKit,
  post: Post,
  scope: Scope,
  notificationId: string,
  targetId: string,
): Promise<void> {
  const letter = await kit.app.read(scope, tx => letterOf(tx, kit.vault, notificationId, targetId))
  if (!letter) return
  await send(post, scope.programme, letter)
  await kit.app.write(scope, async tx =>
    ok(
      await tx.query(
        `insert into notification_delivery (programme_id, notification_id, target_id, delivered_at)
         values ($1, $2, $3, $4) on conflict do nothing`,
        [tx.programme, notificationId, targetId, tx.at],
      ),
    ),
  )
}

async function letterOf(
  tx: Reader,
  vault: Vault,
  notificationId: string,
  targetId: string,
): Promise<Letter | undefined> {
  const [notification] = await tx.query<NotificationRow>(
    `select programme_id, id, member_id, at, kind, params, process, case_id, cause, read_at from notification
      where programme_id = $1 and id = $2`,
    [tx.programme, notificationId],
  )
  const [target] = await tx.query<TargetRow>(
    `select g.programme_id, g.id, g.member_id, g.channel, g.address, g.secret, g.language, g.created_at, g.ended_at
       from notification_target g where g.programme_id = $1 and g.id = $2 and g.ended_at is null
        and not exists (select 1 from notification_delivery d
          where d.programme_id = $1 and d.notification_id = $3 and d.target_id = g.id)`,
    [tx.programme, targetId, notificationId],
  )
  if (!notification || !target || target.member_id !== notification.member_id) return undefined
  const [address = null, secret = null] = await vault.openMany(tx, [
    { subject: target.id, field: ADDRESS, sealed: target.address },
    { subject: target.id, field: SECRET, sealed: target.secret },
  ])
  return address === null ? undefined : { notification, target, address, secret }
}

async function send(
  { words, channels, publicUrl }: Post,
  programme: string,
  { notification, target, address, secret }: Letter,
): Promise<void> {
  const { subject, text } = textOf(words, target.language, notification)
  const link = `${publicUrl}/p/${programme}/inbox`
  if (target.channel === 'email')
    return channels.mail?.({ to: address, subject, text: `${text}\n\n${link}\n` })
  if (target.channel === 'sms') return channels.sms?.(address, text)
  const { id, at, kind, params, process, case_id } = notification
  const body = JSON.stringify({ id, at, kind, programme, process, case: case_id, params })
  return channels.hook({ url: address, secret: secret ?? '', id, at, body })
}
