-- Refunds as their providers book them, and those that a provider will not do.

-- ours to the provider where it closed the first one: a number that was closed does nothing more; null is the refund's own id
alter table refund add column provider_no uuid;
-- every number that it was ever asked under beside its own id: what its provider still tells of an earlier one is known for
-- what it is
alter table refund add column provider_nos uuid[] not null default '{}';
-- when it was done, as its provider tells; null where a server of before did it
alter table refund add column booked_at timestamptz;
-- the provider could not, so the bank has paid it: no statement of the provider tells of it
alter table refund add column by_bank boolean not null default false;
update refund set booked_at = done_at where state = 'done' and source in ('wechat', 'alipay');
create unique index refund_provider_no on refund (programme_id, (coalesce(provider_no, id)));
create index refund_provider_nos on refund using gin (provider_nos) where provider_nos <> '{}';
create index refund_booked on refund (programme_id, source, (coalesce(booked_at, done_at)))
  where state = 'done' and not by_bank;

-- those not believed, of which so many a day are kept
create index provider_message_unbelieved on provider_message (programme_id, received_at) where verdict like 'notice.%';
