import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The texts of all sources below a folder, without tests. */
export const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(path => path.endsWith('.ts') && !/node_modules|\.test\.ts$|fixtures|testing/.test(path))
    .map(path => readFileSync(join(folder, path), 'utf8'))
