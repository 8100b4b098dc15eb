-- Orders of which no carrier tells whether they came: after a time silence accepts them too.
create index order_untold on "order" (programme_id, shipped_at)
  where buyer_kind = 'citizen' and state = 'shipped' and delivered_at is null;
