import { appendFile, mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { ok } from '../result/result.ts'
import type { CodeSender } from './codes.ts'

/** Of a demonstration: codes go into a file beside its data instead of to a phone, one JSON line each. */
export const codeOutbox = (file: string): CodeSender => ({
  send: async (phone, code) => {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 })
    await appendFile(file, `${JSON.stringify({ phone, code })}\n`, { mode: 0o600 })
    return ok(null)
  },
})
