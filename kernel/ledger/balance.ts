/**
 * SQL of an account's balance, the account being `alias`: its own figure, and of a free account the parts that are kept
 * beside it so that those who post to it do not wait for each other.
 */
export const balanceOf = (alias: string): string =>
  `(${alias}.balance + case when ${alias}.kind = 'free' then coalesce((select sum(part.balance)
     from ledger_account_part part where part.programme_id = ${alias}.programme_id and part.account = ${alias}.account), 0)
   else 0 end)::bigint`
