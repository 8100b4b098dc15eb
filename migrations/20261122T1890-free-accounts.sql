-- What comes to a free account is kept in parts: every payment touches the outside bank, every acceptance the goods that
-- are used up, and none of them may have to wait for all others. An account's balance is its own figure and its parts'.
-- Ceilings and floors have no parts: what is decided about them is decided on one figure under one lock.
create table ledger_account_part (
  programme_id text not null,
  account text not null,
  -- by the connection that posts, so that two at a time seldom meet
  part int not null,
  balance bigint not null,
  primary key (programme_id, account, part)
) with (fillfactor = 60);
select scoped('ledger_account_part', 'select, insert, update (balance)', 'select, insert, update (balance)');

-- As before (20261122T0610-ledger), but for free accounts.
create or replace function ledger_post(
  p_programme text, p_at timestamptz, p_accounts text[],
  p_ids uuid[], p_same int[], p_entry_at timestamptz[], p_kind text[], p_subject text[], p_observed boolean[],
  p_reverses uuid[], p_note jsonb[], p_last int[],
  p_entry int[], p_no int[], p_account int[], p_amount bigint[], p_undertaking uuid[], p_hold int[],
  p_expires timestamptz[], p_holds uuid[]
) returns table (entry int, code text, account text, hold uuid, asked bigint, available bigint)
language plpgsql set enable_seqscan = off set plan_cache_mode = force_generic_plan as $$
declare
  v_accounts text[] := p_accounts;
  v_holds int := cardinality(p_holds);
  v_hold_account int[] := array_fill(null::int, array[v_holds]);
  v_hold_expires timestamptz[] := array_fill(null::timestamptz, array[v_holds]);
  v_remaining bigint[] := array_fill(0::bigint, array[v_holds]);
  v_state text[] := array_fill(null::text, array[v_holds]);
  v_old_state text[];
  v_units text[] := '{}'; v_unit int[]; v_ceiling boolean[]; v_closed boolean[]; v_balance bigint[]; v_held bigint[];
  v_done boolean[] := array_fill(false, array[cardinality(p_ids)]);
  v_known uuid[] := '{}'; v_reversed uuid[] := '{}';
  v_number jsonb; v_hold_number jsonb; i int;
  v_free boolean[]; v_locked text[]; v_of_holds text[] := '{}';
  d record; r record;
