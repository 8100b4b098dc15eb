declare module '../database/tables.ts' {
  interface Tables {
    notification: NotificationRow
    notification_target: TargetRow
    notification_delivery: {
      programme_id: string
      notification_id: string
      target_id: string
      delivered_at: Date
    }
  }
}

export interface NotificationRow {
  programme_id: string
  id: string
  member_id: string
  at: Date
  kind: string
  params: Record<string, string>
  process: string | null
  case_id: string | null
  cause: string
  read_at: Date | null
}

export type Channel = 'email' | 'webhook' | 'sms'

export interface TargetRow {
  programme_id: string
  id: string
  member_id: string
  channel: Channel
  address: Buffer
  secret: Buffer | null
  language: 'zh' | 'en'
  created_at: Date
  ended_at: Date | null
}
