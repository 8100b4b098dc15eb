-- Raised with every write of what is found: pages that were found before need not be found again until then.
alter table offer_generation add column revision bigint not null default 0;
