-- Undertakings (约): who promised whom what by when. Performance is the postings that cite one.

create table undertaking (
  programme_id text not null,
  id uuid not null,
  kind text not null,
  promisor text not null,
  promisee text not null,
  -- of the schedule's amounts and of the postings that cite it
  unit text not null,
  -- floor: more is better (deliveries, quotas); ceiling: no more than that (framework call-offs)
  bound text not null check (bound in ('floor', 'ceiling')),
  formula jsonb not null,
  starts_on date not null,
  ends_on date not null check (ends_on >= starts_on),
  state text not null check (state in ('open', 'kept', 'broken', 'ended', 'succeeded')),
  predecessor uuid,
  signed_at timestamptz not null,
  ended_at timestamptz check ((ended_at is null) = (state = 'open')),
  end_reason text,
  primary key (programme_id, id),
  foreign key (programme_id, predecessor) references undertaking
);
create index undertaking_promisor on undertaking (programme_id, promisor, kind);
create index undertaking_promisee on undertaking (programme_id, promisee, kind);
create index undertaking_open on undertaking (programme_id, ends_on, id) where state = 'open';
-- a promise is carried on by one other
create unique index undertaking_predecessor on undertaking (programme_id, predecessor) where predecessor is not null;
select scoped('undertaking', 'select, insert, update (state, ended_at, end_reason)',
  'select, insert, update (state, ended_at, end_reason)');

-- The schedule, in the order of its numbers and dates.
create table undertaking_due (
  programme_id text not null,
  undertaking_id uuid not null,
  no int not null,
  due_on date not null,
  amount bigint not null check (amount > 0),
  primary key (programme_id, undertaking_id, no),
  foreign key (programme_id, undertaking_id) references undertaking
);
create index undertaking_due_date on undertaking_due (programme_id, due_on, undertaking_id, no);
select scoped('undertaking_due', 'select, insert', 'select, insert');

-- Only postings that cite one pay for the check; changes of state lock the row weakly enough not to wait for it.
alter table ledger_posting add foreign key (programme_id, undertaking_id) references undertaking;
