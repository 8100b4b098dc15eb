import { registers } from '@silian/chains/registers.ts'

/** What a reviewer has agreed to. A table, function or grant that the rules do not cover and that is not here fails. */

/** Tables of no programme, the same for all. Everything else in the schema `public` is scoped to its programme. */
export const referenceTables: Readonly<Record<string, string>> = {
  programme: 'the programmes themselves, needed before one is chosen; public',
  area: 'administrative divisions of the state, replicated everywhere; public',
  area_former_name: 'what areas were called before; public',
  calendar_day: 'working days of the state, replicated everywhere; public',
  produce_class: 'the produce tree, replicated everywhere; public',
  market_price: 'quotations of wholesale markets; public',
  migration: 'what has been applied to this database; names of files',
}

/** Tables of the schema `auth`: local, before any programme is chosen, and only the application sees them. */
export const signInTables = ['account', 'attempt', 'duty', 'session', 'user', 'verification']

/** The tables of the parts of declared registers. */
const partTables = registers.flatMap(({ name, parts }) => Object.keys(parts).map(part => `${name}_${part}`))

/** What happened is never changed nor taken away by the application. */
export const appendOnly = [
  'access_audit',
  'check_run',
  'claim_line',
  'cited_figure',
  'cited_ratio',
  'fact',
  'fact_pending',
  'figure_leaf',
  'import_fault',
  'ledger_entry',
  'ledger_posting',
  'log',
  'log_cosignature',
  'log_entry',
  'log_head',
  'log_tile',
  'lot_source',
  'metric_basis',
  'offer_price',
  'metric_cell',
  'metric_close',
  'notification_delivery',
  'order_line',
  'order_off',
  'order_return',
  'parcel_event',
  'parcel_line',
  'organisation_past',
  'payment_allocation',
  'payout_dispute',
  'process_draw',
  'provider_message',
  'process_move',
  'quota_rule',
  'register_past',
  'register_succession',
  'setting',
  'settlement',
  'subscription',
  'tender',
  'undertaking_due',
]

/** Who may take rows away, and why. */
export const deletions: Readonly<Record<string, string>> = {
  'silian_app auth.user': 'better-auth',
  'silian_app auth.session': 'a session ends',
  'silian_app auth.account': 'better-auth',
  'silian_app auth.verification': 'better-auth',
  'silian_app auth.attempt': 'a good sign-in ends the count of failed ones',
  'silian_app public.fact_private': 'erasure: the hidden value goes, its commitment stays',
  'silian_app public.process_desk': 'a task that was decided lies on no desk',
  'silian_app public.customer_session': 'a session ends',
  'silian_app public.customer_code': 'a code that was used',
  'silian_app public.provider_statement_line': 'a day that is fetched anew',
  'silian_batch public.customer_session': 'a session whose time is over',
  'silian_batch public.customer_code': 'the same of a code',
  'silian_batch public.customer_address': 'taken off the list by its customer, and named by no order',
  'silian_batch public.provider_message': 'what nobody can claim about any more',
  'silian_app public.saved_view': 'a list that its reader wants no more',
  ...Object.fromEntries(
    partTables.map(table => [
      `silian_app public.${table}`,
      'a part is written anew when it changes; what it was stands in register_past',
    ]),
  ),
  'silian_batch public.fact_private': 'erasure at term',
  'silian_batch public.fact_pending': 'a fact that is in the log waits no more',
  'silian_batch public.file': 'a file whose term is over',
  'silian_batch public.file_use': 'it goes with its file',
  'silian_app public.register_search': 'a thing that is to be found no more',
  'silian_batch public.register_search': 'the same',
  'silian_batch public.offer_found': 'an offer that is no longer on sale; a generation that answers no more',
  'silian_batch public.offer_word': 'the same',
  'silian_batch public.offer_generation': 'the same',
  'silian_batch public.shop_asked': 'counts of searches whose days are over',
  'silian_batch public.metric_cell': 'cells of a generation that answers no more',
  'silian_batch public.metric_fact': 'the same',
  'silian_batch public.metric_generation': 'the same',
  'silian_batch public.metric_subject': 'the same; a subject that left a level',
  'silian_batch public.retained': 'what has come to its term',
  'silian_batch public.household_member': 'erasure: the application never destroys',
  'silian_batch public.register_past': 'the same',
  'silian_batch public.register_proposal': 'the same',
  'silian_batch public.calendar_day': "a year's notice takes the place of the one before",
  'silian_batch public.idempotency': 'keys are kept for the days their command asked for',
}

/** Functions that run with their owner's rights; each says in its migration why it must. */
export const definers: Readonly<Record<string, string>> = {
  account_roles: 'who somebody is must be known before a programme is shown to them',
  account_programmes: 'the same over programmes, of one account',
  client_of: 'the machine behind a key',
  merged_into: 'the organisations that somebody answers for, before rows may be shown',
  register_found:
    'under row security the words have no index; it looks into its own programme and reach only',
  register_past_with: 'the same of the parts of former versions; the background alone asks it',
  offer_words_near: 'under row security the words have no index; it looks into its own programme only',
  offer_words_beginning: 'the same',
  offers_gathered: 'the same',
  offers_hit: 'the same',
  offers_in_order: 'the same',
  offer_facets: 'the same',
  enqueue_job: 'only the owner of the queue writes it',
  retry_job: 'the same',
}

/** Columns that sound personal and are not, or are held otherwise. */
export const plainNames: Readonly<Record<string, string>> = {
  'api_client.name': "a machine's",
  'area.name_en': 'a place',
  'area.name_zh': 'a place',
  'area_former_name.name_zh': 'a place',
  'canteen.name_en': 'a canteen',
  'canteen.name_zh': 'a canteen',
  'file.name': 'of files that show nobody; those of all others are sealed in name_sealed',
  'job_progress.name': 'a kind of job',
  'migration.name': 'a file',
  'organisation.name_en': 'an organisation',
  'organisation.name_zh': 'an organisation',
  'organisation_past.name_en': 'an organisation',
  'organisation_past.name_zh': 'an organisation',
  'payment_provider.name': 'a payment provider',
  'parcel.carrier_name': 'a carrier',
  'process_task.name': 'which of several tasks',
  'process_timer.name': 'what happens',
  'produce_class.name_en': 'a kind of produce',
  'produce_class.name_zh': 'a kind of produce',
  'product.name_en': 'a product',
  'product.name_zh': 'a product',
  'product_certificate.number': 'of a certificate of goods, as it is printed on them',
  'programme.name_en': 'a programme',
  'programme.name_zh': 'a programme',
  'subscription.name': 'a reader of the log',
  'user.email': 'none: <id>@account.invalid, which better-auth wants',
  'user.name': 'sealed, as base64url, because better-auth wants text',
  'session.ip_address': 'never filled: see the refusals, where it is looked at after everybody signed in',
}
