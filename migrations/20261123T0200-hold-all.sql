-- Holds what a batch of new entries asks, all of it or nothing of the transaction. What they ask of an account is added up
-- before it is looked at, so it is a few statements however many entries there are, and what they lock they lock no longer
-- than it takes to write. Which of them could be served is for ledger_post to tell. It takes the place of ledger_post_all,
-- which servers of before still call.
create function ledger_hold_all(
  p_programme text, p_at timestamptz, p_ids uuid[], p_kind text[], p_subject text[],
  p_entry int[], p_holds uuid[], p_account text[], p_amount bigint[], p_expires timestamptz[]
) returns void language plpgsql set enable_seqscan = off set plan_cache_mode = force_generic_plan as $$
declare
  v_asked int;
  v_held int;
begin
  perform from ledger_account a where a.programme_id = p_programme and a.account = any (p_account)
    order by a.account collate "C" for update;
  with asked as (
    select h.account, sum(h.amount) as amount from unnest(p_account, p_amount) h(account, amount) group by h.account
  ), held as (
    update ledger_account a set held = a.held + s.amount from asked s
    where a.programme_id = p_programme and a.account = s.account and a.kind = 'ceiling' and a.closed_at is null
      and a.balance - a.held >= s.amount
    returning 1
  )
  select (select count(*) from asked), (select count(*) from held) into v_asked, v_held;
  if v_asked <> v_held then raise exception 'not all of it can be held' using errcode = 'SL002'; end if;
  insert into ledger_entry (programme_id, id, at, recorded_at, kind, subject, observed)
    select p_programme, e.id, p_at, p_at, e.kind, e.subject, false
    from unnest(p_ids, p_kind, p_subject) e(id, kind, subject);
  insert into ledger_hold (programme_id, id, account, amount, remaining, expires_at, state, entry_id)
    select p_programme, h.id, h.account, h.amount, h.amount, h.expires, 'open', p_ids[h.entry]
    from unnest(p_entry, p_holds, p_account, p_amount, p_expires) h(entry, id, account, amount, expires);
end $$;
revoke execute on function ledger_hold_all from public;
grant execute on function ledger_hold_all to silian_app, silian_batch;
