import { readFile } from 'node:fs/promises'
import { type Policy, parsePolicy } from '@silian/verifier/policy.ts'

/** The operator's policy does not hold together: a fault of whoever wrote the file. */
export class BadPolicy extends Error {
  override readonly name = 'BadPolicy'
}

/**
 * The operator's policy (C2SP tlog-policy): the witnesses that are asked stand in it with their URLs; whose word makes a
 * checkpoint one to give out is its quorum. Throws BadPolicy with the line.
 */
export async function readPolicy(file: string): Promise<Policy> {
  const policy = parsePolicy(await readFile(file, 'utf8'))
  if (policy.ok) return policy.value
  throw new BadPolicy(
    `${file}: line ${policy.problem.detail?.line ?? '(no quorum)'} of the policy is not right`,
  )
}

/** The witnesses and the quorum of the operator's policy, to be shown beside each log's own key. Throws BadPolicy. */
export async function witnessLines(file: string): Promise<string> {
  await readPolicy(file)
  const lines = (await readFile(file, 'utf8')).split('\n').map(line => line.trim())
  return `${lines.filter(line => /^(witness|group|quorum)\s/.test(line)).join('\n')}\n`
}
