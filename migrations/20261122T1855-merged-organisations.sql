-- Whoever answers for an organisation answers for those that were merged into it, however long ago.
create index organisation_merged on organisation (programme_id, successor_id) where successor_id is not null;

-- Past row security like account_roles, and for its reason: who somebody is must be known before rows may be shown.
create function merged_into(of_programme text, of_organisation uuid) returns uuid[]
language plpgsql stable security definer set search_path = pg_catalog, public as $$
begin
  return array(
    with recursive line (id) as (
      select o.id from public.organisation o
       where o.programme_id = of_programme and o.successor_id = of_organisation
      union
      select o.id from line l
        join public.organisation o on o.programme_id = of_programme and o.successor_id = l.id)
    select l.id from line l order by l.id);
end $$;
revoke execute on function merged_into from public;
grant execute on function merged_into to silian_app;
