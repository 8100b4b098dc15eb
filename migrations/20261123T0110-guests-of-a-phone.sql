-- The latest guests of a phone are found without those of before: what they have not paid yet is counted at each checkout.
create index customer_guests on customer (programme_id, phone_index, id) where proven_at is null;
