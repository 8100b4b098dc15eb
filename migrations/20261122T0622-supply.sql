-- 供应链: offers and pavilions, the reserved share, orders and payments.

create table offer (
  programme_id text not null,
  id uuid not null,
  version int not null,
  state text not null check (state in ('listed', 'withdrawn')),
  product_id uuid not null,
  seller_id uuid not null,
  lot_id uuid not null,
  spec_zh text not null,
  spec_en text not null,
  per_piece bigint not null check (per_piece > 0),
  price_fen bigint not null check (price_fen > 0),
  ship_days int not null,
  created_at timestamptz not null,
  primary key (programme_id, id),
  foreign key (programme_id, product_id) references product (programme_id, id) on delete restrict,
  foreign key (programme_id, lot_id) references lot (programme_id, id) on delete restrict
);
select scoped('offer', 'select, insert, update', 'select');
create index on offer (programme_id, product_id);
create index on offer (programme_id, state, id);

-- A pavilion (馆) is a view with a rule of who sees it and what enters, never a copy.
create table pavilion (
  programme_id text not null,
  key text not null,
  name_zh text not null,
  name_en text not null,
  recognised_only boolean not null,
  area_prefixes text[] not null,
  primary key (programme_id, key)
);
select scoped('pavilion', 'select, insert, update', 'select');

create table quota_rule (
  programme_id text not null,
  id uuid not null,
  year int not null,
  area_code text not null references area (code),
  base text not null,
  ratio_bp int not null,
  product_areas text[] not null,
  channels text[] not null,
  recognised_only boolean not null,
  source text not null,
  created_at timestamptz not null,
  primary key (programme_id, id),
  unique (programme_id, year, area_code, base)
);
select scoped('quota_rule', 'select, insert', 'select');

create table canteen (
  programme_id text not null,
  id uuid not null,
  name_zh text not null,
  name_en text not null,
  area_code text not null references area (code),
  contractor_id uuid,
  created_at timestamptz not null,
  primary key (programme_id, id)
);
select scoped('canteen', 'select, insert, update', 'select');

create table canteen_unit (
  programme_id text not null,
  canteen_id uuid not null,
  unit_id uuid not null,
  -- the unit that declares for all units of the canteen
  representative boolean not null,
  primary key (programme_id, canteen_id, unit_id),
  foreign key (programme_id, canteen_id) references canteen (programme_id, id) on delete restrict
);
select scoped('canteen_unit', 'select, insert, update', 'select');

create table declaration (
  programme_id text not null,
  id uuid not null,
  unit_id uuid not null,
  canteen_id uuid,
  year int not null,
  rule_id uuid not null,
  kind text not null,
  base_fen bigint not null,
  reserved_fen bigint not null,
  state text not null check (state in ('declared', 'confirmed', 'returned')),
  area_path text collate "C" not null,
  target_id uuid,
  declared_at timestamptz not null,
  decided_at timestamptz,
  decision_note text,
  primary key (programme_id, id),
  foreign key (programme_id, unit_id) references organisation (programme_id, id) on delete restrict,
  foreign key (programme_id, rule_id) references quota_rule (programme_id, id) on delete restrict
);
select scoped('declaration', 'select, insert, update', 'select');
-- a returned declaration may be made again
create unique index on declaration (programme_id, unit_id, year) where state <> 'returned';

create table "order" (
  programme_id text not null,
  id uuid not null,
  number text not null,
  state text not null,
  buyer_id uuid not null,
  seller_id uuid not null,
  declaration_id uuid not null,
  total_fen bigint not null,
  note text not null,
  ship_by date not null,
  placed_by text not null,
  placed_at timestamptz not null,
  approved_at timestamptz,
  shipped_at timestamptz,
  carrier text,
  waybill text,
  accepted_at timestamptz,
  invoice_number text,
  paid_at timestamptz,
  evaluated_at timestamptz,
  score int,
  evaluation text,
  completed_at timestamptz,
  -- leaf hash of the last fact of this order: the next one refers to it
  last_leaf bytea,
  primary key (programme_id, id),
  unique (programme_id, number),
  foreign key (programme_id, declaration_id) references declaration (programme_id, id) on delete restrict
);
select scoped('"order"', 'select, insert, update', 'select');
create index on "order" (programme_id, buyer_id, placed_at, id);
create index on "order" (programme_id, seller_id, placed_at, id);
create index on "order" (programme_id, declaration_id);
create index on "order" (programme_id, placed_at) where state = 'in_approval';

create table order_line (
  programme_id text not null,
  order_id uuid not null,
  no int not null,
  offer_id uuid not null,
  offer_version int not null,
  product_id uuid not null,
  lot_id uuid not null,
  pieces bigint not null check (pieces > 0),
  quantity bigint not null,
  price_fen bigint not null,
  amount_fen bigint not null,
  county_code text not null,
  recognised boolean not null,
  primary key (programme_id, order_id, no),
  foreign key (programme_id, order_id) references "order" (programme_id, id) on delete restrict
);
select scoped('order_line', 'select, insert', 'select');

-- What an order is paid with; from the start several sources may stand side by side.
create table tender (
  programme_id text not null,
  order_id uuid not null,
  no int not null,
  kind text not null check (kind in ('budget')),
  account text not null,
  amount_fen bigint not null,
  primary key (programme_id, order_id, no),
  foreign key (programme_id, order_id) references "order" (programme_id, id) on delete restrict
);
select scoped('tender', 'select, insert', 'select');

create table payment (
  programme_id text not null,
  id uuid not null,
  code text not null,
  buyer_id uuid not null,
  amount_fen bigint not null,
  state text not null check (state in ('open', 'paid', 'expired')),
  created_at timestamptz not null,
  expires_at timestamptz not null,
  paid_at timestamptz,
  primary key (programme_id, id),
  unique (programme_id, code)
);
select scoped('payment', 'select, insert, update', 'select, update');

create table payment_allocation (
  programme_id text not null,
  payment_id uuid not null,
  order_id uuid not null,
  amount_fen bigint not null,
  primary key (programme_id, payment_id, order_id),
  foreign key (programme_id, payment_id) references payment (programme_id, id) on delete restrict,
  foreign key (programme_id, order_id) references "order" (programme_id, id) on delete restrict
);
select scoped('payment_allocation', 'select, insert', 'select');
create index on payment_allocation (programme_id, order_id);

-- Money the bank says came in, whatever we make of it.
create table bank_credit (
  programme_id text not null,
  fact_id uuid not null,
  reference text not null,
  code text not null,
  amount_fen bigint not null,
  booked_at timestamptz not null,
  received_at timestamptz not null,
  -- unmatched: no payment of this code yet; suspense: it cannot be allotted and waits for a person
  state text not null check (state in ('unmatched', 'matched', 'suspense')),
  reason text,
  payment_id uuid,
  primary key (programme_id, fact_id),
  unique (programme_id, reference)
);
select scoped('bank_credit', 'select, insert, update', 'select');
create index on bank_credit (programme_id, code) where state = 'unmatched';
-- offices read every order of the programme, newest first
create index on "order" (programme_id, placed_at, id);
