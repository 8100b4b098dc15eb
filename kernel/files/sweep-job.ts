import { z } from 'zod'
import type { Database } from '../database/database.ts'
import { defineJob } from '../jobs/define.ts'
import type { FileKit } from './store.ts'
import { sweepFiles } from './sweep.ts'

/** Destroys what may no longer be kept, every night. */
export const sweepFilesJob = defineJob<{ readonly batch: Database; readonly files: FileKit }, z.ZodObject>({
  name: 'file.sweep',
  payload: z.object({}),
  recurring: { at: '50 2 * * *' },
  run: async ({ kit, scope }) => {
    await sweepFiles(kit.batch, kit.files, scope)
  },
})
