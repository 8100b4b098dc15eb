-- Facts, the keys that sign them, and the evidence log made of them (docs/log-format.md).

-- Ed25519 keys by the id that entries name as their actor.
create table signing_key (
  programme_id text not null,
  key_id text not null check (key_id ~ '^[0-9a-f]{16}$'),
  holder text not null,
  custody text not null check (custody in ('own', 'held')),
  public_key bytea not null check (length(public_key) = 32),
  -- AES-256-GCM under the master key, bound to programme and key id; only of keys that we hold
  sealed_private bytea,
  role text not null check (role in ('operator', 'log', 'actor')),
  registered_at timestamptz not null,
  revoked_at timestamptz,
  primary key (programme_id, key_id),
  check ((custody = 'held') = (sealed_private is not null))
);
-- two transactions that first record for a holder at once end with one key
create unique index signing_key_held on signing_key (programme_id, holder) where custody = 'held' and revoked_at is null;
select scoped('signing_key', 'select, insert, update (revoked_at)', 'select, insert, update (revoked_at)');

-- What happened: the exact signed bytes. Without foreign keys, because this is the hottest table; record_facts checks
-- the key, and nothing here is ever deleted.
create table fact (
  programme_id text not null,
  id uuid not null,
  type text not null,
  subject text not null,
  at timestamptz not null,
  recorded_at timestamptz not null,
  key_id text not null,
  signed_by text not null check (signed_by in ('own', 'held')),
  entry bytea not null check (length(entry) <= 65535),
  leaf_hash bytea not null check (length(leaf_hash) = 32),
  primary key (programme_id, id)
);
create index fact_subject on fact (programme_id, subject, id);
-- facts that rest on others find them by leaf hash; of random keys, a hash index costs the least to keep
create index fact_leaf_hash on fact using hash (leaf_hash);
select scoped('fact', 'select, insert', 'select, insert');

-- The facts that have no row in log_entry yet, so that the sequencer never scans.
create table fact_pending (
  programme_id text not null,
  fact_id uuid not null,
  -- keys before their use, facts before those that refer to them, revocations last
  rank integer not null,
  -- within a rank: a growing UUIDv7 made at the end of the transaction, for fact ids may be made elsewhere and earlier
  place uuid not null,
  primary key (programme_id, fact_id)
);
create index fact_pending_order on fact_pending (programme_id, rank, place);
select scoped('fact_pending', 'select, insert', 'select, insert, delete');

-- Openings of hidden fields. Deleting a row erases the value: what the leaf keeps says nothing without the salt.
create table fact_private (
  programme_id text not null,
  fact_id uuid not null,
  field text not null,
  salt bytea not null check (length(salt) = 32),
  sealed_value bytea not null,
  primary key (programme_id, fact_id, field)
);
select scoped('fact_private', 'select, insert, delete', 'select, insert, delete');

create table log (
  programme_id text primary key,
  origin text not null,
  size bigint not null default 0,
  -- the latest signed checkpoint; none before the first entry
  checkpoint text,
  lease_owner text,
  lease_until timestamptz,
  created_at timestamptz not null
);
select scoped('log', 'select, insert', 'select, insert, update (size, checkpoint, lease_owner, lease_until)');

create table log_entry (
  programme_id text not null,
  log_index bigint not null,
  fact_id uuid not null,
  type text not null,
  leaf_hash bytea not null,
  sequenced_at timestamptz not null,
  primary key (programme_id, log_index),
  unique (programme_id, fact_id)
);
select scoped('log_entry', 'select', 'select, insert');

-- One row a tile, with the hashes it has so far: every partial tile ever published is a prefix of it.
create table log_tile (
  programme_id text not null,
  level smallint not null,
  tile_index bigint not null,
  hashes bytea not null check (length(hashes) % 32 = 0 and length(hashes) <= 8192),
  primary key (programme_id, level, tile_index)
);
-- hashes do not compress
alter table log_tile alter column hashes set storage external;
select scoped('log_tile', 'select', 'select, insert, update (hashes)');

-- Every tree head that was signed: which partial tiles must stay served, and what we have bound ourselves to.
create table log_head (
  programme_id text not null,
  size bigint not null,
  checkpoint text not null,
  signed_at timestamptz not null,
  primary key (programme_id, size)
);
select scoped('log_head', 'select', 'select, insert');

-- How far each reader of the log has come; moved in the transaction of its effect.
create table subscription (
  programme_id text not null,
  name text not null,
  next_index bigint not null default 0,
  failed_at timestamptz,
  failed_index bigint,
  last_error_code text,
  primary key (programme_id, name)
);
select scoped('subscription', 'select', 'select, insert, update');

-- Writes a transaction's facts in one call. 40001 when a key was revoked meanwhile: begin again, with another key.
create function record_facts(
  p_programme text, p_keys text[], p_recorded_at timestamptz,
  p_ids uuid[], p_types text[], p_subjects text[], p_ats timestamptz[], p_key_ids text[], p_signed_by text[],
  p_entries bytea[], p_leaf_hashes bytea[],
  p_ranks integer[], p_places uuid[],
  p_private_ids uuid[], p_fields text[], p_salts bytea[], p_sealed bytea[]
) returns void language plpgsql as $$
declare
  live int;
begin
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
