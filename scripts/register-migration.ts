/** Prints the migration of a declared register: `node scripts/register-migration.ts cold_store > migrations/….sql`. */
import { registers } from '@silian/chains/registers.ts'
import { migrationOf } from '@silian/kernel/register/ddl.ts'

const [name] = process.argv.slice(2)
const register = registers.find(each => each.name === name)
if (!register) {
  console.error(`declared are: ${registers.map(each => each.name).join(', ')}`)
  process.exit(1)
}
process.stdout.write(migrationOf(register))
