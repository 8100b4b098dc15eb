-- What people say of the keys that they keep themselves; the keys stand in signing_key, and in the log.
create table own_key (
  programme_id text not null,
  key_id text not null,
  kind text not null check (kind in ('browser', 'client')),
  label text not null check (length(label) between 1 and 60),
  registered_by text not null,
  revoked_by text,
  revoked_why text check (revoked_why in ('lost', 'replaced', 'left')),
  primary key (programme_id, key_id),
  foreign key (programme_id, key_id) references signing_key (programme_id, key_id),
  check ((revoked_by is null) = (revoked_why is null))
);
select scoped('own_key', 'select, insert, update (revoked_by, revoked_why)', 'select');

-- the desks list few own keys among the many that are held
create index signing_key_own on signing_key (programme_id, holder) where custody = 'own';

-- Which counted facts rest on a fact: a countersignature of it, which comes later, moves their shares.
create table metric_basis (
  programme_id text not null,
  leaf bytea not null check (length(leaf) = 32),
  log_index bigint not null,
  primary key (programme_id, leaf, log_index)
);
select scoped('metric_basis', 'select', 'select, insert');
