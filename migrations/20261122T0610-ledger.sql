-- The ledger: accounts of one unit each, entries that balance per unit, holds, and what observed entries left short.

create table ledger_account (
  programme_id text not null,
  -- a readable address: stock/lot/<uuid>, budget/<uuid>/2025, world/bank
  account text not null,
  -- fen, g, piece, head, point, voucher:<id> ...
  unit text not null,
  -- ceiling: a commanded entry may not take more than there is; floor: a quota or target, may be exceeded;
  -- free: the outside world and clearing
  kind text not null check (kind in ('ceiling', 'floor', 'free')),
  balance bigint not null default 0,
  held bigint not null default 0 check (held >= 0),
  opened_at timestamptz not null,
  closed_at timestamptz,
  primary key (programme_id, account)
) with (fillfactor = 60); -- room for new versions of hot rows on their own page
select scoped('ledger_account', 'select, insert, update (balance, held, closed_at)',
  'select, insert, update (balance, held, closed_at)');

create table ledger_entry (
  programme_id text not null,
  id uuid not null,
  -- when it happened, and when we were told: an offline till reports late
  at timestamptz not null,
  recorded_at timestamptz not null,
  kind text not null,
  -- what it is about: an order, a delivery
  subject text,
  observed boolean not null,
  reverses uuid,
  note jsonb,
  primary key (programme_id, id),
  foreign key (programme_id, reverses) references ledger_entry
);
create unique index ledger_entry_reverses on ledger_entry (programme_id, reverses) where reverses is not null;
create index ledger_entry_subject on ledger_entry (programme_id, subject) where subject is not null;
select scoped('ledger_entry', 'select, insert', 'select, insert');

-- No foreign keys to entry and account: ledger_post has both in hand, a check for each row would halve its speed, and
-- the nightly check looks for orphans.
create table ledger_posting (
  programme_id text not null,
  entry_id uuid not null,
  no int not null,
  account text not null,
  amount bigint not null check (amount <> 0),
  undertaking_id uuid,
  at timestamptz not null,
  primary key (programme_id, entry_id, no)
);
create index ledger_posting_statement on ledger_posting (programme_id, account, at, entry_id, no) include (amount);
create index ledger_posting_undertaking on ledger_posting (programme_id, undertaking_id, at) include (amount)
  where undertaking_id is not null;
select scoped('ledger_posting', 'select, insert', 'select, insert');

create table ledger_hold (
  programme_id text not null,
  id uuid not null,
  account text not null,
  amount bigint not null check (amount > 0),
  -- what is still reserved; of an expired hold, what lapsed
  remaining bigint not null check (remaining between 0 and amount),
  expires_at timestamptz,
  state text not null check (state in ('open', 'committed', 'voided', 'expired')),
  entry_id uuid not null,
  primary key (programme_id, id),
  foreign key (programme_id, account) references ledger_account
);
create index ledger_hold_expiry on ledger_hold (programme_id, expires_at) where state = 'open';
create index ledger_hold_account on ledger_hold (programme_id, account) where state = 'open';
select scoped('ledger_hold', 'select, insert, update (remaining, state)', 'select, insert, update (remaining, state)');

create table ledger_discrepancy (
  programme_id text not null,
  id uuid not null,
  account text not null,
  entry_id uuid not null,
  -- how far this entry went beyond what was available
  shortfall bigint not null check (shortfall > 0),
  opened_at timestamptz not null,
  closed_at timestamptz,
  note text,
  primary key (programme_id, id)
);
create index ledger_discrepancy_open on ledger_discrepancy (programme_id, id) where closed_at is null;
create index ledger_discrepancy_account on ledger_discrepancy (programme_id, account);
select scoped('ledger_discrepancy', 'select, insert, update (closed_at, note)',
  'select, insert, update (closed_at, note)');

-- The one place where accounts are locked, always in the order of their names: whoever holds one account and waits
-- for another waits for a later name, so no circle can close. Holds are only touched under their account's lock.
-- Tables are reached by keys in an array, never by a join: a join planned before the first ANALYZE reads all accounts.
create function ledger_lock(p_programme text, p_accounts text[]) returns setof ledger_account
language plpgsql set enable_seqscan = off set plan_cache_mode = force_generic_plan as $$
begin
  return query select * from ledger_account a
    where a.programme_id = p_programme and a.account = any (p_accounts)
    order by a.account collate "C" for update;
end $$;

