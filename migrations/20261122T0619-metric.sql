-- Metrics kept from the log: cells by period and dimensions, and the periods that a published figure has closed.

create table metric_cell (
  programme_id text not null,
  metric text not null,
  period text not null,
  dims text[] not null,
  sum bigint not null,
  count bigint not null,
  primary key (programme_id, metric, period, dims)
);
select scoped('metric_cell', 'select', 'select, insert, update');

create table metric_close (
  programme_id text not null,
  metric text not null,
  period text not null,
  -- entries below this log index are in the figure; later ones of the period count in a later one
  up_to bigint not null,
  fact_id uuid not null,
  total bigint not null,
  count bigint not null,
  closed_at timestamptz not null,
  primary key (programme_id, metric, period)
);
select scoped('metric_close', 'select', 'select, insert');