begin
  if v_holds > 0 then
    v_of_holds := array(
      select distinct h.account from ledger_hold h where h.programme_id = p_programme and h.id = any (p_holds));
    v_accounts := v_accounts || array(select c.account from unnest(v_of_holds) c(account) where c.account <> all (p_accounts));
  end if;
  v_unit := array_fill(1, array[cardinality(v_accounts)]);
  v_ceiling := array_fill(false, array[cardinality(v_accounts)]);
  v_closed := array_fill(null::boolean, array[cardinality(v_accounts)]);
  v_balance := array_fill(0::bigint, array[cardinality(v_accounts)]);
  v_held := v_balance;
  v_number := ledger_numbers(v_accounts);
  -- A free account is never short: it is waited for only where something of it is held, or where an entry has no other
  -- account by which two that bring the same entry find each other. Its balance stays 0 here: what is decided is what
  -- comes to it.
  v_free := array_fill(false, array[cardinality(v_accounts)]);
  for r in select * from ledger_account a
    where a.programme_id = p_programme and a.account = any (v_accounts) and a.kind = 'free'
  loop
    i := v_number ->> r.account;
    v_free[i] := true; v_closed[i] := r.closed_at is not null;
    if r.unit <> all (v_units) then v_units := v_units || r.unit; end if;
    v_unit[i] := array_position(v_units, r.unit);
  end loop;
  v_locked := array(
    select v_accounts[m.account] from (
      select n.account, n.hold, bool_and(v_free[n.account]) over (partition by n.entry) as alone
      from unnest(p_entry, p_account, p_hold) n(entry, account, hold) where n.account > 0) m
    where not v_free[m.account] or m.hold > 0 or m.alone);
  for r in select * from ledger_lock(p_programme, v_locked || v_of_holds) loop
    i := v_number ->> r.account;
    v_ceiling[i] := r.kind = 'ceiling'; v_closed[i] := r.closed_at is not null;
    if not v_free[i] then v_balance[i] := r.balance; end if;
    v_held[i] := r.held;
    if r.unit <> all (v_units) then v_units := v_units || r.unit; end if;
    v_unit[i] := array_position(v_units, r.unit);
  end loop;
  if v_holds > 0 then
    v_hold_number := ledger_numbers(p_holds::text[]);
    for r in
      select * from ledger_hold h where h.programme_id = p_programme and h.id = any (p_holds) order by h.id for update
    loop
      i := v_hold_number ->> r.id::text;
      v_hold_account[i] := v_number ->> r.account;
      v_remaining[i] := r.remaining; v_state[i] := r.state; v_hold_expires[i] := r.expires_at;
    end loop;
    v_old_state := v_state;
  end if;
  -- only now, under the locks: who posted the same a moment ago has committed
  for r in select e.id from ledger_entry e where e.programme_id = p_programme and e.id = any (p_ids) loop
    v_done[array_position(p_ids, r.id)] := true;
  end loop;
  if cardinality(array_remove(p_reverses, null)) > 0 then
    select coalesce(array_agg(e.id), '{}') into v_known from ledger_entry e
    where e.programme_id = p_programme and e.id = any (p_reverses);
    select coalesce(array_agg(e.reverses), '{}') into v_reversed from ledger_entry e
    where e.programme_id = p_programme and e.reverses = any (p_reverses);
  end if;

  select * into d from ledger_decide(p_at, p_ids, p_same, p_observed, p_reverses, p_last, p_account, p_amount, p_hold,
    p_expires, v_unit, v_ceiling, v_closed, v_hold_account, v_hold_expires, v_known, v_reversed, v_done, v_balance, v_held,
    v_remaining, v_state);

  insert into ledger_entry (programme_id, id, at, recorded_at, kind, subject, observed, reverses, note)
    select p_programme, e.id, e.at, p_at, e.kind, e.subject, e.observed, e.reverses, e.note
    from unnest(p_ids, p_entry_at, p_kind, p_subject, p_observed, p_reverses, p_note, d.posted)
      e(id, at, kind, subject, observed, reverses, note, posted)
    where e.posted;
  insert into ledger_posting (programme_id, entry_id, no, account, amount, undertaking_id, at)
    select p_programme, p_ids[m.entry], m.no, v_accounts[m.account], m.amount, m.undertaking, p_entry_at[m.entry]
    from unnest(p_entry, p_no, p_account, p_amount, p_hold, p_undertaking) m(entry, no, account, amount, hold, undertaking)
    where m.hold = 0 and d.posted[m.entry];
  update ledger_account a
    set balance = case when v_free[(v_number ->> a.account)::int] then a.balance
        else d.balance[(v_number ->> a.account)::int] end,
      held = d.held[(v_number ->> a.account)::int]
    where a.programme_id = p_programme and a.account = any (array(
      select c.account from unnest(v_accounts, d.balance, d.held, v_balance, v_held, v_free) c(account, balance, held, b, h, free)
      where (c.balance <> c.b and not c.free) or c.held <> c.h));
  insert into ledger_account_part as p (programme_id, account, part, balance)
    select p_programme, c.account, pg_backend_pid() % 32, c.balance
    from unnest(v_accounts, d.balance, v_free) c(account, balance, free)
    where c.free and c.balance <> 0 order by c.account collate "C"
    on conflict on constraint ledger_account_part_pkey do update set balance = p.balance + excluded.balance;
  if v_holds > 0 then
    update ledger_hold h
      set remaining = d.remaining[(v_hold_number ->> h.id::text)::int], state = d.state[(v_hold_number ->> h.id::text)::int]
      where h.programme_id = p_programme and h.id = any (array(
        select c.id from unnest(p_holds, d.remaining, v_remaining, v_old_state) c(id, remaining, r, state)
        where c.state is not null and c.remaining <> c.r));
    insert into ledger_hold (programme_id, id, account, amount, remaining, expires_at, state, entry_id)
      select p_programme, p_holds[m.hold], v_accounts[m.account], m.amount, d.remaining[m.hold], m.expires,
        d.state[m.hold], p_ids[m.entry]
      from unnest(p_entry, p_account, p_amount, p_hold, p_expires) m(entry, account, amount, hold, expires)
      where m.hold > 0 and m.amount > 0 and d.posted[m.entry];
  end if;
  if d.short_entry is not null then
    insert into ledger_discrepancy (programme_id, id, account, entry_id, shortfall, opened_at)
      select p_programme, gen_random_uuid(), v_accounts[s.account], p_ids[s.entry], s.shortfall, p_at
      from unnest(d.short_entry, d.short_account, d.shortfall) s(entry, account, shortfall);
  end if;
  return query
    select f.entry, f.code, v_accounts[case when f.code like 'ledger.hold%' then null else f.no end],
      p_holds[case when f.code like 'ledger.hold%' then f.no end], f.asked, f.available
    from unnest(d.refused_entry, d.refused_code, d.refused_no, d.refused_asked, d.refused_available)
      f(entry, code, no, asked, available);
end $$;
