-- Programmes that were there before have the accounts of providers and wallets, too.
insert into ledger_account (programme_id, account, unit, kind, opened_at)
select p.id, a.account, 'fen', a.kind, p.created_at
  from programme p cross join (values
    ('world/wallet', 'free'), ('suspense/provider', 'ceiling'), ('returning/bank', 'ceiling'),
    ('world/provider/wechat', 'free'), ('returning/wechat', 'ceiling'),
    ('world/provider/alipay', 'free'), ('returning/alipay', 'ceiling')) a (account, kind)
 where exists (select from ledger_account b where b.programme_id = p.id and b.account = 'world/bank')
on conflict do nothing;
