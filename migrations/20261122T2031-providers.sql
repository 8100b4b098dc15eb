-- Payments by providers: what each said, what came of it, what goes back, and a day's statement against ours.

alter table payment add column provider text not null default 'bank'
  check (provider in ('bank', 'wechat', 'alipay', 'wallet'));
-- where the payer confirms; the provider made it
alter table payment add column pay_url text;
-- the provider's own number of the trade, once it was paid
alter table payment add column provider_ref text;
create index on payment (programme_id, expires_at) where state = 'open' and provider in ('wechat', 'alipay');

-- How a programme speaks with a provider: addresses, numbers and keys, sealed.
create table payment_provider (
  programme_id text not null,
  name text not null check (name in ('wechat', 'alipay')),
  settings bytea not null,
  enabled boolean not null,
  changed_at timestamptz not null,
  primary key (programme_id, name)
);
select scoped('payment_provider', 'select, insert, update', 'select');

-- Every message as it came, those refused too.
create table provider_message (
  programme_id text not null,
  id uuid not null,
  provider text not null,
  -- SHA-256 of its bytes: the same one is kept once
  digest bytea not null,
  body bytea not null,
  verdict text not null,
  payment_id uuid,
  received_at timestamptz not null,
  primary key (programme_id, id),
  unique (programme_id, provider, digest)
);
select scoped('provider_message', 'select, insert', 'select, delete');
create index on provider_message (programme_id, received_at);

-- Money a provider has for us, by its own number.
create table provider_receipt (
  programme_id text not null,
  provider text not null,
  reference text not null,
  payment_id uuid not null,
  amount_fen bigint not null check (amount_fen > 0),
  paid_at timestamptz not null,
  received_at timestamptz not null,
  state text not null check (state in ('matched', 'suspense', 'returning')),
  reason text,
  -- the fact that tells of it
  fact_id uuid not null,
  primary key (programme_id, provider, reference),
  foreign key (programme_id, payment_id) references payment (programme_id, id) on delete restrict
);
select scoped('provider_receipt', 'select, insert, update', 'select');
create index on provider_receipt (programme_id, payment_id);
create index on provider_receipt (programme_id, received_at, reference) where state = 'suspense';

-- Money of an order that goes back: one act, and a refund for each source that paid. The goods' side is order_off.
create table order_return (
  programme_id text not null,
  id uuid not null,
  order_id uuid not null,
  reason text not null,
  amount_fen bigint not null check (amount_fen > 0),
  returned_at timestamptz not null,
  primary key (programme_id, id),
  foreign key (programme_id, order_id) references "order" (programme_id, id) on delete restrict
);
select scoped('order_return', 'select, insert', 'select');
create index on order_return (programme_id, order_id);

create table refund (
  programme_id text not null,
  id uuid not null,
  -- none for money that came and could not be taken
  return_id uuid,
  order_id uuid,
  payment_id uuid,
  source text not null check (source in ('budget', 'bank', 'wechat', 'alipay', 'wallet')),
  -- which of the order's sources, from 1; of a payment's money 0
  tender_no int not null,
  amount_fen bigint not null check (amount_fen > 0),
  state text not null check (state in ('ordered', 'asked', 'done', 'failed')),
  ordered_at timestamptz not null,
  asked_at timestamptz,
  done_at timestamptz,
  reference text,
  failure text,
  primary key (programme_id, id),
  foreign key (programme_id, return_id) references order_return (programme_id, id) on delete restrict
);
select scoped('refund', 'select, insert, update', 'select');
create index on refund (programme_id, order_id);
create index on refund (programme_id, payment_id);
create index on refund (programme_id, ordered_at, id) where state <> 'done';

-- A day's statement of a provider, as it gave it.
create table provider_statement (
  programme_id text not null,
  provider text not null,
  day date not null,
  lines int not null,
  digest bytea not null,
  fetched_at timestamptz not null,
  primary key (programme_id, provider, day)
);
select scoped('provider_statement', 'select, insert, update', 'select');

create table provider_statement_line (
  programme_id text not null,
  provider text not null,
  day date not null,
  kind text not null check (kind in ('payment', 'refund')),
  reference text not null,
  trade_no text not null,
  amount_fen bigint not null,
  primary key (programme_id, provider, day, kind, reference)
);
select scoped('provider_statement_line', 'select, insert, delete', 'select');

create table provider_difference (
  programme_id text not null,
  id uuid not null,
  provider text not null,
  day date not null,
  kind text not null
    check (kind in ('payment_missing_here', 'payment_missing_there', 'payment_amount', 'refund_missing_here', 'refund_missing_there', 'refund_amount')),
  reference text not null,
  payment_id uuid,
  ours_fen bigint,
  theirs_fen bigint,
  found_at timestamptz not null,
  settled_at timestamptz,
  settled_by text,
  note text,
  primary key (programme_id, id),
  unique (programme_id, provider, day, kind, reference)
);
select scoped('provider_difference', 'select, insert, update', 'select');
create index on provider_difference (programme_id, day, id) where settled_at is null;
