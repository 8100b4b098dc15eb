-- One entry of two postings, with its balances, in one statement: one round trip and one commit.
\set a random(1, 250)
\set b random(251, 500)
with entry as (
  insert into ledger_entry (programme_id, id, at, recorded_at, kind, subject, observed)
  values ('bench', uuidv7(), now(), now(), 'order.paid', 'order/' || :b, false)
  returning id, at
), posting as (
  insert into ledger_posting (programme_id, entry_id, no, account, amount, at)
  select 'bench', entry.id, p.no, p.account, p.amount, entry.at
  from entry, (values
    (1, 'fen/' || :a, -100),
    (2, 'fen/' || :b, 100)) p (no, account, amount)
)
update ledger_account set balance = balance + case when account in ('fen/' || :a) then -100 else 100 end
where programme_id = 'bench' and account in ('fen/' || :a, 'fen/' || :b);
