import { expect, it } from 'vitest'
import { z } from 'zod'
import { serializerCompiler, sharedSerializerCompiler } from './serializer.ts'

const route = { schema: z.object({ n: z.number() }), method: 'GET', url: '/n', httpStatus: '200' }
const write = serializerCompiler(route)
const writeShared = sharedSerializerCompiler(route)

it('sends what the shape names and nothing else, and takes what breaks it for a fault', () => {
  for (const each of [write, writeShared]) {
    expect(each({ n: 1, phone: '13800000000' })).toBe('{"n":1}')
    expect(() => each({ n: 'one' })).toThrow(`Response doesn't match the schema`)
  }
})

it('writes an object that many are given once, and another that looks alike again', () => {
  let asked = 0
  const answer = () => ({
    get n() {
      asked += 1
      return 2
    },
  })
  const shared = answer()
  expect([writeShared(shared), writeShared(shared), asked]).toEqual(['{"n":2}', '{"n":2}', 1])
  expect([writeShared(answer()), asked]).toEqual(['{"n":2}', 2])
})
