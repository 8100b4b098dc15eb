-- Citizens who buy: known by a phone, as guests of one session or proven by a code.

create table customer (
  programme_id text not null,
  id uuid not null,
  -- sealed under the customer's own key, found by a keyed hash
  phone bytea not null,
  phone_index bytea not null,
  name bytea,
  -- when a code proved the phone; a guest has none and reads only what was bought in the session
  proven_at timestamptz,
  created_at timestamptz not null,
  closed_at timestamptz,
  primary key (programme_id, id)
);
select scoped('customer', 'select, insert, update', 'select, update');
create index on customer (programme_id, phone_index);
create unique index customer_proven on customer (programme_id, phone_index)
  where proven_at is not null and closed_at is null;

-- Never changed, so that an order may name the one it goes to: another address is another row.
create table customer_address (
  programme_id text not null,
  id uuid not null,
  customer_id uuid not null,
  area_code text not null references area (code),
  recipient bytea not null,
  phone bytea not null,
  address bytea not null,
  created_at timestamptz not null,
  used_at timestamptz not null,
  closed_at timestamptz,
  primary key (programme_id, id),
  foreign key (programme_id, customer_id) references customer (programme_id, id) on delete restrict
);
select scoped('customer_address', 'select, insert, update', 'select, delete');
create index on customer_address (programme_id, customer_id) where closed_at is null;

create table customer_session (
  programme_id text not null,
  token_hash bytea not null,
  customer_id uuid not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (programme_id, token_hash),
  foreign key (programme_id, customer_id) references customer (programme_id, id) on delete restrict
);
select scoped('customer_session', 'select, insert, delete', 'select, delete');
create index on customer_session (programme_id, expires_at);
create index on customer_session (programme_id, customer_id);

-- The last code sent to a phone, as a keyed hash; one at a time, five tries.
create table customer_code (
  programme_id text not null,
  phone_index bytea not null,
  code_hash bytea not null,
  tries int not null,
  sent_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (programme_id, phone_index)
);
select scoped('customer_code', 'select, insert, update, delete', 'select, delete');
create index on customer_code (programme_id, expires_at);

alter table "order" add column address_id uuid;
-- what was ordered to go back to its payers
alter table "order" add column refunded_fen bigint not null default 0 check (refunded_fen between 0 and total_fen);
create index on "order" (programme_id, accepted_at)
  where buyer_kind = 'citizen' and accepted_at is not null and completed_at is null;
