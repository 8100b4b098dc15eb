-- Under whose key the rows of an import are told: who asked for it is gone when it runs.
alter table import_run add column holder text;
