import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'

interface Program {
  readonly name: string
  /** Where it may be. */
  readonly places: readonly string[]
  /** Debian's packages of it. */
  readonly packages: string
  /** The variable that names it elsewhere. */
  readonly variable: string
}

/** Where a program is that a test drives; installs Debian's when we are root and there is none. */
export function findProgram({ name, places, packages, variable }: Program): string {
  const given = process.env[variable]
  const found = given ? [given].find(existsSync) : places.find(existsSync)
  if (found) return found
  const install = `apt-get update && apt-get install -y ${packages}`
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    // one at a time: tests run beside each other
    execFileSync('sh', ['-c', `exec 9>/tmp/silian-apt.lock; flock 9; ${install}`], { stdio: 'ignore' })
    const installed = places.find(existsSync)
    if (installed) return installed
  }
  throw new Error(`no ${name} here; install one: sudo sh -c '${install}', or name it in ${variable}`)
}
