import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { ServerArguments } from './races/server-process.ts'

/** A program of ours in a process of its own, and the line in which it said that it is up. */
export interface Child {
  readonly said: string
  readonly process: ChildProcess
}

/** A server on a test's database, in a session of its own if wished; what it says is its URL. */
export const startServerProcess = (given: ServerArguments, detached = false): Promise<Child> =>
  started([join(import.meta.dirname, 'races/server-process.ts'), JSON.stringify(given)], detached)

export interface WitnessArguments {
  readonly name: string
  /** A folder below which it keeps its own. */
  readonly folder: string
  /** The file with the keys of the logs that it watches. */
  readonly logs: string
  /** 0 takes a free one. */
  readonly port?: number
}

/** A witness; what it says is its line of a policy, `witness <name> <vkey> <url>`. */
export const startWitnessProcess = ({ name, folder, logs, port = 0 }: WitnessArguments): Promise<Child> => {
  const given = ['--name', name, '--data', join(folder, name), '--logs', logs]
  return started([join(import.meta.dirname, '../apps/witness/main.ts'), ...given, '--port', String(port)])
}

async function started(args: readonly string[], detached = false): Promise<Child> {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'], detached })
  const gone = once(child, 'exit').then(() => Promise.reject(new Error(`${args[0]} ended at once`)))
  const [said] = await Promise.race([once(createInterface({ input: child.stdout }), 'line'), gone])
  gone.catch(() => undefined)
  return { said: String(said), process: child }
}

/** Ends a process, politely or not, and waits until it is gone. */
export async function end({ process: child }: Child, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.kill(signal)
  await gone
}
