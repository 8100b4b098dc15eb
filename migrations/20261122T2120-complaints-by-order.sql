-- An order's page asks what was complained of about it.
create index process_case_complaint on process_case (programme_id, (form->>'orderNumber')) where process = 'complaint';
