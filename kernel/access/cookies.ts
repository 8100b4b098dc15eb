import { createHmac, timingSafeEqual } from 'node:crypto'

/** The token inside a signed session cookie (`token.signature`, as better-auth writes it), if the signature is ours. */
export function tokenFrom(
  cookieHeader: string | undefined,
  name: string,
  secret: string,
): string | undefined {
  const value = cookieValue(cookieHeader, name)
  const dot = value?.lastIndexOf('.') ?? -1
  if (!value || dot < 1) return undefined
  const token = value.slice(0, dot)
  const expected = createHmac('sha256', secret).update(token).digest()
  const given = Buffer.from(value.slice(dot + 1), 'base64')
  return given.length === expected.length && timingSafeEqual(given, expected) ? token : undefined
}

export function cookieValue(header: string | undefined, name: string): string | undefined {
  for (const part of header?.split(';') ?? []) {
    const equals = part.indexOf('=')
    if (part.slice(0, equals).trim() === name) return decoded(part.slice(equals + 1).trim())
  }
  return undefined
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}
