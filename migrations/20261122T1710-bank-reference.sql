-- A bank numbers its own movements: two banks may use the same number. Rows of before have the bank of their key.
alter table bank_credit add column bank_id uuid;
update bank_credit c set bank_id = k.holder::uuid
  from fact f join signing_key k on k.programme_id = f.programme_id and k.key_id = f.key_id
  where f.programme_id = c.programme_id and f.id = c.fact_id;
create unique index on bank_credit (programme_id, bank_id, reference);
alter table bank_credit drop constraint bank_credit_programme_id_reference_key;
