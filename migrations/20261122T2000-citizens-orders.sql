-- Orders of citizens beside those of units: no declaration, a time to pay, sources of money beside a budget.

alter table "order" alter column declaration_id drop not null;
alter table "order" add column buyer_kind text not null default 'unit' check (buyer_kind in ('unit', 'citizen'));
-- citizens: until when goods are kept for them unless they pay
alter table "order" add column pay_by timestamptz;
alter table "order" add constraint order_declared check ((buyer_kind = 'unit') = (declaration_id is not null));
create index on "order" (programme_id, pay_by) where state = 'awaiting_payment';

alter table tender drop constraint tender_kind_check;
alter table tender add constraint tender_kind_check check (kind in ('budget', 'payment', 'wallet', 'voucher'));
