-- The bare insert of one fact: its bytes come from the client, as they do to us.
insert into bare_fact (programme_id, id, type, subject, at, recorded_at, key_id, signed_by, entry, leaf_hash)
values ('bench', uuidv7(), 'delivery.accepted', '01999999-0000-7000-8000-000000000000', now(), now(),
  '0123456789abcdef', 'held', :entry, sha256(:entry));
