import type { Scope, Writer } from '../database/database.ts'
import { Vault } from '../personal/vault.ts'
import { must, type Result } from '../result/result.ts'
import type { TestDatabase } from '../testing/test-database.ts'
import { createAccount, PLATFORM } from './accounts.ts'
import { putAreas } from './areas.ts'
import { createMember } from './members.ts'
import { createOrganisation, type OrganisationInput } from './organisations.ts'

/** The stage of this folder's tests: two programmes, four areas, and short ways to put people on it. */
export const NOW = new Date('2026-01-05T01:00:00Z')
export const scope: Scope = { programme: 'shenzhen', actor: 'tester', at: NOW }
export const PASSWORD = 'a right password'

export class Stage {
  readonly db: TestDatabase
  readonly vault: Vault

  constructor(db: TestDatabase) {
    this.db = db
    this.vault = new Vault(db.secrets)
  }

  async set(): Promise<this> {
    for (const [id, area] of [
      ['shenzhen', '440300'],
      ['beijing', '110112'],
    ])
      await this.db.owner(
        'insert into programme (id, name_zh, name_en, area_code, demo, created_at) values ($1, $2, $3, $4, true, $5)',
        [id, `${id} 示范`, id, area, NOW],
      )
    const areas = ['450000', '451000', '451028', '451022', '440000', '440300']
    must(
      await this.db.batch.write(scope, tx =>
        putAreas(
          tx,
          areas.map(code => ({ code, nameZh: code, nameEn: code })),
        ),
      ),
    )
    return this
  }

  async write<T>(work: (tx: Writer) => Promise<Result<T>>, where: Partial<Scope> = {}): Promise<T> {
    return must(await this.db.app.write({ ...scope, ...where }, work))
  }

  async organisation(
    key: string,
    more: Partial<OrganisationInput> = {},
    programme = 'shenzhen',
  ): Promise<string> {
    const input: OrganisationInput = {
      key,
      nameZh: key,
      nameEn: key,
      type: 'cooperative',
      areaCode: '451028',
      validFrom: '2020-01-01',
      ...more,
    }
    return (await this.write(tx => createOrganisation(tx, input), { programme })).id
  }

  async account(username: string): Promise<string> {
    const input = { username, password: PASSWORD, name: `${username} 的名字` }
    return (await this.write(tx => createAccount(tx, this.vault, input), { programme: PLATFORM })).id
  }

  async member(accountId: string, programme = 'shenzhen'): Promise<string> {
    return (
      await this.write(tx => createMember(tx, this.vault, { accountId, name: '王小明' }), { programme })
    ).id
  }
}
