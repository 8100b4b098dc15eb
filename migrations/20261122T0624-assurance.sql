-- 保障链: settlement of completed orders to households, payouts, and figures cited from outside.

create table settlement (
  programme_id text not null,
  order_id uuid not null,
  fact_id uuid not null,
  seller_id uuid not null,
  total_fen bigint not null,
  cooperative_fen bigint not null,
  households_fen bigint not null,
  households int not null,
  settled_at timestamptz not null,
  primary key (programme_id, order_id)
);
select scoped('settlement', 'select', 'select, insert');
create index on settlement (programme_id, seller_id, order_id);

create table settlement_part (
  programme_id text not null,
  order_id uuid not null,
  household_id uuid not null,
  link_id uuid not null,
  mechanism text not null,
  fen bigint not null check (fen > 0),
  payout_id uuid,
  primary key (programme_id, order_id, link_id),
  foreign key (programme_id, order_id) references settlement (programme_id, order_id) on delete restrict,
  foreign key (programme_id, household_id) references household (programme_id, id) on delete restrict
);
select scoped('settlement_part', 'select, update', 'select, insert, update');
create index on settlement_part (programme_id, household_id);
create index on settlement_part (programme_id, household_id) where payout_id is null;

create table payout_batch (
  programme_id text not null,
  id uuid not null,
  county_code text not null references area (code),
  area_path text collate "C" not null,
  state text not null check (state in ('sent', 'paid')),
  total_fen bigint not null,
  households int not null,
  created_at timestamptz not null,
  paid_at timestamptz,
  bank_reference text,
  primary key (programme_id, id)
);
select scoped('payout_batch', 'select, insert, update', 'select, update');

create table payout_item (
  programme_id text not null,
  id uuid not null,
  batch_id uuid not null,
  household_id uuid not null,
  area_path text collate "C" not null,
  amount_fen bigint not null check (amount_fen > 0),
  paid_at timestamptz,
  confirmed_at timestamptz,
  confirmed_by text,
  primary key (programme_id, id),
  unique (programme_id, batch_id, household_id),
  foreign key (programme_id, batch_id) references payout_batch (programme_id, id) on delete restrict,
  foreign key (programme_id, household_id) references household (programme_id, id) on delete restrict
);
select scoped('payout_item', 'select, insert, update', 'select, update');
create index on payout_item (programme_id, area_path, id);
create index on payout_item (programme_id, household_id);

-- A figure printed elsewhere, with the row it comes from; shown beside ours, never summed with them.
create table cited_figure (
  programme_id text not null,
  key text not null,
  row_id text not null,
  quote_zh text not null,
  label_en text not null,
  value text not null,
  unit text not null,
  as_of text not null,
  fact_id uuid not null,
  primary key (programme_id, key)
);
select scoped('cited_figure', 'select, insert', 'select');

-- A ratio of cited figures, computed from them when they were loaded, beside what the article printed.
create table cited_ratio (
  programme_id text not null,
  key text not null,
  label_zh text not null,
  label_en text not null,
  value text not null,
  printed text not null,
  unit text not null,
  primary key (programme_id, key)
);
select scoped('cited_ratio', 'select, insert', 'select');

-- The bank says it paid what does not fit a batch of ours: for a person to settle.
create table payout_dispute (
  programme_id text not null,
  fact_id uuid not null,
  batch_id uuid not null,
  reference text not null,
  fen bigint not null,
  noted_at timestamptz not null,
  primary key (programme_id, fact_id)
);
select scoped('payout_dispute', 'select', 'select, insert');
create index on settlement (programme_id, settled_at, order_id);
