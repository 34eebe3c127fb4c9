-- The catalogue of texts says which languages there are.
alter table person drop constraint person_language_check;
