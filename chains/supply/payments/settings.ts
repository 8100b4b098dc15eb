import type { Reader, Writer } from '@silian/kernel/database/database.ts'
import { ok, type Result } from '@silian/kernel/result/result.ts'
import type { Kit } from '../../kit.ts'
import { providerName } from './contract.ts'
import { Alipay, alipaySettings } from './providers/alipay.ts'
import { type PaymentProvider, ProviderFault, type ProviderName } from './providers/provider.ts'
import { WechatPay, wechatSettings } from './providers/wechat.ts'

const SETTINGS = 'payment_provider.settings'
const subjectOf = (name: ProviderName): string => `payment_provider/${name}`

/** Keeps how a programme speaks with a provider, sealed: it holds keys. Throws where the settings are of another shape. */
export async function putProvider(
  tx: Writer,
  { vault }: Pick<Kit, 'vault'>,
  name: ProviderName,
  given: unknown,
): Promise<Result<null, never>> {
  const settings = name === 'wechat' ? wechatSettings.parse(given) : alipaySettings.parse(given)
  providerFrom(name, settings)
  const sealed = await vault.seal(tx, subjectOf(name), SETTINGS, JSON.stringify(settings))
  await tx.query(
    `insert into payment_provider (programme_id, name, settings, enabled, changed_at) values ($1, $2, $3, true, $4)
     on conflict (programme_id, name) do update
       set settings = excluded.settings, enabled = true, changed_at = excluded.changed_at`,
    [tx.programme, name, sealed, tx.at],
  )
  return ok(null)
}

/** The providers that a programme takes money by, the one that most people have first. */
export async function enabledProviders(tx: Reader): Promise<ProviderName[]> {
  const rows = await tx.query<{ name: ProviderName }>(
    'select name from payment_provider where programme_id = $1 and enabled',
    [tx.programme],
    'payment-providers',
  )
  return providerName.options.filter(name => rows.some(row => row.name === name))
}

interface Known {
  readonly changedAt: number
  readonly provider: PaymentProvider
}

/** Keys are parsed once a process; a changed row makes another. */
const known = new WeakMap<Kit['vault'], Map<string, Known>>()

/** The provider as the programme has it set; undefined for none. */
export async function providerOf(
  tx: Reader,
  { vault }: Pick<Kit, 'vault'>,
  name: ProviderName,
): Promise<PaymentProvider | undefined> {
  const [row] = await tx.query<{ settings: Buffer; changed_at: Date }>(
    'select settings, changed_at from payment_provider where programme_id = $1 and name = $2 and enabled',
    [tx.programme, name],
    'payment-provider',
  )
  if (!row) return undefined
  const providers = known.get(vault) ?? new Map<string, Known>()
  known.set(vault, providers)
  const place = `${tx.programme}/${name}`
  const before = providers.get(place)
  if (before?.changedAt === row.changed_at.getTime()) return before.provider
  const text = await vault.open(tx, subjectOf(name), SETTINGS, row.settings)
  if (text === null) throw new ProviderFault('provider.settings_lost')
  const provider = providerFrom(name, JSON.parse(text))
  providers.set(place, { changedAt: row.changed_at.getTime(), provider })
  return provider
}

const providerFrom = (name: ProviderName, settings: unknown): PaymentProvider =>
  name === 'wechat'
    ? new WechatPay(wechatSettings.parse(settings))
    : new Alipay(alipaySettings.parse(settings))
