import type { FastifySerializerCompiler } from 'fastify'
import { ResponseSerializationError } from 'fastify-type-provider-zod'
import { z } from 'zod'

type Compiler = FastifySerializerCompiler<unknown>

/** What the shape of an answer does not name is not sent, and what breaks it is a fault. Half the work of encoding it. */
export const serializerCompiler: Compiler = ({ schema, method, url }) => {
  const shape = schema instanceof z.ZodType ? schema : (schema as { properties: z.ZodType }).properties
  return answer => {
    const { data, error } = shape.safeParse(answer)
    if (error) throw new ResponseSerializationError(method, url, { cause: error })
    return JSON.stringify(data)
  }
}

/** For answers of which many askers are given the same object, never changed: each is written once. */
export const sharedSerializerCompiler: Compiler = route => {
  const write = serializerCompiler(route)
  const written = new WeakMap<object, string>()
  return answer => {
    const text = written.get(answer as object) ?? write(answer)
    written.set(answer as object, text)
    return text
  }
}
