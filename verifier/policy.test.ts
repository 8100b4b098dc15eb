import { describe, expect, test } from 'vitest'
import { isQuorum, parsePolicy, witnessKeys } from './policy.ts'
import { TestLog } from './testing/build-log.ts'
import { testWitness } from './testing/keys.ts'

const log = new TestLog()
const [a, b, c, d] = ['a', 'b', 'c', 'd'].map(name => testWitness(`${name}.example/witness`))
const known = [a, b, c, d].map((witness, at) => `witness ${'ABCD'[at]} ${witness!.vkey}`).join('\n')
const policy = (...lines: string[]) =>
  parsePolicy(`${[`log ${log.vkey} https://l.example/`, known, ...lines].join('\n')}\n`)

describe('a policy', () => {
  test('is read with its logs, witnesses and groups, blanks and comments aside', () => {
    const read = parsePolicy(
      `# ours\n\n \tlog\t${log.vkey}  https://example.com/log/demo\n${known}\n  # two\ngroup AB all A B\nquorum AB\n`,
    )
    expect(read.ok && read.value.logs).toEqual([
      { key: expect.objectContaining({ name: 'example.com/log/demo' }), url: 'https://example.com/log/demo' },
    ])
    expect(read.ok && [...read.value.witnesses.keys()]).toEqual(['A', 'B', 'C', 'D'])
    expect(read.ok && [...read.value.groups]).toEqual([['AB', { least: 2, members: ['A', 'B'] }]])
    expect(read.ok && read.value.quorum).toBe('AB')
  })

  test.each([
    ['no quorum', [], undefined],
    ['two', ['quorum A', 'quorum B'], '7'],
    ['an unknown name', ['quorum E'], '6'],
    ['a group before its member', ['group G any H', 'group H any A', 'quorum G'], '6'],
    ['a member of two groups', ['group G any A B', 'group H any B C', 'quorum G'], '7'],
    ['a member twice', ['group G any A A', 'quorum G'], '6'],
    ['none as a member', ['group G any none', 'quorum G'], '6'],
    ['no member', ['group G any', 'quorum G'], '6'],
    ['more than there are', ['group G 3 A B', 'quorum G'], '6'],
    ['none of them', ['group G 0 A B', 'quorum G'], '6'],
    ['a count in another form', ['group G 02 A B C', 'quorum G'], '6'],
    ['a taken name', ['group A any B', 'quorum A'], '6'],
    ['the name none', ['group none any B', 'quorum none'], '6'],
    ['a witness under another name', [`witness E ${a!.vkey}`, 'quorum A'], '6'],
    ['a log twice', [`log ${log.vkey}`, 'quorum A'], '6'],
    ['a log’s key as a witness', [`witness E ${log.vkey}`, 'quorum A'], '6'],
    ['a witness’s key as a log', [`log ${a!.vkey}`, 'quorum A'], '6'],
    ['no key', ['witness E', 'quorum A'], '6'],
    ['a word too many', ['quorum A B'], '6'],
    ['a control character', ['quorum A\u0007'], '6'],
    ['another blank', ['quorum\u00a0A'], '6'],
    ['another kind of line', ['toString A'], '6'],
  ])('is refused: %s', (_, lines, line) => {
    expect(policy(...lines)).toEqual({
      ok: false,
      problem: { name: 'policy.malformed', ...(line === undefined ? {} : { detail: { line } }) },
    })
  })

  test('ends in a line feed', () => {
    expect(parsePolicy('quorum none').ok).toBe(false)
    expect(parsePolicy('quorum none\n').ok).toBe(true)
  })
})

test.each([
  ['quorum none', '', true],
  ['quorum A', '', false],
  ['quorum A', 'A', true],
  ['quorum A', 'BCD', false],
  ['group G 2 A B C\nquorum G', 'AC', true],
  ['group G 2 A B C\nquorum G', 'AD', false],
  ['group bank any A B\ngroup bureau any C D\ngroup both all bank bureau\nquorum both', 'AB', false],
  ['group bank any A B\ngroup bureau any C D\ngroup both all bank bureau\nquorum both', 'BC', true],
  ['group bank all A B\ngroup either any bank C\nquorum either', 'A', false],
  ['group bank all A B\ngroup either any bank C\nquorum either', 'C', true],
])('%s of %s: %s', (lines, signed, enough) => {
  const read = policy(...lines.split('\n'))
  if (!read.ok) throw new Error(read.problem.name)
  const keys = witnessKeys(read.value).filter((_, at) => signed.includes('ABCD'[at]!))
  const cosignatures = keys.map(witness => ({ witness, time: 1 }))
  expect(isQuorum(read.value, cosignatures)).toBe(enough)
})
