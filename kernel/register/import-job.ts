import { z } from 'zod'
import type { Words } from '../declared/words.ts'
import { defineJob, type Job } from '../jobs/define.ts'
import { Refused } from '../result/result.ts'
import type { Register } from './define.ts'
import { type ImportKit, performImport } from './import.ts'
import type { Intake } from './intake.ts'

const payload = z.object({ register: z.string(), run: z.uuid(), language: z.enum(['zh', 'en']) })
const ATTEMPTS = 10
export type ImportJob = Job<ImportKit>

/** Carries imports of these registers to their end, beside everything else; a worker that dies leaves it to the next. */
export const importJob = (
  registers: readonly Register[],
  words: Words,
  intakes: readonly Intake[] = [],
): ImportJob =>
  defineJob<ImportKit, z.ZodObject>({
    name: 'register.import',
    payload,
    visible: true,
    attempts: ATTEMPTS,
    run: async ({ kit, scope, progress, signal, attempt }, input) => {
      const { register: name, run, language } = payload.parse(input)
      const intake = intakes.find(each => each.register.name === name)
      const register = intake?.register ?? registers.find(each => each.name === name)
      if (!register) throw new Refused('import.not_found')
      progress.total(100)
      await performImport(kit, scope, register, words, run, {
        ...{ language, signal, isLast: attempt >= ATTEMPTS, takeIn: intake?.takeIn },
        onProgress: (_, percent) => progress.done(percent),
      })
    },
  })
