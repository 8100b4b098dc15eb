import { PROGRAMME, type Query } from '../generate.ts'

/** One a month for ten years, however large the programme; asked for again it changes nothing. */
export const bulletins = (query: Query): Promise<unknown> =>
  query(
    `insert into bulletin (programme_id, id, month, title, state, version, sections, figures, drafted_at, drafted_by,
       published_at)
     select $1, made('bulletin' || to_char(m, 'YYYY-MM')), to_char(m, 'YYYY-MM'), '示范简报', 'published', 1, '[]', '[]', m, 'bench',
       m + interval '1 month'
       from generate_series(timestamptz '2016-01-01T00:00:00Z', timestamptz '2025-12-01T00:00:00Z', interval '1 month') m
     on conflict do nothing`,
    [PROGRAMME],
  )
