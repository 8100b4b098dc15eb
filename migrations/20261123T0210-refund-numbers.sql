-- Every number that a refund was ever asked under beside its own id: what its provider still tells of an earlier one is
-- known for what it is.
alter table refund add column provider_nos uuid[] not null default '{}';
update refund set provider_nos = array[provider_no] where provider_no is not null;
create index refund_provider_nos on refund using gin (provider_nos) where provider_nos <> '{}';

-- a server of before tells no time of booking: it is the time that it was done
drop index refund_booked;
create index refund_booked on refund (programme_id, source, (coalesce(booked_at, done_at)))
  where state = 'done' and not by_bank;
