import { merchantSettings, payKeys, payKeysFile } from '@silian/bank/pay/keys.ts'
import { putProvider } from '@silian/chains/supply/payments/settings.ts'
import { listProgrammes } from '@silian/kernel/access/programmes.ts'
import type { Config } from '@silian/kernel/config/config.ts'
import { must } from '@silian/kernel/result/result.ts'
import type { Whole } from '@silian/server/compose.ts'

/** Where the sandbox of both providers listens: beside the sandbox bank. */
export const sandboxPayUrl = ({ bankPort }: Pick<Config, 'bankPort'>): string =>
  `http://127.0.0.1:${bankPort + 1}`

/** Demonstrations are paid by the sandbox; its address follows the port of this start. */
export async function setUpSandboxPay(kit: Whole, config: Config): Promise<void> {
  const settings = merchantSettings(await payKeys(payKeysFile(config.dataFolder)), sandboxPayUrl(config))
  const programmes = await kit.app.read({ programme: 'platform', actor: 'system' }, listProgrammes)
  for (const { id } of programmes.filter(({ demo }) => demo)) {
    const scope = { programme: id, actor: 'system' }
    for (const name of ['wechat', 'alipay'] as const)
      must(await kit.app.write(scope, tx => putProvider(tx, kit, name, settings[name])))
  }
}
