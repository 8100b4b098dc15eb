import { describe, expect, test } from 'vitest'
import { toBase64 } from './base64.ts'
import { fromHex, utf8 } from './bytes.ts'
import { openCheckpoint, parseCheckpoint } from './checkpoint.ts'
import { parseNote, verifyNote } from './note.ts'
import { noteSigner, testKey } from './testing/keys.ts'
import { parseVkey } from './vkey.ts'

const name = 'example.com/log/demo'
const log = noteSigner(name, testKey('log', 'held'))
const other = noteSigner('witness.example', testKey('witness', 'own'))

const refusal = (result: { ok: boolean; problem?: { name: string } }) =>
  result.ok ? 'ok' : result.problem?.name
const key = (vkey: string) => {
  const parsed = parseVkey(vkey)
  if (!parsed.ok) throw new Error(vkey)
  return parsed.value
}

/** Verdict on a note under the log's key. */
async function judge(note: string): Promise<string | undefined> {
  const parsed = parseNote(utf8(note))
  return parsed.ok ? refusal(await verifyNote(parsed.value, [key(log.vkey)])) : refusal(parsed)
}

describe('verifier keys', () => {
  test('the example of Go’s note package', async () => {
    const vkey = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'
    const text =
      'If you think cryptography is the answer to your problem,\n' +
      "then you don't know what your problem is.\n"
    const line =
      '\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n'
    const note = parseNote(utf8(`${text}\n${line}`))
    expect(note.ok && refusal(await verifyNote(note.value, [key(vkey)]))).toBe('ok')
  })

  test('a key of another type is read but stays unknown', () => {
    expect(key(`witness.example+01020304+${toBase64(Uint8Array.of(6, 9, 9))}`)).toEqual({
      name: 'witness.example',
      id: '01020304',
      type: 6,
      key: Uint8Array.of(9, 9),
    })
  })

  test.each([
    ['no hash', log.vkey.replace(/\+[0-9a-f]{8}\+/, '+')],
    ['wrong hash', log.vkey.replace(/\+[0-9a-f]{8}\+/, '+00000000+')],
    ['upper-case hash', 'a+AABBCCDD+BgkJ'],
    ['no name', '+01020304+BgkJ'],
    ['blank in the name', 'a b+01020304+BgkJ'],
    ['no-break space in the name', 'a\u00a0b+01020304+BgkJ'],
    ['no key', 'a+01020304+BA=='],
    ['loose base64', 'a+01020304+BAl='],
    ['line feed', `${log.vkey}\n`],
    ['short Ed25519 key', 'a+01020304+AQkJ'],
  ])('refused: %s', (_, vkey) => expect(refusal(parseVkey(vkey))).toBe('vkey.malformed'))
})

