import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { bankFolder } from '@silian/data/load/bank-signer.ts'
import { readPrivate, writePrivate } from '@silian/data/load/private-file.ts'

interface Pair {
  readonly publicKey: string
  readonly privateKey: string
}

/** Keys of the sandbox providers and of their one merchant. */
export interface PayKeys {
  readonly wechat: { readonly merchant: Pair; readonly platform: Pair; readonly apiKey: string }
  readonly alipay: { readonly merchant: Pair; readonly platform: Pair }
}

const pair = (): Pair =>
  generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })

export const makePayKeys = (): PayKeys => ({
  wechat: { merchant: pair(), platform: pair(), apiKey: randomBytes(16).toString('hex') },
  alipay: { merchant: pair(), platform: pair() },
})

export const payKeysFile = (dataFolder: string): string => join(bankFolder(dataFolder), 'pay-keys.json')

/** The keys of a demonstration, made at their first use. */
export async function payKeys(file: string): Promise<PayKeys> {
  const kept = await readPrivate<PayKeys>(file)
  if (kept) return kept
  const keys = makePayKeys()
  await writePrivate(file, keys)
  return keys
}

export const MERCHANT = {
  wechat: {
    appId: 'wx0000000000000000',
    merchantId: '1900000001',
    serial: '5157F09EFDC096DE15EBE81A47057A72',
  },
  alipay: { appId: '2021000000000001', sellerId: '2088000000000001' },
} as const
export const PLATFORM_SERIAL = '7777777777777777777777777777777777777777'

/** What the merchant sets up to be paid by the sandbox at this address. */
export const merchantSettings = (keys: PayKeys, url: string) => ({
  wechat: {
    ...MERCHANT.wechat,
    baseUrl: url,
    privateKey: keys.wechat.merchant.privateKey,
    apiKey: keys.wechat.apiKey,
    platformKeys: { [PLATFORM_SERIAL]: keys.wechat.platform.publicKey },
  },
  alipay: {
    ...MERCHANT.alipay,
    gateway: `${url}/gateway.do`,
    privateKey: keys.alipay.merchant.privateKey,
    alipayPublicKey: keys.alipay.platform.publicKey,
  },
})
