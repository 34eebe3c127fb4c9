-- How many codes somebody was mailed lately is asked before another one is sent.
create index delivery_code on delivery (person_id, created_at) where kind = 'code';
