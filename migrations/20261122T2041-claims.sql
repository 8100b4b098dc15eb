-- What receivers claim of their orders, and what they say of the goods.

-- spoils on the way back: not taken back without a reason
alter table produce_class add column fresh boolean not null default false;
update produce_class set fresh = true where path ~ '^(fruit|vegetable|meat)(/|$)' and path !~ '^meat/cured(/|$)';

create table claim (
  programme_id text not null,
  id uuid not null,
  order_id uuid not null,
  seller_id uuid not null,
  -- a unit's organisation, or a customer
  buyer_id uuid not null,
  kind text not null check (kind in ('return', 'quality', 'missing')),
  state text not null
    check (state in ('asked', 'agreed', 'returning', 'refunded', 'refused', 'disputed', 'withdrawn')),
  amount_fen bigint not null check (amount_fen >= 0),
  reason text not null,
  opened_by text not null,
  opened_at timestamptz not null,
  -- when it moves on by itself, or somebody is late
  due_at timestamptz,
  answer text,
  objection text,
  decision text,
  return_carrier text,
  return_waybill text,
  closed_at timestamptz,
  primary key (programme_id, id),
  foreign key (programme_id, order_id) references "order" (programme_id, id) on delete restrict
);
select scoped('claim', 'select, insert, update', 'select');
create index on claim (programme_id, order_id);
create index on claim (programme_id, seller_id, opened_at, id);
create index on claim (programme_id, buyer_id, opened_at, id);
create index on claim (programme_id, due_at) where closed_at is null;

create table claim_line (
  programme_id text not null,
  claim_id uuid not null,
  order_id uuid not null,
  line_no int not null,
  pieces bigint not null check (pieces > 0),
  amount_fen bigint not null check (amount_fen >= 0),
  primary key (programme_id, claim_id, line_no),
  foreign key (programme_id, claim_id) references claim (programme_id, id) on delete restrict,
  foreign key (programme_id, order_id, line_no) references order_line (programme_id, order_id, no) on delete restrict
);
select scoped('claim_line', 'select, insert', 'select');

-- one of each product of an evaluated order; an office may hide one and says why
create table review (
  programme_id text not null,
  id uuid not null,
  order_id uuid not null,
  product_id uuid not null,
  buyer_kind text not null check (buyer_kind in ('unit', 'citizen')),
  -- masked before it is kept: 王**
  by_masked text,
  score int not null check (score between 1 and 5),
  said text not null,
  at timestamptz not null,
  hidden_at timestamptz,
  hidden_by text,
  hidden_reason text,
  primary key (programme_id, id),
  unique (programme_id, order_id, product_id),
  foreign key (programme_id, order_id) references "order" (programme_id, id) on delete restrict
);
select scoped('review', 'select, insert, update', 'select');
create index on review (programme_id, product_id, at, id);
