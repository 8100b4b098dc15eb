-- The same for a hundred, as one array: in one statement and one parameter it is the fastest that pgbench can send.
insert into bare_fact (programme_id, id, type, subject, at, recorded_at, key_id, signed_by, entry, leaf_hash)
select 'bench', uuidv7(), 'delivery.accepted', '01999999-0000-7000-8000-000000000000', now(), now(),
  '0123456789abcdef', 'held', e, sha256(e)
from unnest(:entries::bytea[]) e;
