-- What the shop was searched for, counted by day; nothing of who asked.
create table shop_asked (
  programme_id text not null,
  day date not null,
  query text collate "C" not null check (char_length(query) <= 20),
  times int not null check (times > 0),
  -- offers, when it was last asked on that day
  found int not null check (found >= 0),
  primary key (programme_id, day, query)
);
select scoped('shop_asked', 'select, insert, update', 'select, delete');
