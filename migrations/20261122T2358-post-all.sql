-- All of the entries, or nothing of the transaction: for a batch of which all else goes to the server in the same exchange, so
-- that what it locks it locks no longer than it takes to write.
create function ledger_post_all(
  p_programme text, p_at timestamptz, p_accounts text[],
  p_ids uuid[], p_same int[], p_entry_at timestamptz[], p_kind text[], p_subject text[], p_observed boolean[],
  p_reverses uuid[], p_note jsonb[], p_last int[],
  p_entry int[], p_no int[], p_account int[], p_amount bigint[], p_undertaking uuid[], p_hold int[],
  p_expires timestamptz[], p_holds uuid[]
) returns void language plpgsql as $$
begin
  if exists (
    select 1 from ledger_post(p_programme, p_at, p_accounts, p_ids, p_same, p_entry_at, p_kind, p_subject, p_observed,
      p_reverses, p_note, p_last, p_entry, p_no, p_account, p_amount, p_undertaking, p_hold, p_expires, p_holds))
  then raise exception 'not all of the entries can be posted' using errcode = 'SL002'; end if;
end $$;
revoke execute on function ledger_post_all from public;
grant execute on function ledger_post_all to silian_app, silian_batch;
