-- The amounts that a published figure is made of, in the order of its sum tree: what proves anyone's own amount in it, and
-- opens any fen of it to an auditor. A row is a complete subtree of 4,096 leaves; only the last may have fewer.
create table figure_leaf (
  programme_id text not null,
  -- as the log calls it
  metric text not null,
  period text not null,
  side text not null check (side in ('plus', 'minus')),
  chunk integer not null,
  -- commitment of its first leaf
  first bytea not null check (length(first) = 32),
  count integer not null check (count between 1 and 4096),
  sum bigint not null check (sum >= 0),
  hash bytea not null check (length(hash) = 32),
  -- of each leaf 20 bytes, big-endian: amount (8), log index of its fact (8), place of the object in it (4)
  leaves bytea not null,
  primary key (programme_id, metric, period, side, chunk),
  foreign key (programme_id, metric, period) references metric_close (programme_id, metric, period) on delete restrict
);
select scoped('figure_leaf', 'select', 'select, insert');
