import { BadConfig, configFrom } from '@silian/kernel/config/config.ts'
import { readEnv } from '@silian/kernel/config/env.ts'
import { say } from './say.ts'

/** Each command in a file of its own, loaded when it is called for. */
const commands: Record<string, (config: ReturnType<typeof configFrom>, args: string[]) => Promise<number>> = {
  start: async config => (await import('./start.ts')).start(config),
  migrate: async config => (await import('./migrate.ts')).migrateOnly(config),
  init: async (config, args) => (await import('./init.ts')).init(config, args),
  import: async (config, args) => (await import('./import.ts')).importFiles(config, args),
  export: async (config, args) => (await import('./export.ts')).exportJournal(config, args),
  log: async (config, args) => (await import('./log.ts')).log(config, args),
  key: async (_, args) => (await import('./key.ts')).key(args),
  witness: async (_, args) => (await import('./witness.ts')).witness(args),
  verify: async (_, args) => (await import('./verify.ts')).verify(args),
  audit: async (config, args) => (await import('./audit.ts')).auditFigures(config, args),
  metrics: async (config, args) => (await import('./metrics.ts')).rebuildMetric(config, args),
  search: async (config, args) => (await import('./search.ts')).rebuildSearch(config, args),
  check: async (config, args) => (await import('./check.ts')).check(config, args),
}

const [name = '', ...args] = process.argv.slice(2)
const command = commands[name]
if (!command) {
  say('usage')
  process.exit(2)
}
try {
  process.exitCode = await command(configFrom(readEnv()), args)
  // pools and timers of libraries must not keep a finished command alive
  process.exit()
} catch (error) {
  process.stderr.write(`${error instanceof BadConfig ? error.message : (error as Error).stack}\n`)
  process.exit(1)
}
