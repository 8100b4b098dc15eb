-- Quotations of wholesale markets, by which prices are judged. Public reference data of no programme.
create table market_price (
  market text not null,
  item text not null,
  spec text not null,
  on_date date not null,
  -- as quoted: 斤, 公斤, 吨
  unit text not null,
  -- exact: fen for every so many grams
  low_fen bigint not null check (low_fen > 0),
  mean_fen bigint not null,
  high_fen bigint not null,
  per_grams bigint not null check (per_grams > 0),
  primary key (market, item, spec, on_date, unit),
  check (mean_fen between low_fen and high_fen)
);
grant select on market_price to silian_app;
grant select, insert on market_price to silian_batch;
