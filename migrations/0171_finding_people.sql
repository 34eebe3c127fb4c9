set local statement_timeout = '30min';

-- The words of a name in small letters, by which people are looked for. The letters are listed because a database with the locale C
-- knows no case of theirs; between words stands whatever a name may be decorated with.
create function words_of_name(name text) returns text[] language plpgsql immutable strict parallel safe as $$
begin
  return array_remove(regexp_split_to_array(
    translate(lower(name), 'АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯё', 'абвгдеежзийклмнопрстуфхцчшщъыьэюяе'),
    '[][\s"''`´«».,;:!?(){}<>/\\|_*+=#№&~@%^\u00A0\u2000-\u2BFF\uFE00-\uFEFF\U0001F000-\U0001FAFF-]+'), '');
end $$;

-- Without a list of pending entries, which every search would read, and for which PostgreSQL would rather read the table.
create index person_words on person using gin (array_to_tsvector(words_of_name(
  coalesce(first_name, '') || ' ' || coalesce(last_name, '') || ' ' || coalesce(username, '')))) with (fastupdate = off);
create index person_by_name on person (first_name, id) where erased_at is null;
create index person_waiting on person (first_name, id) where access = 'requested';
create index person_company on person (company_id) where company_id is not null;

-- In the order of the deliveries, so that the newest ones of somebody are found without the others.
create index delivery_of_person_in_order on delivery (person_id, id) where status not in ('pending', 'retry', 'sending');
drop index delivery_of_person;