-- Decides entry after entry on figures in memory; touches no table. Accounts and holds are known by their number.
-- A move is a posting (hold 0), a new hold (hold h, amount > 0) or a release (hold h, amount < 0, account 0).
create function ledger_decide(
  p_at timestamptz,
  p_ids uuid[], p_same int[], p_observed boolean[], p_reverses uuid[], p_last int[],
  p_account int[], p_amount bigint[], p_hold int[], p_expires timestamptz[],
  p_unit int[], p_ceiling boolean[], p_closed boolean[],
  p_hold_account int[], p_hold_expires timestamptz[],
  p_known uuid[], p_reversed uuid[],
  inout done boolean[], inout balance bigint[], inout held bigint[], inout remaining bigint[], inout state text[],
  out posted boolean[], out refused_entry int[], out refused_code text[], out refused_no int[],
  out refused_asked bigint[], out refused_available bigint[],
  out short_entry int[], out short_account int[], out shortfall bigint[]
) language plpgsql as $$
declare
  accounts int := cardinality(balance);
  d_balance bigint[] := array_fill(0::bigint, array[accounts]);
  d_held bigint[] := array_fill(0::bigint, array[accounts]);
  unit_sum bigint[] := array_fill(0::bigint, array[accounts]);
  d_remaining bigint[] := array_fill(0::bigint, array[cardinality(p_hold_account)]);
  ends text[] := array_fill(null::text, array[cardinality(p_hold_account)]);
  reversing boolean := cardinality(array_remove(p_reverses, null)) > 0;
  first int; last int := 0; a int; h int; amount bigint; odd_units int;
  code text; no int; asked bigint; available bigint; fall bigint;
begin
  posted := array_fill(false, array[cardinality(p_ids)]);
  for e in 1 .. cardinality(p_ids) loop
    first := last + 1; last := p_last[e];
    code := null; no := null; asked := null; available := null; odd_units := 0;
    if done[p_same[e]] then code := 'repeated';
    elsif p_reverses[e] = any (p_reversed) then code := 'ledger.already_reversed';
    elsif p_reverses[e] is not null and p_reverses[e] <> all (p_known) then code := 'ledger.unknown_entry';
    end if;
    -- gather what the entry asks of each account
    for k in first .. last loop
      exit when code is not null;
      a := p_account[k]; h := p_hold[k]; amount := p_amount[k];
      if h > 0 then
        no := h;
        if amount > 0 then
          if state[h] is not null then code := 'ledger.hold_exists'; end if;
        elsif state[h] is null then code := 'ledger.hold_missing';
        elsif state[h] = 'expired' or p_hold_expires[h] <= p_at then code := 'ledger.hold_expired';
        elsif remaining[h] + d_remaining[h] + amount < 0 then
          code := 'ledger.hold_short'; asked := -amount; available := remaining[h] + d_remaining[h];
        else a := p_hold_account[h];
        end if;
      end if;
      exit when code is not null;
      if p_closed[a] is null then code := 'ledger.unknown_account'; no := a;
      elsif p_closed[a] and not (h > 0 and amount < 0) then code := 'ledger.closed_account'; no := a;
      elsif h > 0 then
        d_held[a] := d_held[a] + amount;
        d_remaining[h] := d_remaining[h] + amount;
        if amount > 0 then p_hold_account[h] := a; end if;
      else
        d_balance[a] := d_balance[a] + amount;
        if unit_sum[p_unit[a]] = 0 then odd_units := odd_units + 1; end if;
        unit_sum[p_unit[a]] := unit_sum[p_unit[a]] + amount;
        if unit_sum[p_unit[a]] = 0 then odd_units := odd_units - 1; end if;
      end if;
    end loop;
    if code is null and odd_units <> 0 then code := 'ledger.unbalanced'; end if;
    -- a ceiling may not fall below zero, neither what lies there nor what is left beside the holds
    for k in first .. last loop
      exit when code is not null;
      h := p_hold[k];
      a := case when h > 0 then p_hold_account[h] else p_account[k] end;
      if h > 0 then ends[h] := case when d_balance[a] < 0 then 'committed' else 'voided' end; end if;
      if p_ceiling[a] and not p_observed[e] then
        fall := d_held[a] - d_balance[a];
        if fall > 0 and balance[a] - held[a] < fall then
          code := 'ledger.short'; no := a; asked := fall; available := balance[a] - held[a];
        elsif d_balance[a] < 0 and balance[a] + d_balance[a] < 0 then
          code := 'ledger.short'; no := a; asked := -d_balance[a]; available := balance[a];
        end if;
      end if;
    end loop;
    -- all of it, or nothing
    for k in first .. last loop
      h := p_hold[k];
      a := case when h > 0 then p_hold_account[h] else p_account[k] end;
      continue when a is null;
      if code is null then
        fall := d_held[a] - d_balance[a];
        if p_ceiling[a] and fall > 0 and balance[a] - held[a] < fall then
          short_entry := short_entry || e; short_account := short_account || a;
          shortfall := shortfall || least(fall, fall - balance[a] + held[a]);
        end if;
        balance[a] := balance[a] + d_balance[a];
        held[a] := held[a] + d_held[a];
        if h > 0 then
          remaining[h] := remaining[h] + d_remaining[h];
          state[h] := case when remaining[h] > 0 then 'open' else ends[h] end;
          if p_amount[k] > 0 then p_hold_expires[h] := p_expires[k]; end if;
        end if;
      end if;
      d_balance[a] := 0; d_held[a] := 0; unit_sum[p_unit[a]] := 0;
      if h > 0 then d_remaining[h] := 0; end if;
    end loop;
    if code is null then
      posted[e] := true; done[p_same[e]] := true;
      if reversing then p_known := p_known || p_ids[e]; end if;
      if p_reverses[e] is not null then p_reversed := p_reversed || p_reverses[e]; end if;
    else
      refused_entry := refused_entry || e; refused_code := refused_code || code; refused_no := refused_no || no;
      refused_asked := refused_asked || asked; refused_available := refused_available || available;
    end if;
  end loop;