describe('signed notes', () => {
  const text = 'one\n\ntwo\n'
  const good = `${text}\n${log.sign(text)}`

  test('the last empty line separates', async () => {
    expect(await judge(good)).toBe('ok')
    const note = parseNote(utf8(good))
    expect(note.ok && note.value.text).toBe(text)
  })

  test('unknown signatures are ignored, whatever they hold', async () => {
    const foreign = other.sign('something else')
    expect(await judge(`${text}\n${foreign}${log.sign(text)}${foreign}`)).toBe('ok')
    expect(await judge(`${text}\n${foreign}`)).toBe('note.unsigned')
  })

  test('same name with another key id, and same id with another name, are unknown', async () => {
    const twin = noteSigner(name, testKey('twin', 'held')).sign(text)
    expect(await judge(`${text}\n${twin}`)).toBe('note.unsigned')
    expect(await judge(`${text}\n${log.sign(text).replace(name, 'example.com/other')}`)).toBe('note.unsigned')
  })

  test('a bad signature of a known key refuses the note even beside a good one', async () => {
    const bad = log.sign('another text\n')
    expect(await judge(`${text}\n${log.sign(text)}${bad}`)).toBe('note.bad-signature')
    expect(await judge(`${text}\n${bad}${log.sign(text)}`)).toBe('note.bad-signature')
  })

  test('sixteen signature lines and more are read', async () => {
    const many = Array.from({ length: 31 }, (_, at) =>
      noteSigner(`w${at}`, testKey(`w${at}`, 'own')).sign(text),
    )
    expect(await judge(`${text}\n${many.join('')}${log.sign(text)}`)).toBe('ok')
    expect(await judge(`${text}\n${log.sign(text).repeat(101)}`)).toBe('note.malformed')
  })

  const line = log.sign(text)
  test.each([
    ['no signature', `${text}\n`],
    ['no empty line', `one\n${line}`],
    ['no last line feed', good.slice(0, -1)],
    ['carriage returns', good.replaceAll('\n', '\r\n')],
    ['tab', `a\tb\n\n${log.sign('a\tb\n')}`],
    ['zero byte', `a\0b\n\n${log.sign('a\0b\n')}`],
    ['hyphen for the dash', good.replace('\u2014', '-')],
    ['two blanks', good.replace(`${name} `, `${name}  `)],
    ['something after the signature', `${good.slice(0, -1)} x\n`],
    ['no base64', `${text}\n\u2014 ${name} \n`],
    ['key id alone', `${text}\n\u2014 ${name} AQIDBA==\n`],
    ['loose base64', good.replace(/.=\n$/, match => `${match[0] === 'B' ? 'C' : 'B'}=\n`)],
    ['plus in the name', good.replace(name, 'a+b')],
  ])('refused: %s', async (_, note) => expect(await judge(note)).toBe('note.malformed'))

  test('refused: not UTF-8', () =>
    expect(refusal(parseNote(Uint8Array.from([0xff, ...utf8(good)])))).toBe('note.malformed'))

  test('a key of unknown type never counts', async () => {
    const note = parseNote(utf8(good))
    const typed = { ...key(log.vkey), type: 6 }
    expect(note.ok && refusal(await verifyNote(note.value, [typed]))).toBe('note.unsigned')
  })
})

describe('checkpoints', () => {
  const root = toBase64(fromHex('ab'.repeat(32))!)
  const empty = '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='
  const open = (text: string, vkey = log.vkey) => openCheckpoint(utf8(`${text}\n${log.sign(text)}`), { vkey })

  test('are read with their extensions', async () => {
    const head = await open(`${name}\n42\n${root}\nextension\n`)
    expect(head.ok && head.value).toMatchObject({ origin: name, size: 42, extensions: ['extension'] })
  })

  test('of the empty log carry the root of nothing', async () => {
    expect(refusal(await open(`${name}\n0\n${empty}\n`))).toBe('ok')
    expect(refusal(await open(`${name}\n0\n${root}\n`))).toBe('checkpoint.malformed')
  })

  test('signed by the key for another name', async () =>
    expect(refusal(await open(`example.com/log/other\n42\n${root}\n`))).toBe('checkpoint.wrong-origin'))

  test('under a key that cannot be used', async () => {
    const text = `${name}\n42\n${root}\n`
    expect(refusal(await open(text, `${name}+01020304+BgkJ`))).toBe('vkey.unsupported')
    expect(refusal(await open(text, 'nonsense'))).toBe('vkey.malformed')
    expect(refusal(await open(text, other.vkey))).toBe('note.unsigned')
  })

  test.each([
    ['leading zero', `${name}\n042\n${root}\n`],
    ['plus', `${name}\n+42\n${root}\n`],
    ['beyond exact numbers', `${name}\n9007199254740992\n${root}\n`],
    ['no size', `${name}\n\n${root}\n`],
    ['no root', `${name}\n42\n`],
    ['short root', `${name}\n42\nqqqq\n`],
    ['no origin', `\n42\n${root}\n`],
    ['empty extension', `${name}\n42\n${root}\n\nx\n`],
    ['no last line feed', `${name}\n42\n${root}`],
  ])('refused: %s', (_, text) => expect(refusal(parseCheckpoint(text))).toBe('checkpoint.malformed'))
})
