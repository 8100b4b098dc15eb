import { execFileSync } from 'node:child_process'
import { findProgram } from './debian.ts'

const program = (name: string): string =>
  findProgram({
    ...{ name, packages: 'hledger ledger', places: [`/usr/bin/${name}`, `/usr/local/bin/${name}`] },
    variable: `SILIAN_${name.toUpperCase()}`,
  })
/** Runs `hledger` or `ledger`. */
export const run = (name: string, ...args: string[]): string =>
  execFileSync(program(name), args, {
    encoding: 'utf8',
    stdio: 'pipe',
    env: { ...process.env, LC_ALL: 'C.UTF-8' },
  })

/** What a program shows: `account<tab>amount commodity`. Yuan may come without their last noughts. */
export const theirs = (lines: readonly string[]): string[] =>
  lines
    .flatMap(line => {
      const [, account, whole, decimals = '', commodity] =
        /^([^\t]+)\t(-?\d+)(?:\.(\d\d?))? (.+)$/.exec(line) ?? []
      if (!account) return []
      const amount = commodity === 'CNY' ? `${whole}${decimals.padEnd(2, '0')}` : whole
      return [`${account}: ${Number(amount)} ${commodity}`]
    })
    .sort()
