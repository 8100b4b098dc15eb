-- Who saw which tree beside the log, and a log that stands still because somebody saw more than it holds.

-- Cosignatures of witnesses as they came (C2SP tlog-cosignature), one line a head and key.
create table log_cosignature (
  programme_id text not null,
  size bigint not null,
  witness text not null,
  key_id text not null check (key_id ~ '^[0-9a-f]{8}$'),
  line text not null,
  cosigned_at timestamptz not null,
  primary key (programme_id, size, witness, key_id),
  foreign key (programme_id, size) references log_head (programme_id, size) on delete restrict
);
-- how far each witness has come
create index log_cosignature_witness on log_cosignature (programme_id, witness, key_id, size);
select scoped('log_cosignature', 'select', 'select, insert');

alter table log
  -- the newest head that the quorum of the operator's policy has cosigned
  add column witnessed_size bigint,
  -- from then on nothing more is recorded: `behind` when a larger tree was seen, `forked` when another
  add column halted_at timestamptz,
  add column halted_why text check (halted_why in ('behind', 'forked')),
  -- the checkpoint that was seen, and by whom
  add column halted_by text,
  add column halted_checkpoint text,
  add check ((halted_at is null) = (halted_why is null));
grant update (witnessed_size, halted_at, halted_why, halted_by, halted_checkpoint) on log to silian_batch;

-- as before, and nothing is written to a log that stands still
create or replace function record_facts(
  p_programme text, p_keys text[], p_recorded_at timestamptz,
  p_ids uuid[], p_types text[], p_subjects text[], p_ats timestamptz[], p_key_ids text[], p_signed_by text[],
  p_entries bytea[], p_leaf_hashes bytea[],
  p_ranks integer[], p_places uuid[],
  p_private_ids uuid[], p_fields text[], p_salts bytea[], p_sealed bytea[]
) returns void language plpgsql as $$
declare
  live int;
begin
  if exists (select 1 from log where programme_id = p_programme and halted_at is not null) then
    raise exception 'the log stands still' using errcode = 'SL001';
  end if;
  -- a revocation locks the row for update: it waits for us, or we for it and then see it
  select count(*) into live from (
    select 1 from signing_key
    where programme_id = p_programme and key_id = any(p_keys) and revoked_at is null
    order by key_id for key share
  ) locked;
  if live <> cardinality(p_keys) then
    raise exception 'a signing key was revoked' using errcode = '40001';
  end if;
  insert into fact (programme_id, id, type, subject, at, recorded_at, key_id, signed_by, entry, leaf_hash)
    select p_programme, f.id, f.type, f.subject, f.at, p_recorded_at, f.key_id, f.signed_by, f.entry, f.leaf_hash
    from unnest(p_ids, p_types, p_subjects, p_ats, p_key_ids, p_signed_by, p_entries, p_leaf_hashes)
      as f(id, type, subject, at, key_id, signed_by, entry, leaf_hash);
  insert into fact_pending (programme_id, fact_id, rank, place)
    select p_programme, f.id, f.rank, f.place from unnest(p_ids, p_ranks, p_places) as f(id, rank, place);
  if cardinality(p_private_ids) > 0 then
    insert into fact_private (programme_id, fact_id, field, salt, sealed_value)
      select p_programme, f.id, f.field, f.salt, f.sealed
      from unnest(p_private_ids, p_fields, p_salts, p_sealed) as f(id, field, salt, sealed);
  end if;
end $$;
