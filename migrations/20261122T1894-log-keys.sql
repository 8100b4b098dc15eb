-- A log may sign with several keys at once: the next one beside the last while readers change over, and one of SM2.
alter table signing_key add column alg text not null default 'ed25519' check (alg in ('ed25519', 'sm2'));
alter table signing_key drop constraint signing_key_public_key_check;
alter table signing_key add constraint signing_key_public_key_check
  check (length(public_key) = case alg when 'sm2' then 65 else 32 end);
alter table signing_key add constraint signing_key_sm2_check check (alg = 'ed25519' or role = 'log');
