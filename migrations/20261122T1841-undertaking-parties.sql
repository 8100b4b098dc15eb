-- Whoever promised, and to whom, where that is an id: joined by it. Under row security a condition that casts uses no
-- index, since its error could tell a value.
alter table undertaking
  add column promisor_id uuid generated always as (
    case when promisor ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then promisor::uuid end) stored,
  add column promisee_id uuid generated always as (
    case when promisee ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then promisee::uuid end) stored;