end $$;

-- {name: its number in the array}
create function ledger_numbers(p_names text[]) returns jsonb language sql immutable as $$
  select coalesce(jsonb_object_agg(n.name, n.i), '{}') from unnest(p_names) with ordinality n(name, i)
$$;

-- Posts entries in their order, each with its own outcome; returns those that were not posted. Everything they touch is
-- locked first, decided in memory, and written by a few array statements (not one CTE: Citus runs that 6 times slower),
-- so that a hot account is updated once a call.
-- Security invoker on purpose: row security stays in force whatever programme is named, where a definer's function owned
-- by the tables' owner would pass it. The price is that the working roles may write balances themselves: they are granted
-- these columns only, nothing may be deleted or entries changed, and ledger_check finds a balance that no posting explains.
create function ledger_post(
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
  d record; r record;
begin
  if v_holds > 0 then
    v_accounts := v_accounts || array(
      select distinct h.account from ledger_hold h
      where h.programme_id = p_programme and h.id = any (p_holds) and h.account <> all (p_accounts));
  end if;
  v_unit := array_fill(1, array[cardinality(v_accounts)]);
  v_ceiling := array_fill(false, array[cardinality(v_accounts)]);
  v_closed := array_fill(null::boolean, array[cardinality(v_accounts)]);
  v_balance := array_fill(0::bigint, array[cardinality(v_accounts)]);
  v_held := v_balance;
  v_number := ledger_numbers(v_accounts);
  for r in select * from ledger_lock(p_programme, v_accounts) loop
    i := v_number ->> r.account;
    v_ceiling[i] := r.kind = 'ceiling'; v_closed[i] := r.closed_at is not null;
    v_balance[i] := r.balance; v_held[i] := r.held;
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
    set balance = d.balance[(v_number ->> a.account)::int], held = d.held[(v_number ->> a.account)::int]
    where a.programme_id = p_programme and a.account = any (array(
      select c.account from unnest(v_accounts, d.balance, d.held, v_balance, v_held) c(account, balance, held, b, h)
      where c.balance <> c.b or c.held <> c.h));
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

-- Lets holds lapse whose time has come, the longest overdue first; returns them. In the order of every other lock:
-- accounts, then holds.
create function ledger_expire(p_programme text, p_at timestamptz, p_limit int)
returns table (id uuid, account text, amount bigint)
language plpgsql as $$
declare
  candidates uuid[]; accounts text[];
begin
  select array_agg(h.id), array_agg(distinct h.account) into candidates, accounts from (
    select c.id, c.account from ledger_hold c
    where c.programme_id = p_programme and c.state = 'open' and c.expires_at <= p_at
    order by c.expires_at limit p_limit) h;
  if candidates is null then return; end if;
  perform ledger_lock(p_programme, accounts);
  candidates := array(select h.id from ledger_hold h
    where h.programme_id = p_programme and h.id = any (candidates) and h.state = 'open' order by h.id for update);
  update ledger_hold h set state = 'expired' where h.programme_id = p_programme and h.id = any (candidates);
  update ledger_account a set held = a.held - s.amount from (
      select h.account, sum(h.remaining) as amount from ledger_hold h
      where h.programme_id = p_programme and h.id = any (candidates) group by h.account) s
    where a.programme_id = p_programme and a.account = s.account;
  return query select h.id, h.account, h.remaining from ledger_hold h
    where h.programme_id = p_programme and h.id = any (candidates) order by h.id;
end $$;

revoke execute on function ledger_lock, ledger_numbers, ledger_decide, ledger_post, ledger_expire from public;
grant execute on function ledger_lock, ledger_numbers, ledger_decide, ledger_post, ledger_expire to silian_app, silian_batch;
