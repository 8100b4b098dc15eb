-- An order goes in several parcels; what is not supplied, or comes back, is taken off it.

alter table "order" add column off_fen bigint not null default 0 check (off_fen between 0 and total_fen);
-- when the last of its parcels came; silence and claims are counted from here
alter table "order" add column delivered_at timestamptz;
create index on "order" (programme_id, delivered_at) where delivered_at is not null and accepted_at is null;

-- what was taken off an order's lines: the lines themselves stay what was ordered
create table order_off (
  programme_id text not null,
  id uuid not null,
  order_id uuid not null,
  line_no int not null,
  pieces bigint not null check (pieces > 0),
  quantity bigint not null check (quantity > 0),
  amount_fen bigint not null check (amount_fen >= 0),
  cause text not null check (cause in ('short', 'return', 'quality', 'missing')),
  taken_at timestamptz not null,
  primary key (programme_id, order_id, id, line_no),
  foreign key (programme_id, order_id, line_no) references order_line (programme_id, order_id, no) on delete restrict
);
select scoped('order_off', 'select, insert', 'select');

create table parcel (
  programme_id text not null,
  id uuid not null,
  order_id uuid not null,
  no int not null,
  seller_id uuid not null,
  -- `own` where the seller names the carrier in words
  carrier text not null,
  carrier_name text not null,
  -- null until the carrier has given its number
  waybill text,
  state text not null check (state in ('packed', 'shipped', 'delivered', 'returned', 'cancelled')),
  packed_at timestamptz not null,
  shipped_at timestamptz,
  delivered_at timestamptz,
  primary key (programme_id, id),
  unique (programme_id, order_id, no),
  foreign key (programme_id, order_id) references "order" (programme_id, id) on delete restrict
);
select scoped('parcel', 'select, insert, update', 'select');
create unique index on parcel (programme_id, carrier, waybill) where carrier <> 'own' and waybill is not null;
create index on parcel (programme_id, seller_id, packed_at, id);
create index on parcel (programme_id, state, packed_at) where state in ('packed', 'shipped');

create table parcel_line (
  programme_id text not null,
  parcel_id uuid not null,
  order_id uuid not null,
  line_no int not null,
  pieces bigint not null check (pieces > 0),
  quantity bigint not null check (quantity > 0),
  primary key (programme_id, parcel_id, line_no),
  foreign key (programme_id, parcel_id) references parcel (programme_id, id) on delete restrict,
  foreign key (programme_id, order_id, line_no) references order_line (programme_id, order_id, no) on delete restrict
);
select scoped('parcel_line', 'select, insert', 'select');
create index on parcel_line (programme_id, order_id);

-- as the carrier tells it, each once
create table parcel_event (
  programme_id text not null,
  parcel_id uuid not null,
  kind text not null check (kind in ('collected', 'in_transit', 'delivered', 'returned')),
  at timestamptz not null,
  place text not null,
  heard_at timestamptz not null,
  primary key (programme_id, parcel_id, kind, at),
  foreign key (programme_id, parcel_id) references parcel (programme_id, id) on delete restrict
);
select scoped('parcel_event', 'select, insert', 'select');
