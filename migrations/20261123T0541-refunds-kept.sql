-- Refunds that are done are looked up as well as those under way: by the day they were told, and by another's number.

create index refund_ordered on refund (programme_id, ordered_at, id);
create index refund_reference on refund (programme_id, reference) where reference is not null;
