import type { Generated } from 'kysely'

export type JobState = 'waiting' | 'running' | 'done' | 'failed'

export interface JobProgressTable {
  programme_id: string
  id: string
  name: string
  state: JobState
  done: Generated<number>
  total: number | null
  message_code: string | null
  params: Generated<Record<string, string | number | readonly string[]>>
  requested_by: string
  requested_at: Date
  started_at: Date | null
  heartbeat_at: Date | null
  finished_at: Date | null
}

declare module '../database/tables.ts' {
  interface Tables {
    job_progress: JobProgressTable
  }
}
